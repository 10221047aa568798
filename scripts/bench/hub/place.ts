import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateHub } from './generate-hub.ts'

/** Projects and months of every generated hub. */
const SHAPE = { projects: 50, months: 12 }

/** Where one bench happens: a folder of its own, a server beside it, and hubs to spoil. */
export interface BenchPlace {
  readonly folder: string
  /** A fresh copy of the generated hub of so many runs, its URL, and the one it has over a network. */
  hub(runs: number, name: string): Promise<{ readonly path: string; readonly url: string; readonly far: string }>
  close(): void
}

/** `cache`: folder in which generated hubs stay for the next time. */
export const openPlace = async (cache: string | null): Promise<BenchPlace> => {
  const folder = mkdtempSync(join(tmpdir(), 'benchmark-hub-bench-'))
  const generated = cache ?? join(folder, 'generated')
  mkdirSync(generated, { recursive: true })
  const served = join(folder, 'served')
  const server = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('server.ts', import.meta.url)), served],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [address] = (await once(server.stdout, 'data')) as [Buffer]
  const [base = '', away = ''] = address.toString('utf8').trim().split('\n')
  return {
    folder,
    hub: async (runs, name) => {
      const original = join(generated, `sealed-hub-${runs}.git`)
      if (!existsSync(original)) {
        await generateHub(`${original}.part`, { runs, ...SHAPE })
        renameSync(`${original}.part`, original)
      }
      const path = join(served, name)
      cpSync(original, path, { recursive: true })
      return { path, url: `${base}${name}`, far: `${away}${name}` }
    },
    close: () => {
      end(server)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const end = (server: ChildProcess): void => void server.kill()
