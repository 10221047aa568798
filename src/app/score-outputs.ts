import { versionKeys } from '../core/metrics/metric-versions.ts'
import { summariseScores } from '../core/metrics/summarise.ts'
import type { AmrExplanation } from '../core/amr/scoring.ts'
import type { Match } from '../core/match.ts'
import type { VocabularyReference } from '../core/names/gene-vocabulary.ts'
import type { Observations } from '../core/observations.ts'
import type { OutputSpec } from '../core/pipeline.ts'
import { type Finding, nearest, Problem, problemOf } from '../core/problem.ts'
import type { Score, Summary } from '../core/score.ts'
import type { ScoringOptions } from '../core/scoring-options.ts'
import { faultsTogether } from './faults-together.ts'
import type { Aligner, OutputReader } from './ports.ts'
import type { OpenTruth, PredictionCollector, SortedOutput } from './scoring/benchmark-scorer.ts'
import { mergeKeys } from './scoring/merge-keys.ts'
import { remembering, samplesOfOutputs } from './scoring/samples-of-outputs.ts'
import { requireScorer } from './scoring/scorers.ts'
import { findBenchmarkType } from '../core/benchmark-types.ts'

/** One output to score. Predictions with one label are one prediction in several files. */
export interface PredictionFile extends Pick<OutputSpec, 'format' | 'columns'> {
  readonly label: string
  /** `{sample}` stands for each sample of the truth. */
  readonly file: string
}

export interface ScoreOutputsInput {
  readonly benchmarkType: string
  /** Path of the truth; null = none was given, which only some types can do with. */
  readonly truth: string | null
  readonly predictions: readonly PredictionFile[]
  /** Score these samples only; a file that names no sample belongs to the only one. Empty = all of the truth. */
  readonly samples: readonly string[]
  readonly options: ScoringOptions
  /** Say why what is wrong is wrong, where the type can tell. */
  readonly explain?: boolean
}

/** A score or summary and the prediction it is of. */
type Labelled<Of> = Of & { readonly prediction: string }

export interface ScoredOutputs {
  readonly benchmarkType: string
  /** Level to look at first; null where scores have none. */
  readonly primaryLevel: string | null
  readonly values: readonly Labelled<Score>[]
  readonly summary: readonly Labelled<Summary>[]
  readonly matches: readonly Labelled<Match>[]
  /** Null when nobody asked. */
  readonly explanations: readonly Labelled<AmrExplanation>[] | null
  readonly comparability: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

interface Deps {
  readonly reader: OutputReader
  /** What names of genes are looked up in; undefined = nothing. */
  vocabulary(): VocabularyReference | undefined
  readonly aligner: Aligner
  sha256Text(text: string): string
}

/**
 * Scores existing outputs against a truth. The sample list is the truth's, never the outputs': a sample without rows in
 * a combined report has no hits, a sample without a file is `not_run`. Throws one `Problem` with the faults of all
 * files together.
 */
export const scoreOutputs = async (deps: Deps, request: ScoreOutputsInput): Promise<ScoredOutputs> => {
  const input = withVocabulary(deps, request)
  const scorer = requireScorer(input.benchmarkType)
  const truth = input.truth === null ? scorer.withoutTruth : await scorer.openTruth(deps.reader, input.truth)
  if (truth === null) throw truthMissing(input.benchmarkType)
  const reader = truth.holdsForAny ? remembering(deps.reader) : deps.reader
  const samples = truth.holdsForAny ? await samplesOfOutputs(reader, truth, input) : chooseSamples(truth, input)
  const byLabel = new Map<string, PredictionCollector>()
  const warnings = [...truth.warnings(samples, input.options)]
  const faults: Problem[] = []
  for (const file of input.predictions) {
    const prediction = byLabel.get(file.label) ?? truth.collect(samples, input.options)
    byLabel.set(file.label, prediction)
    try {
      const scope = {
        known: truth.holdsForAny ? samples : truth.samples,
        samples,
        chosen: input.samples.length > 0,
        prediction,
      }
      await readPrediction(reader, file, scope, warnings)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      faults.push(error)
    }
  }
  if (faults.length > 0) throw faultsTogether(faults, `${faults.length} predictions cannot be scored.`)
  return scored(deps, input, samples, byLabel, warnings)
}

const withVocabulary = (deps: Deps, request: ScoreOutputsInput): ScoreOutputsInput => {
  const vocabulary = request.benchmarkType === 'amr-detection' ? deps.vocabulary() : undefined
  return vocabulary === undefined ? request : { ...request, options: { ...request.options, vocabulary } }
}

const truthMissing = (benchmarkType: string): Problem =>
  new Problem('E_USAGE', `Outputs of the type ${benchmarkType} are scored against a truth, and none was given.`, {
    hints: ['Pass --truth with what is really in the samples.'],
  })

const scored = async (
  deps: Deps,
  { benchmarkType, options, explain = false }: ScoreOutputsInput,
  samples: readonly string[],
  byLabel: ReadonlyMap<string, PredictionCollector>,
  warnings: readonly string[],
): Promise<ScoredOutputs> => {
  const values: Labelled<Score>[] = []
  const summary: Labelled<Summary>[] = []
  const matches: Labelled<Match>[] = []
  const explanations: Labelled<AmrExplanation>[] = []
  const said = new Map<string, string[]>()
  let comparability: Readonly<Record<string, string>> = {
    samples: deps.sha256Text(JSON.stringify([...samples].sort())),
  }
  for (const [label, prediction] of byLabel) {
    const scoring = await prediction.score(deps)
    if (scoring === null) continue
    const labelled = <Of>(of: Of): Labelled<Of> => ({ ...of, prediction: label })
    values.push(...scoring.scores.map(labelled))
    summary.push(...summariseScores(scoring.scores, samples).map(labelled))
    matches.push(...scoring.matches.map(labelled))
    if (explain) explanations.push(...(scoring.explain?.() ?? []).map(labelled))
    for (const warning of scoring.warnings) said.set(warning, [...(said.get(warning) ?? []), label])
    const universe = scoring.universe === null ? {} : { universe_sha256: deps.sha256Text(scoring.universe) }
    comparability = mergeKeys(comparability, { ...scoring.comparability, ...versionKeys(scoring.scores), ...universe })
  }
  return {
    benchmarkType,
    primaryLevel: findBenchmarkType(benchmarkType)?.levels.length === 0 ? null : options.primaryLevel,
    values,
    summary,
    matches,
    explanations: explain ? explanations : null,
    comparability,
    warnings: [...warnings, ...[...said].map(([warning, labels]) => `${labels.join(', ')}: ${warning}`)],
  }
}

const chooseSamples = (truth: OpenTruth, { samples, truth: file }: ScoreOutputsInput): readonly string[] => {
  const known = truth.samples
  const unknown = samples.filter((sample) => !known.includes(sample))
  if (unknown.length > 0)
    throw new Problem('E_NOT_FOUND', `The truth ${file ?? ''} says nothing about ${unknown.join(', ')}.`, {
      hints: [
        ...unknown.flatMap((sample) => nearest(sample, known, 1).map((name) => `Did you mean ${name}?`)),
        `Its samples: ${listed(known)}.`,
      ],
    })
  return samples.length === 0 ? known : known.filter((sample) => samples.includes(sample))
}

interface Scope {
  /** Every sample of the truth. */
  readonly known: readonly string[]
  /** Those to score. */
  readonly samples: readonly string[]
  /** Whether the user chose the samples, so that rows of others are no surprise. */
  readonly chosen: boolean
  readonly prediction: PredictionCollector
}

const readPrediction = async (
  reader: OutputReader,
  { label, file, ...spec }: PredictionFile,
  scope: Scope,
  warnings: string[],
): Promise<void> => {
  if (!file.includes('{sample}')) {
    const output = await scope.prediction.read(reader, file, spec)
    warnings.push(...output.warnings)
    assign(output, scope)
    return
  }
  let found = 0
  for (const sample of scope.samples) {
    const output = await readIfThere(reader, scope.prediction, file.replaceAll('{sample}', sample), spec)
    if (typeof output === 'string') {
      warnings.push(`${label}: ${output} The sample ${sample} counts as not run.`)
      continue
    }
    found++
    warnings.push(...output.warnings)
    assign(output, { ...scope, samples: [sample], chosen: true })
  }
  if (found === 0)
    throw new Problem('E_NOT_FOUND', `No sample of the truth has a file ${file}.`, {
      hints: [`{sample} was replaced by ${listed(scope.samples)}.`],
    })
}

const readIfThere = async (
  reader: OutputReader,
  prediction: PredictionCollector,
  file: string,
  spec: Pick<OutputSpec, 'format' | 'columns'>,
): Promise<Observations | string> => {
  try {
    return await prediction.read(reader, file, spec)
  } catch (error) {
    if (error instanceof Problem && error.code === 'E_NOT_FOUND') return error.message
    throw error
  }
}

const assign = (output: Observations, { known, samples, chosen, prediction }: Scope): void => {
  const [only] = samples
  if (!output.namesSamples) {
    if (samples.length > 1 || only === undefined) throw unnamed(output, samples)
    prediction.takeWhole(only, output)
    return
  }
  const sorted = prediction.sort(output, known)
  // A file given for one sample is that sample's, whatever it calls it; one of several samples is never guessed at.
  const names = sorted.strangers.size + sorted.named.size
  if (chosen && samples.length === 1 && only !== undefined && sorted.named.size === 0 && names <= 1) {
    prediction.takeWhole(only, output)
    return
  }
  const isPicking = chosen && samples.some((sample) => sorted.named.has(sample))
  if ((sorted.strangers.size > 0 || sorted.unnamedLine !== null) && !isPicking) throw strangers(output, sorted, known)
  for (const sample of samples) sorted.take(sample)
}

const unnamed = ({ file }: Observations, samples: readonly string[]): Problem =>
  new Problem('E_INPUT', `${file} does not say which of the ${samples.length} samples it is about.`, {
    location: { file },
    hints: [
      'Pass --sample with the sample it belongs to.',
      `Or put {sample} into the path, to be replaced by ${listed(samples)}.`,
    ],
  })

const strangers = (
  { file }: Observations,
  { strangers: names, unnamedLine }: SortedOutput,
  known: readonly string[],
): Problem => {
  const findings: Finding[] = [...names].slice(0, 20).map(([name, line]) => {
    const similar = nearest(name, known, 1)[0]
    return {
      message: `The truth has no sample "${name}".`,
      location: { file, line },
      ...(similar === undefined ? {} : { hint: `did you mean ${similar}?` }),
    }
  })
  if (unnamedLine !== null)
    findings.push({ message: 'The row names no sample.', location: { file, line: unnamedLine } })
  return problemOf('E_INPUT', `${file} reports on samples that the truth does not have.`, findings, [
    `Samples of the truth: ${listed(known)}. Names must be equal.`,
    'Pass --sample to say which sample the file is about, or which of its samples to score.',
  ])
}

const SHOWN = 10
const listed = (names: readonly string[]): string =>
  names.length <= SHOWN ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`
