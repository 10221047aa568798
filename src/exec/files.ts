import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Files } from '../app/ports.ts'
export const createFiles = (): Files => ({
  exists: (p) => existsSync(p),
  glob: (dir, pattern) => {
    let found = [dir]
    for (const part of pattern.split('/')) {
      const re = new RegExp('^' + part.split('*').map((x) => x.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*') + '$')
      found = found.flatMap((d) => { try { return readdirSync(d).filter((n) => re.test(n)).map((n) => join(d, n)) } catch { return [] } })
    }
    return found.sort()
  },
  makeDir: (p) => void mkdirSync(p, { recursive: true }),
  removeTree: (p) => rmSync(p, { recursive: true, force: true }),
  writeAtomically: (p, t) => { writeFileSync(p + '.tmp', t); renameSync(p + '.tmp', p) },
  readText: (p) => readFileSync(p, 'utf8'),
  sha256: async (p) => {
    const h = createHash('sha256')
    if (statSync(p).isDirectory()) return h.update(p).digest('hex')
    await pipeline(createReadStream(p), h)
    return h.digest('hex')
  },
  sizeOf: (p) => { const s = statSync(p); return s.isDirectory() ? readdirSync(p).reduce((n, e) => n + statSync(join(p, e)).size, 0) : s.size },
})
