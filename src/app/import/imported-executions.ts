import type { Parameters } from '../../core/pipeline.ts'
import type { Execution } from '../../core/run.ts'
import type { Measurements } from './import-measurements.ts'
import type { ImportedPart } from './imported-parts.ts'
import type { Files } from '../ports.ts'

interface ExecutionFacts {
  readonly dir: string
  readonly files: Files
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
  readonly outputKey: string
}

/**
 * Parts and measurements put together. Outputs are there once; of repeats that were only measured, the later ones have
 * nothing but resources.
 */
export const executionsOf = (
  parts: readonly ImportedPart[],
  measurements: Measurements,
  facts: ExecutionFacts,
): { readonly executions: readonly Execution[]; readonly ofWhole: readonly string[] } => {
  // What was measured of the whole pipeline is said once, not for each way of reading its outputs.
  const ofWhole = new Set<string>()
  const outputBytes = facts.files.sizeOf(facts.dir)
  const executions: Execution[] = []
  for (const { params, sample, processes, scored, notRun } of parts) {
    const measured = notRun === null ? measurements.of({ sample, processes }) : []
    const isWhole = sample === null && processes === null
    for (let repeat = 1; repeat <= Math.max(1, measured.length); repeat++) {
      const { resources = null, warnings: said = [] } = measured[repeat - 1] ?? {}
      if (isWhole) for (const warning of said) ofWhole.add(warning)
      const warnings = isWhole ? [] : said
      executions.push({
        id: executions.length + 1,
        pipeline: facts.pipeline,
        version: facts.version,
        params: { ...facts.params, ...params },
        sample,
        repeat,
        warmup: false,
        attempt: 1,
        state: notRun !== null ? 'skipped' : scored.failure !== null ? 'failed' : 'imported',
        reason: notRun ?? scored.failure,
        exitCode: null,
        signal: null,
        startedAt: null,
        finishedAt: null,
        outputKey: facts.outputKey,
        databases: null,
        cachedFrom: null,
        resources: resources && isWhole ? { ...resources, outputBytes } : resources,
        scores: repeat === 1 ? scored.scores : [],
        warnings: repeat === 1 ? [...scored.warnings, ...warnings] : warnings,
      })
    }
  }
  return { executions, ofWhole: [...ofWhole] }
}
