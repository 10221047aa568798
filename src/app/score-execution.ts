import type { AmrCall } from '../core/amr/call.ts'
import { sampleOfHamronizedFile } from '../core/amr/hamronized-sample.ts'
import { scoreAmr } from '../core/amr/score-amr.ts'
import type { AmrTruth } from '../core/amr/truth.ts'
import type { OutputSpec, Pipeline } from '../core/pipeline.ts'
import type { RunPlan } from '../core/plan.ts'
import { Problem } from '../core/problem.ts'
import type { Score } from '../core/score.ts'
import { condensingReader } from './condensing-reader.ts'
import type { Files, OutputReader } from './ports.ts'

/** What the outputs of one execution were worth; `failure` when they cannot be scored at all. */
export interface ExecutionScores {
  readonly scores: readonly Score[]
  readonly warnings: readonly string[]
  readonly failure: string | null
  readonly comparability: Readonly<Record<string, string>>
  /** Canonical text of the universe the negatives were counted in. */
  readonly universe: string | null
}

const NOTHING = { scores: [], warnings: [], failure: null, comparability: {}, universe: null }

/** Reads what an execution wrote and scores it against the truth. Unreadable output is a result, not an error. */
export const scoreExecution = async (
  deps: { readonly files: Files; readonly reader: OutputReader },
  context: { readonly plan: RunPlan; readonly truth: AmrTruth | null },
  target: { readonly pipeline: Pipeline; readonly sample: string | null; readonly outdir: string },
): Promise<ExecutionScores> => {
  const samples = target.sample === null ? context.plan.samples.map(({ id }) => id) : [target.sample]
  const calls = new Map<string, AmrCall[] | null>(samples.map((id) => [id, null]))
  const warnings: string[] = []
  const { truth } = context
  const reading =
    truth === null ? deps : { ...deps, reader: condensingReader(deps.reader, context.plan.scoring, truth) }
  for (const spec of target.pipeline.outputs) {
    const perSample = target.sample !== null || spec.path.includes('{sample}')
    const read = perSample
      ? await readPerSample(reading, spec, samples, target, calls, warnings)
      : await readCombined(reading, spec, target, calls, warnings)
    if (read !== null) return { ...NOTHING, failure: read, warnings }
  }
  if (context.truth === null || target.pipeline.outputs.length === 0) return { ...NOTHING, warnings }
  const scored = scoreAmr({ truth: context.truth, predictions: calls, samples, options: context.plan.scoring })
  return {
    scores: scored.scores,
    warnings: [...warnings, ...scored.warnings],
    failure: null,
    comparability: scored.comparability,
    universe: scored.universeKey,
  }
}

type Target = { readonly sample: string | null; readonly outdir: string }
type Deps = { readonly files: Files; readonly reader: OutputReader }

// Returns why it failed, or null. A missing file of a whole-dataset pipeline leaves that sample `not_run`.
const readPerSample = async (
  deps: Deps,
  spec: OutputSpec,
  samples: readonly string[],
  target: Target,
  calls: Map<string, AmrCall[] | null>,
  warnings: string[],
): Promise<string | null> => {
  for (const sample of samples) {
    const pattern = spec.path.replaceAll('{sample}', sample)
    const found = deps.files.glob(target.outdir, pattern)
    if (found.length === 0) {
      if (spec.optional === true) continue
      if (target.sample !== null) return `output_missing: the pipeline did not write ${pattern}`
      warnings.push(`${sample}: ${pattern} was not written; the sample counts as not run`)
      continue
    }
    for (const file of found) {
      const result = await readOrExplain(deps.reader, file, spec)
      if (typeof result === 'string') return result
      warnings.push(...result.warnings)
      calls.set(sample, [...(calls.get(sample) ?? []), ...result.calls])
    }
  }
  return null
}

const readCombined = async (
  deps: Deps,
  spec: OutputSpec,
  target: Target,
  calls: Map<string, AmrCall[] | null>,
  warnings: string[],
): Promise<string | null> => {
  const found = deps.files.glob(target.outdir, spec.path)
  if (found.length === 0)
    return spec.optional === true ? null : `output_missing: the pipeline did not write ${spec.path}`
  // The report is there, so the tool ran: a sample without rows is a sample without hits.
  for (const [sample, known] of calls) if (known === null) calls.set(sample, [])
  const strangers = new Set<string>()
  for (const file of found) {
    const result = await readOrExplain(deps.reader, file, spec)
    if (typeof result === 'string') return result
    warnings.push(...result.warnings)
    for (const call of result.calls) {
      const named = call.sample ?? ''
      const sample = calls.has(named) ? named : sampleOfHamronizedFile(named, call.tool)
      const list = calls.get(sample)
      if (list) list.push(call)
      else strangers.add(named)
    }
  }
  if (strangers.size > 0)
    warnings.push(
      `rows of samples that are not in the sample sheet were left out: ${[...strangers].sort().slice(0, 5).join(', ')}`,
    )
  return null
}

const readOrExplain = async (
  reader: OutputReader,
  file: string,
  spec: OutputSpec,
): Promise<{ readonly calls: readonly AmrCall[]; readonly warnings: readonly string[] } | string> => {
  try {
    return await reader.read(file, spec)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const first = error.findings[0]
    return `output_unreadable: ${error.message}${first && first.message !== error.message ? ` ${first.message}` : ''}`
  }
}
