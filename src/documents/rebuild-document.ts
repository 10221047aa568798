import type { Problem } from '../core/problem.ts'
import { formatLocation } from '../core/problem.ts'
import type { RebuildDocument } from '../generated/rebuild.ts'

interface Rebuilt {
  readonly restored: readonly string[]
  readonly present: readonly string[]
  readonly damaged: readonly { readonly path: string; readonly problem: Problem }[]
}

/** `benchmark.rebuild/1`. */
export const toRebuildDocument = ({ restored, present, damaged }: Rebuilt): RebuildDocument => ({
  schema: 'benchmark.rebuild/1',
  restored: [...restored],
  present: [...present],
  damaged: damaged.map(({ path, problem }) => ({
    path,
    reason: problem.message,
    findings: problem.findings.map(({ message, location }) =>
      location ? `${formatLocation(location)}: ${message}` : message,
    ),
  })),
})
