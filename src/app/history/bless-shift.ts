import { type BlessedSeries, type Blessing, isAbout, isSameBlessing } from '../../core/history/blessing.ts'
import { seriesOfRuns } from '../../core/history/series-of-runs.ts'
import { Problem } from '../../core/problem.ts'
import type { AuditLog } from '../hub/store-ports.ts'
import { showMetric } from '../list-metrics.ts'
import type { Clock, RunStore } from '../ports.ts'
import type { BlessingFile, EndedRun, HistoryReads, ProjectGit } from './history-ports.ts'

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
  readonly metric: string
  readonly level?: string
  readonly rank?: string
  readonly pipeline?: string
}

/** What a change of blessings did, and what the file holds afterwards. */
export interface BlessingChange {
  readonly file: string
  readonly added: Blessing | null
  readonly removed: readonly Blessing[]
  readonly blessings: readonly Blessing[]
  /** Whether git would not take the file. */
  readonly isIgnored: boolean
}

/**
 * Accepts the level a metric has from a run on: histories start anew there and keep their spread. Throws `E_INPUT` for a
 * run that has not ended, `E_NOT_FOUND` for one without such a metric.
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
  const about = seriesMeant(request)
  refuseUnmeasured(deps.reads, run, about)
  const blessing: Blessing = {
    ...{ run: runId, commit: run.commit, ...about, why },
    by: (await deps.git.author()) ?? deps.userName(),
    at: deps.clock.now().toISOString(),
  }
  const before = deps.blessings.read()
  const removed = before.filter((one) => isSameBlessing(one, blessing))
  deps.blessings.remove(positionsOf(before, removed))
  deps.blessings.add(blessing)
  record(deps, blessing, 'bless')
  return { ...listBlessings(deps.blessings), added: blessing, removed }
}

/** Takes back what was accepted at a run for a metric. Throws `E_NOT_FOUND` when nothing was. */
export const takeBackBlessing = (deps: BlessDeps, request: BlessRequest): BlessingChange => {
  const before = deps.blessings.read()
  const { metric, level, rank, pipeline } = seriesMeant(request)
  // The run may be of another machine: then only the file knows it.
  const runId = before.find(({ run }) => run === request.run)?.run ?? deps.store.resolve(request.run)
  const removed = before.filter(
    (one) =>
      one.run === runId &&
      one.metric === metric &&
      (level === null || one.level === level) &&
      (rank === null || one.rank === rank) &&
      (pipeline === null || one.pipeline === pipeline),
  )
  if (removed.length === 0)
    throw new Problem('E_NOT_FOUND', `Nothing was blessed at ${runId} for ${metric}.`, {
      hints: [`\`benchmark history bless --list\` shows what ${deps.blessings.name} holds.`],
    })
  deps.blessings.remove(positionsOf(before, removed))
  for (const one of removed) record(deps, one, 'take back')
  return { ...listBlessings(deps.blessings), removed }
}

/** Everything that was accepted. */
export const listBlessings = (file: BlessingFile): BlessingChange => ({
  ...{ file: file.name, added: null, removed: [] },
  ...{ blessings: file.read(), isIgnored: file.isIgnored() },
})

const positionsOf = (all: readonly Blessing[], some: readonly Blessing[]): readonly number[] =>
  all.flatMap((one, position) => (some.includes(one) ? [position] : []))

const seriesMeant = ({ metric, level, rank, pipeline }: BlessRequest): BlessedSeries => {
  const named = showMetric(metric)
  return {
    ...{ metric: named.definition.id, level: level ?? named.level, rank: rank ?? null, pipeline: pipeline ?? null },
  }
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
