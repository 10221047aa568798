import type { Gate } from '../../app/gate-run.ts'
import type { RunComparison } from '../../app/compare/run-comparison.ts'
import type { Cell } from '../table/table.ts'

/** What a comment is about. */
export interface CommentSubject {
  /** `<project>/<suite>`: one sticky comment for each. */
  readonly key: string
  readonly run: { readonly runId: string; readonly commit: string | null }
  /** Null where there was nothing to compare with; then `absent` says why and what to do. */
  readonly comparison: RunComparison | null
  readonly absent: { readonly why: string; readonly next: string } | null
  /** What else stands against the run: broken limits and executions without a result. */
  readonly gate: Gate | null
  /** Version of this program. */
  readonly version: string
  /** Where the whole report is; `https:` or `http:`. */
  readonly link: string | null
}

export type CommentState =
  'regression' | 'improvement' | 'mixed' | 'no-change' | 'too-little-data' | 'not-comparable' | 'failed'

export const SYMBOLS: Readonly<Record<CommentState, string>> = {
  regression: '✖',
  improvement: '✔',
  mixed: '✖✔',
  'no-change': '●',
  'too-little-data': '○',
  'not-comparable': '⊘',
  failed: '‼',
}

/** Text of ours with names of strangers in between, which each writer makes inert in its way. */
export type Words = readonly (string | { readonly name: string } | { readonly command: string })[]

/** Rows that may be cut where there are too many, from the end. */
export interface CommentTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** A comment before it is written down in markdown or as text. */
export interface Comment {
  readonly key: string
  readonly state: CommentState
  readonly headline: Words
  readonly lines: readonly Words[]
  /** At most ten rows, the worst first. */
  readonly table: CommentTable | null
  readonly next: readonly Words[]
  readonly details: readonly {
    readonly summary: string
    readonly table: CommentTable | null
    readonly lines: readonly Words[]
  }[]
  readonly link: string | null
  readonly commit: string | null
  readonly version: string
}
