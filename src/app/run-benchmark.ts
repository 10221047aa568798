import type { PlannedExecution, RunPlan } from '../core/plan.ts'
import { Problem } from '../core/problem.ts'
import { hasOutputs, isFinal, type Execution, type Run, type RunState } from '../core/run.ts'
import { RUN_FILES } from '../core/run-folder.ts'
import { toPlanDocument } from '../documents/plan-document.ts'
import { admits } from '../core/schedule/admission.ts'
import { executeOne } from './execute-one.ts'
import { earlierOutputs, whyGone } from './earlier-outputs.ts'
import type { Files, OutputReader, ReusableExecution, RunnerIdentity } from './ports.ts'
import { pipelineOf } from './prepare-attempt.ts'
import type { RunEvent } from './run-events.ts'
import { createProgress } from './run-progress.ts'
import type { RunnerDeps } from './runner-deps.ts'
import { finishRun } from './finish-run.ts'
import type { OpenTruth } from './scoring/benchmark-scorer.ts'
import { mergeKeys } from './scoring/merge-keys.ts'
import { scorerOf } from './scoring/scorers.ts'

/** How often another process' `benchmark cancel` is looked for, and the ETA renewed. */
const TICK_MS = 1000

export interface RunOptions {
  /** Stop cleanly when aborted; the run can be resumed. */
  readonly signal: AbortSignal
  readonly onEvent: (event: RunEvent) => void
}

/**
 * Stores a plan as a new run. Nothing of it has started when this returns. Throws `E_BUSY` while another runner works in
 * the project: a run that is refused must not stay behind as the latest one.
 */
export const createRun = async (deps: RunnerDeps, plan: RunPlan): Promise<void> => {
  const runner = deps.store.lease.holder()?.runner
  const isOther = runner !== undefined && (runner.pid !== deps.identity.pid || runner.host !== deps.identity.host)
  if (isOther && deps.isAlive(runner)) throw busy(deps, runner)
  deps.files.makeDir(plan.resultsDir)
  deps.files.writeAtomically(
    `${plan.resultsDir}/${RUN_FILES.plan}`,
    `${JSON.stringify(toPlanDocument(plan), null, 2)}\n`,
  )
  deps.store.createRun(plan, await deps.executor.environment())
}

/**
 * Runs what is left of a stored run, as its only runner, and returns it as it then stands. Executions that were under
 * way when an earlier runner died are adopted, collected or repeated; finished ones are never touched.
 */
export const executeRun = async (deps: RunnerDeps, runId: string, options: RunOptions): Promise<Run> => {
  const { state: before } = deps.store.header(runId)
  // Its runner may have been killed after the last step: there is nothing left to do.
  if (before === 'completed' || before === 'imported') return deps.store.run(runId)
  if (before === 'cancelled')
    throw new Problem('E_USAGE', `Run ${runId} was cancelled; a cancelled run is not resumed.`, {
      hints: ['Start a new one: outputs that were finished are reused.'],
    })
  const plan = deps.store.plan(runId)
  const holder = deps.store.lease.acquire(runId, deps.identity, deps.isAlive)
  if (holder) throw busy(deps, holder)
  try {
    const truth = await readTruth(deps.reader, deps.files, plan)
    deps.store.setRunState(runId, 'running', null)
    const comparability = await work(deps, plan, truth, options)
    const executions = deps.store.executions(runId)
    const state = endState(executions, deps.store.lease.cancelRequested(runId))
    const samples = plan.samples.map(({ id }) => id)
    const warnings = [...plan.warnings, ...(truth?.warnings(samples, plan.scoring) ?? [])]
    return finishRun(deps, { ...plan, warnings }, executions, state, comparability)
  } finally {
    deps.store.lease.release(runId, deps.identity)
  }
}

const busy = (deps: RunnerDeps, { pid, host }: RunnerIdentity): Problem => {
  const active = deps.store.lease.holder()?.runId ?? ''
  const isElsewhere = host !== deps.identity.host
  const runner = `process ${pid}${isElsewhere ? ` on ${host}` : ''}`
  return new Problem('E_BUSY', `Another runner (${runner}) is working on run ${active} in this project.`, {
    hints: [
      `benchmark status ${active} shows how far it is.`,
      `benchmark cancel ${active} stops it.`,
      ...(isElsewhere ? [`If ${host} is gone (a container, say): benchmark cancel ${active} --gone`] : []),
      'Two runs at once would disturb each other’s timings.',
    ],
  })
}

/** Reads the truth of a plan and refuses one that changed since the plan was made. */
const readTruth = async (reader: OutputReader, files: Files, plan: RunPlan): Promise<OpenTruth | null> => {
  const scorer = scorerOf(plan.benchmarkType)
  if (plan.truth === null || scorer === null) return null
  if ((await files.sha256(plan.truth.path)) !== plan.truth.sha256)
    throw new Problem('E_INPUT', `The truth ${plan.truth.path} has changed since run ${plan.runId} was planned.`, {
      hints: ['Restore the file, or start a new run: scores against two truths must not be mixed.'],
    })
  // Before hours of work: without it nothing could be scored.
  if (plan.scoring.vocabulary !== undefined) reader.vocabulary(plan.scoring.vocabulary)
  return scorer.openTruth(reader, plan.truth.path)
}

const work = async (
  deps: RunnerDeps,
  plan: RunPlan,
  truth: OpenTruth | null,
  options: RunOptions,
): Promise<Readonly<Record<string, string>>> => {
  const { runId } = plan
  const stopping = new AbortController()
  const stop = (): void => stopping.abort()
  options.signal.addEventListener('abort', stop, { once: true })
  if (options.signal.aborted) stop()

  const known = new Map(deps.store.executions(runId).map((execution) => [execution.id, execution]))
  const open = plan.executions.filter(({ id }) => !isFinal(known.get(id)?.state ?? 'planned'))
  // What was under way comes first: its processes may still be running.
  const queue = open.sort((left, right) => rank(known.get(left.id)) - rank(known.get(right.id)) || left.id - right.id)
  const running = new Map<number, { planned: PlannedExecution; done: Promise<void> }>()
  const progress = createProgress(deps, plan, known)
  const fingerprint = (await deps.executor.environment())['machine_fingerprint']
  let comparability: Readonly<Record<string, string>> = {}
  const failures: unknown[] = []
  const findEarlier = earlierOutputs(deps, runId, known.values())
  const told = new Set<string>()
  const onOutputsGone = (earlier: ReusableExecution): void => {
    if (told.has(earlier.runId)) return
    told.add(earlier.runId)
    options.onEvent({
      kind: 'note',
      text: `What could have been reused runs again: ${whyGone(deps.store, earlier)}.`,
    })
  }

  const start = (planned: PlannedExecution): void => {
    const state = known.get(planned.id)
    const job = executeOne(deps, {
      plan,
      truth,
      planned,
      known: { state: state?.state ?? 'planned', attempt: state?.attempt ?? 1 },
      signal: stopping.signal,
      stopIsFinal: () => deps.store.lease.cancelRequested(runId),
      fingerprint,
      findEarlier,
      onOutputsGone,
      onStarted: () => {
        progress.started(planned)
        options.onEvent({ kind: 'execution-started', execution: planned, progress: progress.now(queue) })
      },
      onComparability: (key) => {
        comparability = mergeKeys(comparability, key)
      },
    })
    const done = job
      .then(({ state: ended, reason, wallSeconds }) => {
        progress.ended(planned, ended, wallSeconds)
        if (isFinal(ended))
          options.onEvent({
            kind: 'execution-ended',
            execution: planned,
            state: ended,
            reason,
            wallSeconds,
            progress: progress.now(queue),
          })
      })
      .catch((error: unknown) => {
        // The store or the disk failed: let what runs come to a clean stop, then say so once.
        failures.push(error)
        stop()
      })
      .finally(() => running.delete(planned.id))
    running.set(planned.id, { planned, done })
  }

  options.onEvent({ kind: 'run-started', plan, progress: progress.now(queue) })
  try {
    while (running.size > 0 || (queue.length > 0 && !stopping.signal.aborted)) {
      while (queue[0] && !stopping.signal.aborted && fits(deps, plan, queue[0], [...running.values()]))
        start(queue.shift() as PlannedExecution)
      const tick = new AbortController()
      await Promise.race([
        ...[...running.values()].map(({ done }) => done),
        deps.clock.sleep(TICK_MS, tick.signal).then(() => {
          if (deps.store.lease.cancelRequested(runId)) stop()
          options.onEvent({ kind: 'tick', progress: progress.now(queue) })
        }),
      ])
      tick.abort()
    }
  } finally {
    options.signal.removeEventListener('abort', stop)
  }
  if (failures.length > 0) {
    deps.store.setRunState(runId, 'interrupted', null)
    throw failures[0]
  }
  if (deps.store.lease.cancelRequested(runId))
    for (const { id } of queue)
      deps.store.transition(runId, id, {
        state: 'cancelled',
        at: deps.clock.now().toISOString(),
        reason: 'cancelled by the user',
      })
  return comparability
}

const rank = (execution: Execution | undefined): number => (execution && execution.state !== 'planned' ? 0 : 1)

const fits = (
  deps: RunnerDeps,
  plan: RunPlan,
  planned: PlannedExecution,
  running: readonly { readonly planned: PlannedExecution }[],
): boolean =>
  admits(
    pipelineOf(plan, planned).resources,
    running.map((job) => pipelineOf(plan, job.planned).resources),
    deps.capacity,
    plan.maxParallel,
  )

const endState = (executions: readonly Execution[], cancelled: boolean): RunState => {
  if (cancelled) return 'cancelled'
  if (executions.some(({ state }) => !isFinal(state))) return 'interrupted'
  return executions.every(({ state }) => hasOutputs(state) || state === 'skipped') ? 'completed' : 'incomplete'
}
