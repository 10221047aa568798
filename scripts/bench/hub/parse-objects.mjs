// The least a reader of a hub can do: every line of every file through `git cat-file --batch` and JSON.parse.
// argv: repository. Prints how many lines there were.
import { execFileSync, spawn } from 'node:child_process'

const [, , folder] = process.argv
const tree = execFileSync('git', ['-C', folder, 'ls-tree', '-r', 'HEAD'], { maxBuffer: 2 ** 28, encoding: 'utf8' })
const oids = [...tree.matchAll(/ blob ([0-9a-f]{40})\t.*\.jsonl?$/gm)].map(([, oid]) => oid)
const child = spawn('git', ['-C', folder, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'inherit'] })
child.stdin.end(`${oids.join('\n')}\n`)
let left = Buffer.alloc(0)
let lines = 0
let missing = null
for await (const chunk of child.stdout) {
  left = left.length === 0 ? chunk : Buffer.concat([left, chunk])
  for (;;) {
    if (missing === null) {
      const end = left.indexOf(10)
      if (end < 0) break
      missing = Number(left.toString('latin1', 0, end).split(' ')[2])
      left = left.subarray(end + 1)
    }
    if (left.length <= missing) break
    for (const line of left.toString('utf8', 0, missing).split('\n')) if (line !== '' && JSON.parse(line)) lines++
    left = left.subarray(missing + 1)
    missing = null
  }
}
process.stdout.write(`${lines}\n`)
