import { type BlessedSeries, type Blessing, isAbout, isSameBlessing } from '../../core/history/blessing.ts'
import { seriesOfRuns } from '../../core/history/series-of-runs.ts'
import { Problem } from '../../core/problem.ts'
import type { AuditLog } from '../hub/store-ports.ts'
import { showMetric } from '../list-metrics.ts'
import { readMetricPlace } from '../../core/metric-place.ts'
import type { Clock, RunStore } from '../ports.ts'
import type { BlessingFile, EndedRun, HistoryReads, ProjectGit } from './history-ports.ts'
import { projectHistory } from './project-history.ts'

export interface BlessDeps {
  readonly store: RunStore
  readonly reads: HistoryReads
  readonly blessings: BlessingFile
  readonly git: ProjectGit
  readonly audit: Pick<AuditLog, 'append'>
  readonly clock: Clock
  /** Name of whoever is logged in, where git knows none. */
  readonly userName: () => string
}

/** Which run and which series. A name of a metric may imply the level. */
export interface BlessRequest {
  /** Run id, its beginning, a label, `latest`, … */
  readonly run: string
  /**
   * `sensitivity`, or `sensitivity:gene` with a match level or taxonomic rank. `all`: whatever moved at that run, or, taken
   * back, whatever was accepted there.
   */
  readonly metrics: readonly string[] | 'all'
  readonly level?: string
  readonly rank?: string
  readonly pipeline?: string
}

/** What a change of blessings did, and what the file holds afterwards. */
export interface BlessingChange {
  readonly file: string
  readonly added: readonly Blessing[]
  readonly removed: readonly Blessing[]
  readonly blessings: readonly Blessing[]
  /** Whether git would not take the file. */
  readonly isIgnored: boolean
}

/**
 * Accepts the levels metrics have from a run on: histories start anew there and keep their spread. Throws `E_INPUT` for a
 * run that has not ended, `E_NOT_FOUND` for one without such a metric, or at which nothing moved; then nothing is accepted.
 */
export const blessShift = async (
  deps: BlessDeps,
  request: BlessRequest & { readonly why: string },
): Promise<BlessingChange> => {
  const why = request.why.trim()
  if (why === '')
    throw new Problem('E_USAGE', '--why is empty.', { hints: ['Say in a sentence why the new level is right.'] })
  const runId = deps.store.resolve(request.run)
  const run = endedRun(deps, runId)
  const meant = request.metrics === 'all' ? await movedAt(deps, run, request) : seriesMeant(request.metrics, request)
  for (const about of meant) refuseUnmeasured(deps.reads, run, about)
  const by = (await deps.git.author()) ?? deps.userName()
  const added = meant.map((about): Blessing => {
    const at = deps.clock.now().toISOString()
    return { ...{ run: runId, commit: run.commit, ...about, why }, by, at }
  })
  const before = deps.blessings.read()
  const removed = before.filter((one) => added.some((blessing) => isSameBlessing(one, blessing)))
  deps.blessings.remove(positionsOf(before, removed))
  for (const blessing of added) {
    deps.blessings.add(blessing)
    record(deps, blessing, 'bless')
  }
  return { ...listBlessings(deps.blessings), added, removed }
}

/** Runs `benchmark history` looks at, unless it is asked for more. */
const SHOWN_RUNS = 100

/** The series whose level moved at a run, as `benchmark history` shows them. */
const movedAt = async (deps: BlessDeps, { runId }: EndedRun, wish: PlaceWish): Promise<readonly BlessedSeries[]> => {
  const judge = (limit: number) => projectHistory(deps, { limit, includeEnded: false })
  const newest = await judge(SHOWN_RUNS)
  const history = newest.isCut && !newest.runs.some((run) => run.runId === runId) ? await judge(0) : newest
  const series = history.series
    .map(({ series: { pipeline, level, rank }, finding }) => ({
      ...{ pipeline, metric: finding.metric, level, rank },
      isMoved: finding.shifts.some(({ from, isCurrent }) => from === runId && isCurrent),
    }))
    .filter((one) => isAbout({ ...anyOf(wish), metric: one.metric }, one))
  const moved = series.filter(({ isMoved }) => isMoved)
  if (moved.length === 0)
    throw new Problem('E_NOT_FOUND', `No level moved at run ${runId}.`, {
      hints: [
        '`benchmark history --all` shows from which run on levels are others.',
        'Or name one: --metric sensitivity',
      ],
    })
  // A metric that moved at every level is accepted as a whole.
  const whole = (metric: string, pipeline: string): boolean =>
    series.every((one) => one.metric !== metric || one.pipeline !== pipeline || one.isMoved)
  const found = moved.map(({ metric, pipeline, level, rank }) =>
    whole(metric, pipeline) ? { metric, pipeline, level: null, rank: null } : { metric, pipeline, level, rank },
  )
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()]
}

/** Takes back what was accepted at a run for metrics. Throws `E_NOT_FOUND` when nothing was. */
export const takeBackBlessing = (deps: BlessDeps, request: BlessRequest): BlessingChange => {
  const before = deps.blessings.read()
  const meant =
    request.metrics === 'all' ? [{ ...anyOf(request), metric: null }] : seriesMeant(request.metrics, request)
  // The run may be of another machine: then only the file knows it.
  const runId = before.find(({ run }) => run === request.run)?.run ?? deps.store.resolve(request.run)
  const of = ({ metric, level, rank, pipeline }: (typeof meant)[number]): readonly Blessing[] =>
    before.filter(
      (one) =>
        one.run === runId &&
        (metric === null || one.metric === metric) &&
        (level === null || one.level === level) &&
        (rank === null || one.rank === rank) &&
        (pipeline === null || one.pipeline === pipeline),
    )
  for (const one of meant)
    if (of(one).length === 0)
      throw new Problem(
        'E_NOT_FOUND',
        `Nothing was blessed at ${runId}${one.metric === null ? '' : ` for ${one.metric}`}.`,
        {
          hints: [`\`benchmark history bless --list\` shows what ${deps.blessings.name} holds.`],
        },
      )
  const removed = before.filter((one) => meant.some((about) => of(about).includes(one)))
  deps.blessings.remove(positionsOf(before, removed))
  for (const one of removed) record(deps, one, 'take back')
  return { ...listBlessings(deps.blessings), removed }
}

/** Everything that was accepted. */
export const listBlessings = (file: BlessingFile): BlessingChange => ({
  ...{ file: file.name, added: [], removed: [] },
  ...{ blessings: file.read(), isIgnored: file.isIgnored() },
})

const positionsOf = (all: readonly Blessing[], some: readonly Blessing[]): readonly number[] =>
  all.flatMap((one, position) => (some.includes(one) ? [position] : []))

type PlaceWish = Pick<BlessRequest, 'level' | 'rank' | 'pipeline'>

const anyOf = ({ level, rank, pipeline }: PlaceWish): Pick<Blessing, 'level' | 'rank' | 'pipeline'> => ({
  ...{ level: level ?? null, rank: rank ?? null, pipeline: pipeline ?? null },
})

const seriesMeant = (metrics: readonly string[], wish: PlaceWish): readonly BlessedSeries[] => {
  const all = metrics.map((written) => {
    const { metric, ...place } = readMetricPlace(written)
    const named = showMetric(metric)
    const { level, rank, pipeline } = anyOf({ ...wish, ...place })
    return { metric: named.definition.id, level: level ?? named.level, rank, pipeline }
  })
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}

const endedRun = ({ store, reads }: BlessDeps, runId: string): EndedRun => {
  const run = reads.runs({}).find((one) => one.runId === runId)
  if (run !== undefined) return run
  throw new Problem('E_INPUT', `Run ${runId} has not ended (${store.header(runId).state}): it is in no history yet.`, {
    hints: ['See `benchmark list`.'],
  })
}

const refuseUnmeasured = (reads: HistoryReads, run: EndedRun, about: BlessedSeries): void => {
  const names = seriesOfRuns(reads.measured([run], { metrics: [about.metric] }), [])
    .filter(({ definition, points }) => definition.id === about.metric && (points[0]?.values.length ?? 0) > 0)
    .map(({ definition, pipeline, level, rank }) => ({ metric: definition.id, pipeline, level, rank }))
  if (names.some((series) => isAbout(about, series))) return
  const asked = [about.metric, ...[about.level, about.rank, about.pipeline].filter((part) => part !== null)]
  const there = names.map(({ pipeline, level, rank }) =>
    [pipeline, level, rank].filter((part) => part !== null).join(' '),
  )
  throw new Problem('E_NOT_FOUND', `Run ${run.runId} has no values of ${asked.join(', ')}.`, {
    hints:
      there.length === 0
        ? [`\`benchmark show ${run.runId}\` shows what it measured.`]
        : [`It has ${about.metric} of: ${[...new Set(there)].join('; ')}.`],
  })
}

const record = ({ audit, clock }: BlessDeps, blessing: Blessing, what: 'bless' | 'take back'): void => {
  const { run, metric, level, rank, pipeline, why, by } = blessing
  const detail = { what, run, metric, level, rank, pipeline, why, by }
  audit.append({ at: clock.now().toISOString(), action: 'bless', objectHash: null, detail })
}
