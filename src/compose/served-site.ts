/** The dashboard that `benchmark serve` shows. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { ServedProject } from '../app/serve/serve-ports.ts'
import { createSiteRenewal } from '../app/serve/site-renewal.ts'
import { Problem, type ProblemCode } from '../core/problem.ts'
import { readErrorDocument } from '../documents/error-document.ts'
import type { ErrorDocument } from '../generated/error.ts'
import { packageFile } from '../package-files.ts'
import { clock } from './parts.ts'

/** Of the project in a folder. */
export const databaseOf = (root: string): string => join(root, '.benchmark', 'benchmark.db')

/**
 * Written by the command itself in a process of its own, so that pages are answered meanwhile, and in a folder of its own:
 * what `dashboard` writes others publish, and it may hold less.
 */
export const servedSite = (
  root: string,
  tell: (text: string) => void,
): ServedProject['site'] & { stop: () => void } => {
  const folder = join(root, '.benchmark', 'serve')
  let kill = (): void => undefined
  let isStopped = false
  const build = async (): Promise<Problem | null> => {
    const { runOwnCommand } = await import('../exec/own-command.ts')
    // Nobody would end what is begun now.
    if (isStopped) return new Problem('E_INTERRUPTED', 'This server is ending.')
    const command = runOwnCommand(packageFile('bin/run.js'), [
      ...['dashboard', '--project', root, '--output', folder, '--json'],
    ])
    kill = command.kill
    const { exit, stdout } = await command.done
    return exit === 0 ? null : renewalProblem(stdout)
  }
  const { renew, renewFully } = createSiteRenewal({
    ...{ clock, build },
    sources: async () => JSON.stringify([statText(join(root, '.benchmark', 'config.yaml')), await resultsOf(root)]),
    site: () => statText(join(folder, 'manifest.json')),
    onStale: ({ message }) => {
      if (!isStopped) tell(`The dashboard shown is an older one: ${message}`)
    },
  })
  const stop = (): void => {
    isStopped = true
    kill()
  }
  return { folder, renew, renewFully, stop }
}

const resultsOf = async (root: string): Promise<string> => {
  const [{ openDatabaseForReading }, { resultsStamp }] = await Promise.all([
    import('../store/open.ts'),
    import('../store/dashboard/results-stamp.ts'),
  ])
  const db = openDatabaseForReading(databaseOf(root))
  try {
    return resultsStamp(db)
  } finally {
    db.close()
  }
}

/** What is wrong with a dashboard that was not written on the word of who asks for a page: there are no runs, its folder is in use. */
const SERVED_AS: Readonly<Partial<Record<ProblemCode, ProblemCode>>> = { E_INPUT: 'E_NOT_FOUND', E_USAGE: 'E_STORE' }

/** What a command said under `--json` when it failed. */
const renewalProblem = (stdout: string): Problem => {
  try {
    const { code, message, hints, findings } = readErrorDocument(JSON.parse(stdout) as ErrorDocument)
    return new Problem(SERVED_AS[code] ?? code, message, { hints, findings })
  } catch {
    return new Problem('E_STORE', 'The dashboard could not be written.', { hints: ['benchmark dashboard says why.'] })
  }
}

const statText = (file: string): string | null => {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat === undefined ? null : `${stat.size} ${stat.mtimeMs} ${stat.ino}`
}
