// npm run fuzz [-- --inputs 100000 --seed 1 --limit 5 format …]: mutated inputs for every format in the registry. What
// must hold: no crash, no input that takes longer than the limit (seconds), no value out of range, and every refusal
// says file, line and column. A failing input is kept, and the exit status is 1.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { formatById, formats } from '../../src/parse/index.ts'
import type { FuzzOrder, FuzzResult } from './fuzz-worker.ts'
import { seedFiles } from './seed-files.ts'

const LARGEST_INPUT = 1024 * 1024
// A thread does not inherit tsx from its parent.
const WORKER = JSON.stringify(new URL('fuzz-worker.ts', import.meta.url).href)
const START_WORKER = `import('tsx/esm/api').then(({ register }) => { register(); return import(${WORKER}) })`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '5' },
  },
})

/** Fuzzes one format in a thread of its own, which can be stopped when an input does not end. */
const fuzz = (format: string): Promise<FuzzResult> =>
  new Promise((resolve, reject) => {
    const progress = new Int32Array(new SharedArrayBuffer(8))
    const current = new Uint8Array(new SharedArrayBuffer(LARGEST_INPUT))
    const order: FuzzOrder = { format, inputs: Number(values.inputs), seed: Number(values.seed), progress, current }
    const worker = new Worker(START_WORKER, { eval: true, workerData: order })
    let seen = 0
    let since = Date.now()
    const inputNow = (): Uint8Array => current.slice(0, progress[1])
    const finish = (result: FuzzResult): void => {
      clearInterval(watch)
      resolve(result)
    }
    const watch = setInterval(() => {
      const now = Atomics.load(progress, 0)
      if (now !== seen) {
        seen = now
        since = Date.now()
      } else if (now > 0 && Date.now() - since > Number(values.limit) * 1000) {
        const failure = { file: format, message: `an input takes more than ${values.limit} s`, input: inputNow() }
        void worker.terminate()
        finish({ inputs: now, accepted: 0, refused: 0, slowestMs: Date.now() - since, failure })
      }
    }, 200)
    worker.on('message', finish)
    worker.on('error', (error) => {
      clearInterval(watch)
      if (seen === 0) reject(error)
      else
        finish({
          inputs: seen,
          accepted: 0,
          refused: 0,
          slowestMs: 0,
          failure: { file: format, message: error.message, input: inputNow() },
        })
    })
  })

const ids = positionals.length > 0 ? positionals.map((id) => formatById(id).id) : formats.map(({ id }) => id)
// A format without a fixture must not be found out after an hour.
seedFiles()

let kept: string | undefined
const keep = (format: string, input: Uint8Array): string => {
  kept ??= mkdtempSync(join(tmpdir(), 'benchmark-fuzz-'))
  const file = join(kept, `${format}.input`)
  writeFileSync(file, input)
  return file
}

const print = (cells: readonly (string | number)[]): void => {
  const [first = '', ...others] = cells.map(String)
  process.stdout.write(`${first.padEnd(22)}${others.map((cell) => cell.padStart(12)).join('')}\n`)
}
print(['format', 'inputs', 'accepted', 'refused', 'slowest ms', 'seconds'])
const totals = { inputs: 0, accepted: 0, refused: 0, slowestMs: 0, seconds: 0, failures: 0 }
for (const id of ids) {
  const started = Date.now()
  const { inputs, accepted, refused, slowestMs, failure } = await fuzz(id)
  const seconds = (Date.now() - started) / 1000
  print([id, inputs, accepted, refused, slowestMs.toFixed(1), seconds.toFixed(1)])
  totals.inputs += inputs
  totals.accepted += accepted
  totals.refused += refused
  totals.seconds += seconds
  totals.slowestMs = Math.max(totals.slowestMs, slowestMs)
  if (failure === undefined) continue
  totals.failures++
  process.stdout.write(`  ${failure.file}: ${failure.message}\n  the input is ${keep(id, failure.input)}\n`)
}
print(['all', totals.inputs, totals.accepted, totals.refused, totals.slowestMs.toFixed(1), totals.seconds.toFixed(1)])
process.stdout.write(`${ids.length} formats, ${totals.failures} with a failure\n`)
process.exitCode = totals.failures > 0 ? 1 : 0
