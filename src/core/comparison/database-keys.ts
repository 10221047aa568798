import { shortDigests } from '../databases.ts'
import { type Execution, hasOutputs } from '../run.ts'
import type { ComparedRun, DifferingKey, UncheckedDatabase } from './comparison.ts'
import { isFailure } from './sides.ts'

/** What one side read of a database. */
interface Read {
  readonly contents: ReadonlySet<string>
  readonly isUnknown: boolean
}

/** What two sides read besides their samples. */
export interface DatabaseFindings {
  /** Of a pipeline that is compared with itself. */
  readonly keys: readonly DifferingKey[]
  /** Of two pipelines held against each other: their databases are a part of what is compared. */
  readonly ofTwoPipelines: readonly DifferingKey[]
  readonly unchecked: readonly UncheckedDatabase[]
}

const UNKNOWN = 'unknown'
const NONE = 'none'

/**
 * Compares what the matched pipelines read. A side that changed a database half way differs from every other; where a
 * side does not tell, nothing is claimed.
 */
export const databaseFindings = (
  baseline: readonly ComparedRun[],
  candidate: readonly ComparedRun[],
  matches: readonly (readonly [string, string])[],
): DatabaseFindings => {
  const pairs = [...new Map(matches.map((pair) => [JSON.stringify(pair), pair]))].sort(([left], [right]) =>
    left < right ? -1 : 1,
  )
  const found = pairs.map(([, [before, after]]) => ({
    isSame: before === after,
    ...findingsOf(counted(baseline, before), counted(candidate, after), after),
  }))
  return {
    keys: found.flatMap(({ isSame, keys }) => (isSame ? keys : [])),
    ofTwoPipelines: found.flatMap(({ isSame, keys }) => (isSame ? [] : keys)),
    unchecked: found.flatMap(({ isSame, unchecked }) => (isSame ? unchecked : [])),
  }
}

/** What the pipelines of a run read, by pipeline, as far as it is told; several contents of one database are named together. */
export const databasesByPipeline = (
  run: Pick<ComparedRun, 'executions'>,
): ReadonlyMap<string, Readonly<Record<string, string>>> => {
  const pipelines = new Set(run.executions.map(({ pipeline }) => pipeline))
  const found = [...pipelines].flatMap((pipeline): [string, Record<string, string>][] => {
    const told = counted([run], pipeline).filter(({ databases }) => databases !== null)
    const names = [...new Set(told.flatMap(({ databases }) => Object.keys(databases ?? {})))]
    const contents = names.map((name) => [name, readOf(told, name)] as const)
    return told.length === 0
      ? []
      : [[pipeline, Object.fromEntries(contents.map(([name, read]) => [name, wordsOf(read)]))]]
  })
  return new Map(found)
}

/** Executions that say something about the pipeline: those that gave outputs, and those it failed in. */
const counted = (runs: readonly Pick<ComparedRun, 'executions'>[], pipeline: string): readonly Execution[] =>
  runs.flatMap(({ executions }) =>
    executions.filter(
      (one) => one.pipeline === pipeline && !one.warmup && (hasOutputs(one.state) || isFailure(one.state)),
    ),
  )

const findingsOf = (
  before: readonly Execution[],
  after: readonly Execution[],
  pipeline: string,
): Pick<DatabaseFindings, 'keys' | 'unchecked'> => {
  if (before.length === 0 || after.length === 0) return { keys: [], unchecked: [] }
  const names = new Set([...before, ...after].flatMap(({ databases }) => Object.keys(databases ?? {})))
  if (names.size === 0) {
    const words = (of: readonly Execution[]): string =>
      of.some(({ databases }) => databases === null) ? UNKNOWN : NONE
    const [from, to] = [words(before), words(after)]
    const isTold = from === NONE && to === NONE
    return { keys: [], unchecked: isTold ? [] : [{ pipeline, database: null, baseline: from, candidate: to }] }
  }
  const keys: DifferingKey[] = []
  const unchecked: UncheckedDatabase[] = []
  for (const name of [...names].sort()) {
    const [from, to] = [readOf(before, name), readOf(after, name)]
    const sides = { baseline: wordsOf(from), candidate: wordsOf(to) }
    if (differ(from, to))
      keys.push({ key: `database:${name}`, ...sides, forbids: 'pipeline', pipeline, controlledBy: 'database' })
    else if (from.isUnknown || to.isUnknown) unchecked.push({ pipeline, database: name, ...sides })
  }
  return { keys, unchecked }
}

const readOf = (executions: readonly Execution[], name: string): Read => {
  const contents = new Set<string>()
  let isUnknown = false
  for (const { databases } of executions) {
    const content = databases === null ? null : Object.hasOwn(databases, name) ? (databases[name] ?? null) : NONE
    if (content === null) isUnknown = true
    else contents.add(content)
  }
  return { contents, isUnknown }
}

const differ = ({ contents: from }: Read, { contents: to }: Read): boolean =>
  from.size > 1 || to.size > 1 || (from.size > 0 && to.size > 0 && [...from].some((content) => !to.has(content)))

const wordsOf = ({ contents, isUnknown }: Read): string =>
  [...[...contents].sort(), ...(isUnknown ? [UNKNOWN] : [])].join(' and ')

/** What a reader has to be told where nothing could be checked. */
export const uncheckedText = ({ pipeline, database, baseline, candidate }: UncheckedDatabase): string => {
  const what = database === null ? 'databases' : `version of the database ${database}`
  return `not checked: whether ${pipeline} read the same ${what} on both sides (baseline: ${shortDigests(baseline)}, this run: ${shortDigests(candidate)})`
}
