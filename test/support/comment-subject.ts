import type { RunComparison } from '../../src/app/compare/run-comparison.ts'
import { compare } from '../../src/core/comparison/compare.ts'
import type { ComparisonInput } from '../../src/core/comparison/comparison.ts'
import type { CommentSubject } from '../../src/render/comment/comment.ts'
import { aComparedRun, perSample, type Told } from './comparison-builder.ts'

const BEFORE = '20261123t101502z-aaaaaa'
export const AFTER = '20261124t101502z-bbbbbb'

/** Two stored runs and what comparing them says. */
export const aRunComparison = (
  baseline: readonly Told[],
  candidate: readonly Told[],
  more: Partial<ComparisonInput> = {},
  changed: Parameters<typeof aComparedRun>[2] = {},
): RunComparison => {
  const primaryMetrics = [{ metric: 'sensitivity', level: 'gene' }]
  const header = (runId: string, branch: string) => ({
    ...{ runId, origin: 'here' as const, project: 'tracker', state: 'completed' as const, label: null, branch },
    ...{ startedAt: '2026-11-24T10:15:02.000Z', commit: '0123456789abcdef0123456789abcdef01234567' },
  })
  return {
    benchmarkType: 'amr-detection',
    reference: { kind: 'branch', name: 'main', asked: 'main' },
    baseline: [header(BEFORE, 'main')],
    candidate: [header(AFTER, 'feature/x')],
    comparison: compare({
      baseline: [aComparedRun(BEFORE, baseline)],
      candidate: [aComparedRun(AFTER, candidate, changed)],
      primaryMetrics,
      ...more,
    }),
    controlled: [],
    hiddenChanges: 0,
    primaryMetrics,
    warnings: [],
  }
}

/** Eight samples that all lose. */
export const aRegression = (pipeline = 'kma', extra: Partial<Told> = {}): RunComparison => {
  const values = [0.9, 0.92, 0.88, 0.95, 0.91, 0.9, 0.93, 0.89]
  const of = (shift: number): readonly Told[] =>
    perSample(values.map((value, index) => value - shift - (shift === 0 ? 0 : index / 500))).map((told) => ({
      ...told,
      ...extra,
      pipeline,
    }))
  return aRunComparison(of(0), of(0.2))
}

export const aSubject = (comparison: RunComparison | null, change: Partial<CommentSubject> = {}): CommentSubject => ({
  key: 'tracker/amr-detection',
  run: { runId: AFTER, commit: '0123456789abcdef0123456789abcdef01234567' },
  comparison,
  absent: null,
  gate: null,
  version: '0.1.0',
  link: null,
  ...change,
})
