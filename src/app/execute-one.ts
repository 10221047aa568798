import type { PlannedExecution, RunPlan } from '../core/plan.ts'
import { DEFAULT_SAMPLESHEET, renderSamplesheet } from '../core/samplesheet.ts'
import { versionKeys } from '../core/metrics/metric-versions.ts'
import { type Execution, type ExecutionState, isFinal, type Resources } from '../core/run.ts'
import type { FindEarlierOutput } from './earlier-outputs.ts'
import { engineTraceNotes } from './engine-trace.ts'
import { type OutputKey, outputKey } from './output-key.ts'
import type { AttemptOutcome, AttemptSpec, ExecutionChange, ReusableExecution } from './ports.ts'
import { attemptFolders, pipelineOf, prepareAttempt, samplesheetFile, samplesOf } from './prepare-attempt.ts'
import type { RunnerDeps } from './runner-deps.ts'
import { contextOf, scoreExecution } from './score-execution.ts'
import type { ExecutionScores } from './scoring-context.ts'
import type { OpenTruth } from './scoring/benchmark-scorer.ts'

/** An execution that vanished with its machine or was killed from outside is tried again this often. */
const MAX_ATTEMPTS = 3

export interface OneExecution {
  readonly plan: RunPlan
  readonly truth: OpenTruth | null
  readonly planned: PlannedExecution
  /** What the store knows of it: not final. */
  readonly known: Pick<Execution, 'state' | 'attempt'>
  /** Aborted when the run is to stop. */
  readonly signal: AbortSignal
  /** Whether a stop means for good (`cancel`) or until `--resume`. */
  readonly stopIsFinal: () => boolean
  /** This machine's fingerprint: timings of another machine are not reused. */
  readonly fingerprint: unknown
  /** Outputs of earlier runs that equal executions can take over. */
  readonly findEarlier: FindEarlierOutput
  readonly onStarted: () => void
  /** Outputs that could have been reused are not there any more. */
  readonly onOutputsGone: (earlier: ReusableExecution) => void
  readonly onComparability: (key: Readonly<Record<string, string>>) => void
}

export interface Ended {
  readonly state: ExecutionState
  readonly reason: string | null
  readonly wallSeconds: number | null
}

/**
 * Takes one execution from whatever state it is in to a final one, or back to `planned` when the run is interrupted.
 * Every step is stored before the next begins, so that being killed at any moment loses and repeats nothing finished.
 */
export const executeOne = async (deps: RunnerDeps, one: OneExecution): Promise<Ended> => {
  const { plan, planned } = one
  if (planned.skip !== null) return end(deps, one, { state: 'skipped', reason: planned.skip })
  const pipeline = pipelineOf(plan, planned)
  const dependsOn = await outputKey(deps, {
    pipeline,
    params: planned.params,
    samples: samplesOf(plan, planned),
    projectRoot: deps.projectRoot,
  })
  if (one.known.state === 'planned' && plan.useCache && !planned.warmup) {
    const reused = await reuse(deps, one, dependsOn)
    if (reused) return reused
  }
  let attempt = Math.max(1, one.known.attempt)
  let interrupted = one.known.state !== 'planned'
  for (;;) {
    const spec = prepareAttempt(deps, plan, planned, attempt)
    if ('problem' in spec)
      return end(deps, one, { state: 'start_failed', reason: spec.problem, databases: dependsOn.databases })
    if (one.signal.aborted && !interrupted) return stop(deps, one, attempt)
    const outcome = await runAttempt(deps, one, spec, dependsOn, attempt, interrupted)
    if (outcome.state === 'cancelled') return stop(deps, one, attempt + 1)
    if (outcome.state !== 'lost' || attempt >= MAX_ATTEMPTS) return settle(deps, one, outcome, attempt)
    attempt++
    interrupted = false
    change(deps, one, {
      state: 'planned',
      attempt,
      reason: `attempt ${attempt}: ${outcome.reason ?? 'the one before was lost'}`,
    })
  }
}

const runAttempt = async (
  deps: RunnerDeps,
  one: OneExecution,
  spec: AttemptSpec,
  { key, databases }: OutputKey,
  attempt: number,
  interrupted: boolean,
): Promise<AttemptOutcome> => {
  const folders = attemptFolders(one.plan, one.planned, attempt)
  // A folder left by an attempt that never got going would mix its files with the new ones.
  if (!interrupted) for (const folder of [folders.outdir, folders.logs, folders.work]) deps.files.removeTree(folder)
  deps.files.makeDir(folders.outdir)
  deps.files.makeDir(folders.logs)
  deps.files.makeDir(folders.work)
  const { scope, samplesheet } = pipelineOf(one.plan, one.planned)
  if (scope === 'dataset' && !interrupted)
    deps.files.writeAtomically(
      samplesheetFile(folders),
      renderSamplesheet(samplesheet ?? DEFAULT_SAMPLESHEET, samplesOf(one.plan, one.planned)),
    )
  if (!interrupted)
    change(deps, one, {
      state: 'starting',
      attempt,
      outputKey: key,
      databases,
      version: pipelineOf(one.plan, one.planned).version,
    })
  const handle = await deps.executor.start(spec)
  if (interrupted) {
    const found = await deps.executor.reattach(handle)
    if (found === 'unknown') return lost(`it was started on ${handle.host}, which cannot be asked from here`)
  }
  // What an adopted attempt depends on was stored when it began; the files may be others by now.
  if (one.known.state !== 'collecting') change(deps, one, { state: 'running', attempt, handle })
  one.onStarted()
  return deps.executor.wait(handle, spec, one.signal)
}

const lost = (reason: string): AttemptOutcome => ({
  state: 'lost',
  reason,
  exitCode: null,
  signal: null,
  startedAt: null,
  finishedAt: null,
  resources: null,
  warnings: [],
})

// Interrupted: back to the queue for --resume. Cancelled: final.
const stop = (deps: RunnerDeps, one: OneExecution, attempt: number): Ended => {
  if (one.stopIsFinal()) return end(deps, one, { state: 'cancelled', reason: 'cancelled by the user' })
  change(deps, one, { state: 'planned', attempt, reason: 'interrupted before it finished' })
  return { state: 'planned', reason: 'interrupted', wallSeconds: null }
}

const settle = async (
  deps: RunnerDeps,
  one: OneExecution,
  outcome: AttemptOutcome,
  attempt: number,
): Promise<Ended> => {
  const { plan, planned, truth } = one
  const base = { exitCode: outcome.exitCode, signal: outcome.signal, attempt }
  if (outcome.state !== 'succeeded')
    return end(deps, one, {
      ...base,
      state: outcome.state,
      reason: outcome.reason,
      resources: outcome.resources,
      warnings: outcome.warnings,
    })
  change(deps, one, { state: 'collecting', attempt })
  const { outdir, work } = attemptFolders(plan, planned, attempt)
  const resources = withOutputSize(outcome.resources, deps.files.sizeOf(outdir))
  const scored = await scoreExecution(deps, contextOf(plan, truth), {
    pipeline: pipelineOf(plan, planned),
    sample: planned.sample,
    outdir,
  })
  deps.files.removeTree(work)
  const { outputTree } = pipelineOf(plan, planned)
  const noted = outputTree == null ? [] : await engineTraceNotes(deps, outdir, resources)
  const warnings = [...outcome.warnings, ...noted, ...scored.warnings]
  if (scored.failure !== null)
    return end(deps, one, { ...base, state: 'failed', reason: scored.failure, resources, warnings })
  one.onComparability(comparabilityOf(deps, scored))
  return end(deps, one, {
    ...base,
    state: 'succeeded',
    reason: outcome.reason,
    resources,
    warnings,
    scores: scored.scores,
  })
}

/** What another scoring must share to be compared with this one. */
export const comparabilityOf = (
  deps: Pick<RunnerDeps, 'sha256Text'>,
  { comparability, universe, scores }: ExecutionScores,
): Readonly<Record<string, string>> => ({
  ...comparability,
  ...versionKeys(scores),
  ...(universe === null ? {} : { universe_sha256: deps.sha256Text(universe) }),
})

const withOutputSize = (resources: Resources | null, outputBytes: number): Resources | null =>
  resources && { ...resources, outputBytes }

/** Takes over the outputs of an equal execution of an earlier run; null when there is none that is still whole. */
const reuse = async (deps: RunnerDeps, one: OneExecution, dependsOn: OutputKey): Promise<Ended | null> => {
  const { plan, planned, truth } = one
  const found = one.findEarlier(dependsOn.key, planned.repeat)
  if (found.state === 'gone') one.onOutputsGone(found.execution)
  if (found.state !== 'there') return null
  const earlier = found.execution
  const scored = await scoreExecution(deps, contextOf(plan, truth), {
    pipeline: pipelineOf(plan, planned),
    sample: planned.sample,
    outdir: earlier.outputsDir,
  }).catch((error: unknown) => {
    if (deps.files.exists(earlier.outputsDir)) throw error
    return null
  })
  // `prune` moves the whole folder away at once: if it is there now, it was whole while it was read.
  if (scored === null || !deps.files.exists(earlier.outputsDir)) {
    one.onOutputsGone(earlier)
    return null
  }
  if (scored.failure !== null) return null
  one.onComparability(comparabilityOf(deps, scored))
  return end(deps, one, cachedChange(deps, one, dependsOn, earlier, scored))
}

const cachedChange = (
  deps: RunnerDeps,
  one: OneExecution,
  { key, databases }: OutputKey,
  earlier: ReusableExecution,
  scored: ExecutionScores,
): Omit<ExecutionChange, 'at'> => {
  const sameMachine = deps.store.run(earlier.runId).environment['machine_fingerprint'] === one.fingerprint
  return {
    state: 'cached',
    outputKey: key,
    databases,
    version: pipelineOf(one.plan, one.planned).version,
    reason: `outputs of run ${earlier.runId}${sameMachine ? '' : ' (made on another machine: its timings are left out)'}`,
    cachedFrom: { runId: earlier.runId, executionId: earlier.executionId, finishedAt: earlier.finishedAt },
    resources: sameMachine ? earlier.resources : null,
    scores: scored.scores,
    warnings: scored.warnings,
  }
}

const change = (deps: RunnerDeps, one: OneExecution, what: Omit<ExecutionChange, 'at'>): void =>
  deps.store.transition(one.plan.runId, one.planned.id, { at: deps.clock.now().toISOString(), ...what })

const end = (deps: RunnerDeps, one: OneExecution, what: Omit<ExecutionChange, 'at'>): Ended => {
  if (!isFinal(what.state)) throw new Error(`${what.state} is not a final state`)
  change(deps, one, what)
  return { state: what.state, reason: what.reason ?? null, wallSeconds: what.resources?.wallSeconds ?? null }
}
