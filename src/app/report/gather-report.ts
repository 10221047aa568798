/** Collects what a report of a run is made of. Only the run itself has to be there; every other part may say why not. */
import { canonicalJson } from '../../core/canonical-json.ts'
import { isComparable } from '../../core/comparison/comparability.ts'
import { Problem } from '../../core/problem.ts'
import type { Run } from '../../core/run.ts'
import { isFinished } from '../compare/choose-runs.ts'
import type { CompareRequest, RunComparison } from '../compare/run-comparison.ts'
import { keptPlan } from '../kept-plan.ts'
import type { Files, OutputReader, RunStore } from '../ports.ts'
import type { CommunityComparison } from '../rank/compare-with-community.ts'
import type { PipelineAdvice, RecommendationWish } from '../rank/recommend-pipeline.ts'
import { processesOf } from './process-use.ts'
import type { Part, ReportParts } from './report-parts.ts'
import { historyOf } from './run-history.ts'

/** What is reported. */
export interface ReportRequest {
  /** Run id, its beginning, a label, `latest`, … */
  readonly run: string
  /** As for `compare --with`; left out: the baseline that was set, else the comparable run before this one. */
  readonly compareWith?: string
}

/** What gathering needs. Other use cases come as functions, so that a report is made of the same answers. */
export interface ReportDeps {
  readonly store: RunStore
  readonly files: Files
  readonly reader: Pick<OutputReader, 'trace'>
  readonly compare: (request: CompareRequest) => Promise<RunComparison>
  readonly community: (runId: string) => Promise<CommunityComparison>
  readonly recommend: (wish: RecommendationWish, asOf: string) => Promise<PipelineAdvice>
  readonly sha256Text: (text: string) => string
  readonly tool: ReportParts['tool']
  /** Absolute folder of the project. */
  readonly root: string
  /** SOURCE_DATE_EPOCH, in seconds, where it is set. */
  readonly sourceDate: number | null
}

/** Throws `E_NOT_FOUND` for an unknown run, and what is wrong with a comparison that was asked for. */
export const gatherReport = async (deps: ReportDeps, request: ReportRequest): Promise<ReportParts> => {
  const { store, sha256Text } = deps
  const run = store.run(store.resolve(request.run))
  const plan = keptPlan(store, run.runId)
  const community = await attempt(() => deps.community(run.runId))
  const generatedAt = timeOf(deps, community.found?.syncedAt ?? null)
  const wish = { category: run.benchmarkType, ...(plan?.dataset ? { datasets: [datasetName(plan.dataset)] } : {}) }
  return {
    generatedAt,
    tool: deps.tool,
    run,
    plan,
    recordDigest: sha256Text(canonicalJson(run)),
    comparison: await comparisonOf(deps, run, request.compareWith),
    community,
    history: historyOf(store, run),
    processes: await processesOf(deps, run, plan, [...store.pruned(run.runId).values()].sort().at(-1) ?? null),
    advice: await attempt(() => deps.recommend(wish, generatedAt)),
    comparedWith: request.compareWith ?? null,
    inputs: {
      samplesheet: plan === null ? null : shownPath(plan.samplesheet, deps.root),
      truth: plan?.truth ? shownPath(plan.truth.path, deps.root) : null,
    },
    warnings: [...run.warnings, ...(plan?.warnings ?? [])],
  }
}

/** A path as others may see it: from the project on, or the name of the file alone. */
const shownPath = (path: string, root: string): string => {
  const [plain, base] = [path.replaceAll('\\', '/'), root.replaceAll('\\', '/').replace(/\/$/, '')]
  return plain.startsWith(`${base}/`) ? plain.slice(base.length + 1) : (plain.split('/').at(-1) ?? plain)
}

const datasetName = ({ id }: { readonly id: string }): string => id

/** An answer, or the words of the expected failure. */
const attempt = async <T>(ask: () => Promise<T>): Promise<Part<T>> => {
  try {
    return { found: await ask(), missing: null }
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause
    return { found: null, missing: cause.message, next: cause.hints[0] ?? null }
  }
}

/** The newest thing the project knows: reports of the same data say the same time. */
const timeOf = ({ store, sourceDate }: ReportDeps, syncedAt: string | null): string => {
  if (sourceDate !== null) return new Date(sourceDate * 1000).toISOString()
  const times = store.headers().map(({ startedAt, finishedAt }) => finishedAt ?? startedAt)
  return [...times, ...(syncedAt === null ? [] : [syncedAt])].reduce((newest, time) => (time > newest ? time : newest))
}

/** A first run has no base yet: that is said on the page. Everything else that is wrong with a wish is an error. */
const unlessAbsent = async <T>(ask: () => Promise<T>): Promise<Part<T>> => {
  try {
    return { found: await ask(), missing: null }
  } catch (cause) {
    if (!(cause instanceof Problem) || cause.code !== 'E_NO_BASE') throw cause
    return { found: null, missing: cause.message, next: cause.hints[0] ?? null }
  }
}

const NOTHING_NAMED: Part<never> = {
  found: null,
  missing: 'No baseline is set, and there is no earlier comparable run on this branch.',
  next: 'Choose one with `benchmark baseline set RUN`, or name one: `benchmark report --compare-with branch:main`.',
}

const comparisonOf = async (deps: ReportDeps, run: Run, wanted: string | undefined): Promise<Part<RunComparison>> => {
  const compare = (reference: string): Promise<RunComparison> => deps.compare({ run: run.runId, with: reference })
  if (wanted !== undefined) return unlessAbsent(() => compare(wanted))
  const baseline = await attempt(() => compare('baseline'))
  if (baseline.found !== null && !baseline.found.baseline.some(({ runId }) => runId === run.runId)) return baseline
  const before = runBefore(deps.store, run)
  return before === null ? NOTHING_NAMED : attempt(() => compare(`run:${before}`))
}

/** How far back a comparable run is looked for; each one has to be read. */
const MOST_LOOKED_AT = 10

/** The newest finished run of the same branch that started before this one and measured the same in the same way. */
const runBefore = (store: RunStore, run: Run): string | null =>
  store
    .headers()
    .filter((header) => isFinished(header) && header.startedAt < run.startedAt && header.branch === run.branch)
    .slice(0, MOST_LOOKED_AT)
    .find(({ runId }) => isComparable(store.run(runId), run))?.runId ?? null
