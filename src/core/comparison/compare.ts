import { fnv1a } from '../hash.ts'
import { parameterKey } from '../schedule/matrix.ts'
import { benjaminiHochberg, holm } from '../stats/multiple-testing.ts'
import { CONTROLLABLE, machineKey, metricVersionKeys, scoreKeys } from './comparability.ts'
import type {
  Change,
  ComparedPair,
  Comparison,
  ComparisonInput,
  ComparisonOptions,
  DifferingKey,
  LeftOut,
  PrimaryMetric,
} from './comparison.ts'
import { databaseFindings, uncheckedText } from './database-keys.ts'
import { type Draft, draftOf } from './draft.ts'
import { definitionOf } from './definition-of.ts'
import { successChange } from './failures.ts'
import { gateOf, overallVerdict } from './gate.ts'
import { judge } from './judge.ts'
import { primarySeries } from './primary-series.ts'
import { repeatPool } from './repeat-pool.ts'
import { originsOf, type PipelineSide, readSide, type SideSeries } from './sides.ts'

const ALPHA = 0.05

/**
 * Everything there is to say about two sides: one change for each pipeline, metric, level and rank both have, with its
 * verdict, and what was left out. The order of the input does not matter, and the same runs give the same numbers.
 */
export const compare = ({ baseline, candidate, primaryMetrics, options = {} }: ComparisonInput): Comparison => {
  const [before, after] = [originsOf(baseline), originsOf(candidate)]
  // Comparing two pipelines of one run, the same executions stand on both sides without being each other's copy.
  const shared = options.matches ? new Set<string>() : new Set([...before].filter((origin) => after.has(origin)))
  const sides = { baseline: readSide(baseline, shared), candidate: readSide(candidate, shared) }
  const { matched, leftOut } = match(sides.baseline, sides.candidate, options)
  const databases = databaseFindings(
    baseline,
    candidate,
    matched.map(([from, to]) => [from.pipeline, to.pipeline]),
  )
  const keys = [...scoreKeys(baseline, candidate), ...databases.keys, ...machineKey(baseline, candidate)]
  const isControlled = ({ controlledBy }: DifferingKey): boolean =>
    controlledBy !== null && (options.controlled ?? []).includes(controlledBy)
  const runIds = [...new Set([...baseline, ...candidate].map(({ runId }) => runId))].sort()
  const context: Context = {
    options,
    forbidding: keys.filter((key) => !isControlled(key)),
    pool: repeatPool([...sides.baseline, ...sides.candidate], options.storedRepeats ?? {}),
    primaryMetrics,
    versions: metricVersionKeys(baseline, candidate),
    seedOf: (of) => fnv1a(JSON.stringify([runIds, of])),
  }
  const parts = matched.map(([from, to]) => comparePipelines(from, to, context))
  const drafts = parts.flatMap((part) => part.drafts)
  const { changes, family } = judgeAll(drafts, options.alpha ?? ALPHA)
  const successes = matched.flatMap(([from, to]) => successChange(from, to) ?? [])
  const all = [...successes, ...changes].sort(byPlace(primaryMetrics))
  return {
    baseline: idsOf(baseline),
    candidate: idsOf(candidate),
    verdict: overallVerdict(all),
    pairs: matched.map(([from, to]) => ({ baseline: sideName(from), candidate: sideName(to) })),
    changes: all,
    notComparable: inTheWay(context.forbidding, drafts),
    controlled: [...keys.filter(isControlled), ...databases.ofTwoPipelines],
    unchecked: databases.unchecked,
    leftOut: [...leftOut, ...parts.flatMap((part) => part.leftOut)],
    family,
    gate: gateOf(all, options.inconclusive),
    warnings: [
      ...warningsOf(options, sides),
      ...databases.unchecked.map(uncheckedText),
      ...reusedWarning(shared),
      ...unseenPrimaries(primaryMetrics, changes),
    ],
  }
}

interface Context {
  readonly options: ComparisonOptions
  readonly forbidding: readonly DifferingKey[]
  readonly pool: ReadonlyMap<string, readonly (readonly number[])[]>
  readonly primaryMetrics: readonly PrimaryMetric[]
  readonly versions: ReadonlyMap<string, DifferingKey>
  readonly seedOf: (of: readonly unknown[]) => bigint
}

const idsOf = (runs: ComparisonInput['baseline']): readonly string[] =>
  [...new Set(runs.map(({ runId }) => runId))].sort()

/** Keys that forbid something there is: a machine nobody knows matters only where something was measured. */
const inTheWay = (keys: readonly DifferingKey[], drafts: readonly Draft[]): readonly DifferingKey[] => {
  const all = [
    ...keys.filter(({ forbids }) => forbids !== 'resources'),
    ...drafts.flatMap(({ forbidden }) => forbidden),
  ]
  return [...new Map(all.map((key) => [JSON.stringify(key), key])).values()]
}

/** Which pipeline of the baseline goes with which of the candidate, and which have no partner. */
const match = (
  baseline: readonly PipelineSide[],
  candidate: readonly PipelineSide[],
  { matches }: ComparisonOptions,
): { readonly matched: readonly (readonly [PipelineSide, PipelineSide])[]; readonly leftOut: readonly LeftOut[] } => {
  const [before, after] = [byKey(baseline), byKey(candidate)]
  const wanted =
    matches?.map((pair) => [keyOf(pair.baseline), keyOf(pair.candidate)] as const) ?? withItself(baseline, candidate)
  const matched = [...wanted]
    .sort((left, right) => (left.join() < right.join() ? -1 : 1))
    .flatMap(([from, to]): (readonly [PipelineSide, PipelineSide])[] => {
      const [one, other] = [before.get(from), after.get(to)]
      return one && other ? [[one, other]] : []
    })
  const alone = (sides: readonly PipelineSide[], used: ReadonlySet<string>, reason: LeftOut['reason']): LeftOut[] =>
    matches
      ? []
      : sides
          .filter(({ key }) => !used.has(key))
          .map(({ pipeline, params }) => ({ pipeline, params, metric: null, reason }))
  const leftOut = [
    ...alone(baseline, new Set(wanted.map(([from]) => from)), 'only-in-baseline'),
    ...alone(candidate, new Set(wanted.map(([, to]) => to)), 'only-in-candidate'),
  ]
  return { matched, leftOut: leftOut.sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1)) }
}

/**
 * Each pipeline and parameter set with itself. A change of a parameter is what many comparisons are about: where just
 * one parameter set of a pipeline is left over on each side, these are a pair too.
 */
const withItself = (
  baseline: readonly PipelineSide[],
  candidate: readonly PipelineSide[],
): readonly (readonly [string, string])[] => {
  const same = baseline.filter(({ key }) => candidate.some((one) => one.key === key))
  const leftOver = (sides: readonly PipelineSide[]): readonly PipelineSide[] =>
    sides.filter(({ key }) => !same.some((one) => one.key === key))
  const [before, after] = [leftOver(baseline), leftOver(candidate)]
  const onlyOne = (sides: readonly PipelineSide[], name: string): PipelineSide | null => {
    const [first, ...others] = sides.filter(({ pipeline }) => pipeline === name)
    return first !== undefined && others.length === 0 ? first : null
  }
  const changed = before.flatMap(({ pipeline }): (readonly [string, string])[] => {
    const [from, to] = [onlyOne(before, pipeline), onlyOne(after, pipeline)]
    return from && to ? [[from.key, to.key]] : []
  })
  return [...same.map(({ key }) => [key, key] as const), ...changed]
}

const sideName = ({ pipeline, params, version }: PipelineSide): ComparedPair['baseline'] => ({
  pipeline,
  params,
  version,
})

const keyOf = ({ pipeline, params }: Pick<PipelineSide, 'pipeline' | 'params'>): string =>
  parameterKey(pipeline, params)

const byKey = (sides: readonly PipelineSide[]): ReadonlyMap<string, PipelineSide> =>
  new Map(sides.map((side) => [side.key, side]))

/** Drafts of every metric both have; metrics of only one of them, and those nobody can be better at, are left out. */
const comparePipelines = (
  baseline: PipelineSide,
  candidate: PipelineSide,
  context: Context,
): { readonly drafts: readonly Draft[]; readonly leftOut: readonly LeftOut[] } => {
  const leftOut = new Map<string, LeftOut>()
  const leave = (metric: string, reason: LeftOut['reason']): void => {
    leftOut.set(`${metric} ${reason}`, { pipeline: candidate.pipeline, params: candidate.params, metric, reason })
  }
  const primary = primarySeries([...baseline.series.values(), ...candidate.series.values()], context.primaryMetrics)
  const drafts: Draft[] = []
  for (const key of [...new Set([...baseline.series.keys(), ...candidate.series.keys()])].sort()) {
    const [from, to] = [baseline.series.get(key), candidate.series.get(key)]
    const one = to ?? from
    if (one === undefined) continue
    if (one.direction === 'none') leave(one.metric, 'descriptive')
    else if (!from) leave(one.metric, 'only-in-candidate')
    else if (!to) leave(one.metric, 'only-in-baseline')
    else drafts.push(draftSeries([baseline, from], [candidate, to], { key, isPrimary: primary(one) }, context))
  }
  return { drafts, leftOut: [...leftOut.values()] }
}

const draftSeries = (
  [before, from]: readonly [PipelineSide, SideSeries],
  [after, to]: readonly [PipelineSide, SideSeries],
  { key, isPrimary }: { readonly key: string; readonly isPrimary: boolean },
  { options, forbidding, pool, versions, seedOf }: Context,
): Draft => {
  const { metric, level, rank, unit, isResource } = to
  const concerns = ({ forbids, pipeline }: DifferingKey): boolean =>
    forbids === 'pipeline' ? pipeline === after.pipeline : forbids === (isResource ? 'resources' : 'scores')
  const version = versions.get(metric)
  const noisy = before.noisy + after.noisy
  return draftOf({
    of: {
      pipeline: after.pipeline,
      params: after.params,
      versions: { baseline: before.version, candidate: after.version },
      ...{ metric, level, rank, unit, isPrimary },
    },
    definition: definitionOf(to),
    baseline: from,
    candidate: to,
    options,
    pool: pool.get(metric) ?? [],
    forbidden: [...forbidding.filter(concerns), ...instrumentKey(from, to), ...(version ? [version] : [])],
    warnings: isResource && noisy > 0 ? [`${noisy} executions ran while the machine was busy with other work`] : [],
    seed: seedOf([[before.key, after.key].sort(), key]),
  })
}

/** Resources of two instruments, or of several on one side, measure different things. */
const instrumentKey = (baseline: SideSeries, candidate: SideSeries): readonly DifferingKey[] => {
  if (new Set([...baseline.instruments, ...candidate.instruments]).size <= 1) return []
  const words = ({ instruments }: SideSeries): string => [...instruments].sort().join(' and ')
  return [
    {
      key: 'measuring method',
      baseline: words(baseline),
      candidate: words(candidate),
      forbids: 'resources',
      ...{ pipeline: null, controlledBy: null },
    },
  ]
}

/** Corrects the p values of the two families and decides. */
const judgeAll = (
  drafts: readonly Draft[],
  alpha: number,
): { readonly changes: readonly Change[]; readonly family: Comparison['family'] } => {
  const isTested = ({ evidence, forbidden }: Draft): boolean => evidence.p !== null && forbidden.length === 0
  const adjusted = new Map<Draft, number>()
  const correct = (family: readonly Draft[], adjust: (p: readonly number[]) => readonly number[]): void => {
    const corrected = adjust(family.map(({ evidence }) => evidence.p ?? 1))
    for (const [index, draft] of family.entries()) adjusted.set(draft, corrected[index] ?? 1)
  }
  const primary = drafts.filter((draft) => isTested(draft) && draft.of.isPrimary)
  const others = drafts.filter((draft) => isTested(draft) && !draft.of.isPrimary)
  correct(primary, holm)
  correct(others, benjaminiHochberg)
  const changes = drafts.map((draft) => {
    const correction = draft.of.isPrimary ? ('holm' as const) : ('benjamini-hochberg' as const)
    return judge(draft, {
      pAdjusted: adjusted.get(draft) ?? null,
      correction: adjusted.has(draft) ? correction : null,
      familySize: draft.of.isPrimary ? primary.length : others.length,
      // What more data would have to pass. A step-up correction has no such number; a single test is the least.
      tests: draft.of.isPrimary ? Math.max(1, primary.length) : 1,
      alpha,
    })
  })
  return { changes, family: { primary: primary.length, others: others.length, alpha } }
}

/** Pipelines in order of their names, their failures first, then primary metrics as declared, then all others. */
const byPlace = (primaryMetrics: readonly PrimaryMetric[]): ((left: Change, right: Change) => number) => {
  const place = ({ metric, level, isPrimary, gates }: Change): number => {
    if (gates.length === 0) return -1
    const index = primaryMetrics.findIndex((one) => one.metric === metric && (one.level ?? level) === level)
    return isPrimary && index >= 0 ? index : primaryMetrics.length
  }
  const name = (of: Change): string => JSON.stringify([of.metric, of.level ?? '', of.rank ?? ''])
  return (left, right) => {
    const [from, to] = [keyOf(left), keyOf(right)]
    if (from !== to) return from < to ? -1 : 1
    return place(left) - place(right) || (name(left) < name(right) ? -1 : 1)
  }
}

const reusedWarning = ({ size }: ReadonlySet<string>): readonly string[] =>
  size === 0
    ? []
    : [`executions that are the same on both sides (reused outputs): ${size}; their resources are not compared`]

/** Declared primary metrics that nothing could be said about: a gate must not pass because they are missing unnoticed. */
const unseenPrimaries = (primaryMetrics: readonly PrimaryMetric[], changes: readonly Change[]): readonly string[] =>
  primaryMetrics
    .filter(
      ({ metric, level }) =>
        !changes.some(
          (change) => change.isPrimary && change.metric === metric && (level ?? change.level) === change.level,
        ),
    )
    .map(
      ({ metric, level }) =>
        `the primary metric ${metric}${level === null ? '' : ` at ${level}`} is nowhere on both sides`,
    )

const warningsOf = (
  options: ComparisonOptions,
  { baseline, candidate }: { readonly baseline: readonly PipelineSide[]; readonly candidate: readonly PipelineSide[] },
): readonly string[] => {
  const words: readonly string[] = CONTROLLABLE
  const unknown = (options.controlled ?? []).filter((word) => !words.includes(word)).sort()
  return [
    ...unknown.map((word) => `${word} cannot be made to differ on purpose; only ${words.join(', ')} can`),
    ...(options.isExtended
      ? ['extended: repeats were added after the result was looked at, so p values are too small']
      : []),
    ...(baseline.length === 0 || candidate.length === 0 ? ['one side has no execution that counts'] : []),
  ]
}
