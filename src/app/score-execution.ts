import { findOutputTree } from '../core/output-tree/output-trees.ts'
import type { OutputSpec, Pipeline } from '../core/pipeline.ts'
import type { RunPlan } from '../core/plan.ts'
import { Problem } from '../core/problem.ts'
import { missing, type Score } from '../core/score.ts'
import type { Aligner, Files, OutputReader } from './ports.ts'
import type { ExecutionScores, ScoringContext } from './scoring-context.ts'
import { scoreWholeTree } from './output-tree/score-whole-tree.ts'
import type { OpenTruth, PredictionCollector } from './scoring/benchmark-scorer.ts'
import { scorerOf } from './scoring/scorers.ts'

const NOTHING = { scores: [], warnings: [], failure: null, comparability: {}, universe: null }

/** Reads what an execution wrote and scores it against the truth. Unreadable output is a result, not an error. */
export const scoreExecution = async (
  deps: { readonly files: Files; readonly reader: OutputReader; readonly aligner: Aligner },
  context: ScoringContext,
  target: { readonly pipeline: Pipeline; readonly sample: string | null; readonly outdir: string },
): Promise<ExecutionScores> => {
  const samples = target.sample === null ? context.samples : [target.sample]
  const tree = findOutputTree(target.pipeline.outputTree)
  if (tree !== null) return scoreWholeTree(deps, { ...context, samples }, tree, target.outdir)
  const prediction = (context.truth ?? scorerOf(context.benchmarkType))?.collect(samples, context.scoring) ?? null
  const gathering = { ...deps, ...target, samples, prediction, warnings: [] as string[] }
  const { warnings } = gathering
  for (const spec of target.pipeline.outputs) {
    const isPerSample = target.sample !== null || spec.path.includes('{sample}')
    const failure = isPerSample ? await readPerSample(gathering, spec) : await readCombined(gathering, spec)
    if (failure !== null) return { ...NOTHING, failure, warnings }
  }
  const scored = target.pipeline.outputs.length === 0 ? null : ((await prediction?.score(deps)) ?? null)
  if (scored === null) return { ...NOTHING, warnings }
  const { comparability, universe } = scored
  const isOneOfSeveral = target.sample !== null && context.samples.length > 1
  const scores = isOneOfSeveral ? scored.scores.map(notOfDataset) : scored.scores
  return { scores, warnings: [...warnings, ...scored.warnings], failure: null, comparability, universe }
}

/** What a scoring of the executions of this plan needs to know. */
export const contextOf = (plan: RunPlan, truth: OpenTruth | null): ScoringContext => ({
  benchmarkType: plan.benchmarkType,
  scoring: plan.scoring,
  samples: plan.samples.map(({ id }) => id),
  truth,
})

// A number of the whole dataset cannot come from one sample of it.
const notOfDataset = (score: Score): Score =>
  score.sample === null ? { ...score, ...missing('not_applicable') } : score

interface Gathering {
  readonly files: Files
  readonly reader: OutputReader
  readonly sample: string | null
  readonly outdir: string
  readonly samples: readonly string[]
  /** Null for a benchmark type that is not scored: then outputs only have to be readable. */
  readonly prediction: PredictionCollector | null
  readonly warnings: string[]
}

// Returns why it failed, or null. A missing file of a whole-dataset pipeline leaves that sample `not_run`.
const readPerSample = async (gathering: Gathering, spec: OutputSpec): Promise<string | null> => {
  const { files, sample: only, outdir, samples, prediction, reader, warnings } = gathering
  for (const sample of samples) {
    const pattern = spec.path.replaceAll('{sample}', sample)
    const found = files.glob(outdir, pattern)
    if (found.length === 0) {
      if (spec.optional === true) continue
      if (only !== null) return `output_missing: the pipeline did not write ${pattern}`
      warnings.push(`${sample}: ${pattern} was not written; the sample counts as not run`)
      continue
    }
    for (const file of found) {
      const failure = await orExplain(async () => {
        const output = await (prediction?.read(reader, file, spec) ?? reader.read(file, spec))
        warnings.push(...output.warnings)
        prediction?.takeWhole(sample, output)
      })
      if (failure !== null) return failure
    }
  }
  return null
}

const readCombined = async (gathering: Gathering, spec: OutputSpec): Promise<string | null> => {
  const { files, outdir, samples, prediction, reader, warnings } = gathering
  const found = files.glob(outdir, spec.path)
  if (found.length === 0)
    return spec.optional === true ? null : `output_missing: the pipeline did not write ${spec.path}`
  // The report is there, so the tool ran: a sample without rows is a sample without hits.
  for (const sample of samples) prediction?.ran(sample)
  const strangers = new Set<string>()
  for (const file of found) {
    const failure = await orExplain(async () => {
      const output = await (prediction?.read(reader, file, spec) ?? reader.read(file, spec))
      warnings.push(...output.warnings)
      const sorted = prediction?.sort(output, samples)
      for (const sample of sorted?.named ?? []) sorted?.take(sample)
      for (const name of sorted?.strangers.keys() ?? []) strangers.add(name)
      if (sorted !== undefined && sorted.unnamedLine !== null) strangers.add('(no name)')
    })
    if (failure !== null) return failure
  }
  if (strangers.size > 0)
    warnings.push(
      `rows of samples that are not in the sample sheet were left out: ${[...strangers].sort().slice(0, 5).join(', ')}`,
    )
  return null
}

const orExplain = async (read: () => Promise<void>): Promise<string | null> => {
  try {
    await read()
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const first = error.findings[0]
    return `output_unreadable: ${error.message}${first && first.message !== error.message ? ` ${first.message}` : ''}`
  }
}
