/** A stored run as the subject of a comment: what it is compared with, and what stands against it. */
import type { RunComparison } from '../app/compare/run-comparison.ts'
import { gateRun } from '../app/gate-run.ts'
import type { Project } from '../compose.ts'
import { packageVersion } from '../compose/parts.ts'
import { Problem } from '../core/problem.ts'
import type { CommentSubject } from '../render/comment/comment.ts'

export interface CommentWish {
  /** As `compare --with` reads it. */
  readonly compareWith: string | undefined
  /** Tells comments of several benchmarks of one project apart; default: the benchmark type. */
  readonly suite?: string | undefined
  /** Where the whole report is. */
  readonly link?: string | undefined
  /** Judge as in CI, where failed executions and broken limits close the gate. */
  readonly isCi: boolean
}

/** What can be said about a run beside another. A missing base is said, not thrown. */
interface Compared {
  readonly comparison: RunComparison | null
  readonly absent: CommentSubject['absent']
}

const FIRST_RUN = 'run the benchmark on the base branch once'
const NOT_ASKED = { why: 'no base was named', next: 'name one: --compare-with main' }

/** Compares, or says why that cannot be: a first run has nothing to be compared with. Throws for a wrong reference. */
const comparedWith = async (project: Project, runId: string, wanted: string | undefined): Promise<Compared> => {
  if (wanted === undefined) return { comparison: null, absent: NOT_ASKED }
  try {
    return { comparison: await project.compare({ run: runId, with: wanted }), absent: null }
  } catch (cause) {
    if (!(cause instanceof Problem) || (cause.code !== 'E_NOT_FOUND' && cause.code !== 'E_INPUT')) throw cause
    // A branch whose only run is this one is told to be meant: that helps nobody here.
    const hint = cause.hints.find((one) => !one.startsWith('Did you mean')) ?? FIRST_RUN
    return { comparison: null, absent: { why: sentencePart(cause.message), next: sentencePart(hint) } }
  }
}

/** Everything a comment about a run says. Throws `E_NOT_FOUND` for an unknown run. */
export const commentSubject = async (project: Project, runId: string, wish: CommentWish): Promise<CommentSubject> => {
  const [store, { comparison, absent }] = await Promise.all([
    project.store(),
    comparedWith(project, runId, wish.compareWith),
  ])
  const [run, plan] = [store.run(runId), planOf(store, runId)]
  const name = run.project ?? 'project'
  return {
    key: `${name}/${wish.suite ?? run.benchmarkType}`,
    run: { runId, commit: run.commit },
    comparison,
    absent,
    gate: plan === null ? null : gateRun(run, plan, wish.isCi ? 'ci' : plan.mode),
    version: packageVersion(),
    link: wish.link ?? null,
  }
}

const planOf = (store: Awaited<ReturnType<Project['store']>>, runId: string) => {
  try {
    return store.plan(runId)
  } catch (cause) {
    if (cause instanceof Problem && cause.code === 'E_NOT_FOUND') return null
    throw cause
  }
}

// Messages are sentences; here they stand inside one.
const sentencePart = (message: string): string =>
  `${message.slice(0, 1).toLowerCase()}${message.slice(1)}`.replace(/\.$/, '')
