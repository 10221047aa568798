import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { commandTexts, databaseNames } from '../core/command-line.ts'
import { databaseVariable } from '../core/database-variable.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { placeholdersIn } from '../core/placeholders.ts'
import { type Declaration, isRecord } from './declaration.ts'
import type { Report } from './resolve-command.ts'
import type { Environment } from './variables.ts'

/** Where the databases of a pipeline are, and which names it is swept over. */
export interface ResolvedDatabases {
  readonly paths: Readonly<Record<string, string>>
  /** Names found nowhere -> where they were looked for. */
  readonly tried: Readonly<Record<string, readonly string[]>>
  readonly sweep: readonly string[] | null
}

/**
 * Paths for the `{db:NAME}` of a command: what the user declares, else the environment, else the first place of the
 * catalogue that exists. Names found nowhere are left out: only running the pipeline makes that an error. A list of
 * names is a sweep over the parameter `database`.
 */
export const resolveDatabases = (
  { value, layers }: Declaration,
  command: Pipeline['command'],
  context: { readonly root: string; readonly environment: Environment },
  report: Report,
): ResolvedDatabases => {
  const needed = databaseNames(command)
  const byUser = declaredPaths(layers.filter(({ isBuiltIn }) => !isBuiltIn))
  const byCatalogue = declaredPaths(layers.filter(({ isBuiltIn }) => isBuiltIn))
  const paths: Record<string, string> = {}
  const tried: Record<string, readonly string[]> = {}
  for (const name of needed) {
    const candidates = [byUser[name] ?? context.environment[databaseVariable(name)] ?? byCatalogue[name] ?? []]
      .flat()
      .filter((path) => typeof path === 'string')
      .map((path) => resolve(context.root, path))
    const found = candidates.find(isThere)
    if (found === undefined) tried[name] = candidates
    else paths[name] = found
  }
  for (const name of Object.keys(byUser))
    if (!needed.includes(name))
      report(
        `No {db:${name}} in the command uses this database.`,
        ['databases', name],
        `the command uses: ${needed.join(', ') || 'none'}`,
      )
  return { paths, tried, sweep: sweepOf(value.databases, command, needed, report) }
}

const declaredPaths = (layers: Declaration['layers']): Record<string, unknown> =>
  Object.fromEntries(layers.flatMap(({ value }) => (isRecord(value.databases) ? Object.entries(value.databases) : [])))

const sweepOf = (
  databases: unknown,
  command: Pipeline['command'],
  needed: readonly string[],
  report: Report,
): readonly string[] | null => {
  const names = typeof databases === 'string' ? [databases] : Array.isArray(databases) ? (databases as string[]) : null
  if (names === null) return null
  if (usesDatabaseParameter(command)) return names
  report(
    'This pipeline has no {database} to be filled from a list of names.',
    ['databases'],
    needed.length === 0
      ? 'it takes no databases'
      : `say where they are: databases: {${needed.map((name) => `${name}: /path`).join(', ')}}`,
  )
  return null
}

const usesDatabaseParameter = (command: Pipeline['command']): boolean =>
  commandTexts(command)
    .flatMap(placeholdersIn)
    .some(({ kind, name }) => kind !== 'db' && name === 'database')

// kma and BLAST name a database by the common beginning of its files.
const isThere = (path: string): boolean => {
  if (existsSync(path)) return true
  try {
    return readdirSync(dirname(path)).some((file) => file.startsWith(`${basename(path)}.`))
  } catch {
    return false
  }
}
