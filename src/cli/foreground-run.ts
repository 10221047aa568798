import { gateRun } from '../app/gate-run.ts'
import type { Project } from '../compose.ts'
import type { RunPlan } from '../core/plan.ts'
import { Problem } from '../core/problem.ts'
import { isForPrograms } from '../render/table/table.ts'
import { toRunDocument } from '../documents/run-document.ts'
import type { RunDocument } from '../generated/run.ts'
import { EXIT_CODES } from './exit-code.ts'
import { type Format, tableOptions } from './format-flag.ts'
import { autoUpload } from './auto-upload.ts'
import type { CiPlaces } from './ci-files.ts'
import { createProgressView } from './progress-view.ts'

export interface ForegroundOptions {
  readonly mode: string | undefined
  readonly compareWith: string | undefined
  /** Where files for CI go in its mode. */
  readonly ciPlaces: CiPlaces
  /** Whether the run goes to the hub when the configuration asks for that. */
  readonly share: boolean
  /** Plain lines instead of a redrawn block. */
  readonly plain: boolean
  /** How the tables of the result are written; for programs it is the one table of the run. */
  readonly format: Format
  /** Where the result goes, and where remarks go. */
  readonly show: (text: string) => void
  readonly tell: (text: string) => void
}

/** Runs with progress on stderr; the first Ctrl-C stops cleanly, the second at once. Shows the result and its gate. */
export const runInForeground = async (
  project: Project,
  runId: string,
  options: ForegroundOptions,
): Promise<RunDocument> => {
  const stop = new AbortController()
  const onSignal = (): void => {
    // Executions live in sessions of their own: leaving at once leaves them to `run --resume`.
    if (stop.signal.aborted) process.exit(EXIT_CODES.E_INTERRUPTED)
    options.tell('\nStopping: running executions are ended first. Press Ctrl-C again to leave at once.')
    stop.abort()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  const view = createProgressView(process.stderr, options.plain || options.mode === 'ci')
  try {
    const run = await project.executeRun(runId, { signal: stop.signal, onEvent: view.onEvent })
    view.close()
    const [{ renderRun }, plan] = await Promise.all([import('../render/terminal/run-table.ts'), project.plan(runId)])
    options.show(renderRun(run, tableOptions(options.format)))
    if (run.state === 'interrupted')
      throw new Problem('E_INTERRUPTED', `Run ${runId} was interrupted; nothing that finished is lost.`, {
        hints: [`benchmark run --resume ${runId}`],
      })
    const isCi = options.mode === 'ci' || plan.mode === 'ci'
    const gate = gateRun(run, plan, isCi ? 'ci' : plan.mode)
    const { isWorse, refused } = await compareFinished(project, runId, plan, isCi, options)
    const { renderGate } = await import('../render/terminal/gate-text.ts')
    const text = renderGate({ ...gate, closed: gate.closed || isWorse })
    if (text !== '') options.tell(text)
    if (refused !== null) process.exitCode = EXIT_CODES[refused.code]
    if (gate.closed || isWorse) process.exitCode = EXIT_CODES.E_GATE
    if (options.share) await autoUpload(project, run, options.tell)
    return toRunDocument(run)
  } finally {
    view.close()
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
}

/** What came of a comparison: whether the gate of CI fails by it, and what was wrong with what was asked for. */
interface Outcome {
  readonly isWorse: boolean
  readonly refused: Problem | null
}

/** Shows the comparison that was asked for, and in CI leaves it in files. The run is kept whatever comes of it. */
const compareFinished = async (
  project: Project,
  runId: string,
  plan: RunPlan,
  isCi: boolean,
  { compareWith, ciPlaces, format, show, tell }: ForegroundOptions,
): Promise<Outcome> => {
  const table = tableOptions(format)
  const sayWhy = ({ message, hints }: Problem): void => {
    tell(`Warning: not compared: ${message}`)
    for (const hint of hints) tell(`  → ${hint}`)
  }
  if (!isCi) {
    if (compareWith === undefined) return { isWorse: false, refused: null }
    try {
      const [comparison, { renderComparison }] = await Promise.all([
        project.compare({ run: runId, with: compareWith }),
        import('../render/compare/comparison-text.ts'),
      ])
      if (isForPrograms(table))
        tell(`As a table of its own: benchmark compare ${runId} --with ${compareWith} --format ${format}`)
      else show(renderComparison(comparison, table))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      sayWhy(error)
      // That there is nothing to hold it against yet makes the run no failure.
      return { isWorse: false, refused: error.code === 'E_NO_BASE' ? null : error }
    }
    return { isWorse: false, refused: null }
  }
  const [{ commentSubject }, { writeCiFiles }, { renderComment }] = await Promise.all([
    import('./run-comment.ts'),
    import('./ci-files.ts'),
    import('../render/comment/render-comment.ts'),
  ])
  const { subject, refused } = await commentSubject(project, runId, { compareWith, isCi })
  if (!isForPrograms(table)) show(`\n${renderComment(subject, { ...table, format: 'text', brief: true })}`)
  const written = await writeCiFiles(project, subject, plan, ciPlaces)
  tell(`Written: ${written.join(', ')}`)
  if (refused !== null) sayWhy(refused)
  return { isWorse: subject.comparison?.comparison.gate.state === 'failed', refused }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
