/** A stored run as the subject of a comment: what it is compared with, and what stands against it. */
import type { RunComparison } from '../app/compare/run-comparison.ts'
import { gateRun } from '../app/gate-run.ts'
import { keptPlan } from '../app/kept-plan.ts'
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

/** What can be said about a run beside another. */
interface Compared {
  readonly comparison: RunComparison | null
  readonly absent: CommentSubject['absent']
  /** Why it was not compared, where that is a fault and not a base that is not there yet. */
  readonly refused: Problem | null
}

const NOT_ASKED = { why: 'no base was named', next: 'name one: --compare-with main' }

/** Compares, or says why that cannot be. */
const comparedWith = async (project: Project, runId: string, wanted: string | undefined): Promise<Compared> => {
  if (wanted === undefined) return { comparison: null, absent: NOT_ASKED, refused: null }
  try {
    return { comparison: await project.compare({ run: runId, with: wanted }), absent: null, refused: null }
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause
    const absent = { why: sentencePart(cause.message), next: sentencePart(cause.hints[0] ?? 'name another base') }
    return { comparison: null, absent, refused: cause.code === 'E_NO_BASE' ? null : cause }
  }
}

/**
 * Everything a comment about a run says, and beside it what was wrong with the base that was asked for. That there is no
 * run to compare with yet is said in the comment and no fault. Throws `E_NOT_FOUND` for an unknown run.
 */
export const commentSubject = async (
  project: Project,
  runId: string,
  wish: CommentWish,
): Promise<{ readonly subject: CommentSubject; readonly refused: Problem | null }> => {
  const [store, { comparison, absent, refused }] = await Promise.all([
    project.store(),
    comparedWith(project, runId, wish.compareWith),
  ])
  const [run, plan] = [store.run(runId), keptPlan(store, runId)]
  const name = run.project ?? 'project'
  const subject: CommentSubject = {
    key: `${name}/${wish.suite ?? run.benchmarkType}`,
    run: { runId, commit: run.commit },
    comparison,
    absent,
    gate: plan === null ? null : gateRun(run, plan, wish.isCi ? 'ci' : plan.mode),
    version: packageVersion(),
    link: wish.link ?? null,
  }
  return { subject, refused }
}

// Messages are sentences; here they stand inside one.
const sentencePart = (message: string): string =>
  `${message.slice(0, 1).toLowerCase()}${message.slice(1)}`.replace(/\.$/, '')
