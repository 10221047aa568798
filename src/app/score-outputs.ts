import { callsBySample } from '../core/amr/calls-by-sample.ts'
import type { AmrCall } from '../core/amr/call.ts'
import { scoreAmr } from '../core/amr/score-amr.ts'
import type { AmrMatch } from '../core/amr/scoring.ts'
import type { AmrTruth } from '../core/amr/truth.ts'
import { findBenchmarkType } from '../core/benchmark-types.ts'
import { summariseScores } from '../core/metrics/summarise.ts'
import type { AmrObservations, Observations } from '../core/observations.ts'
import type { OutputSpec } from '../core/pipeline.ts'
import { type Finding, nearest, Problem, problemOf } from '../core/problem.ts'
import type { Score, Summary } from '../core/score.ts'
import type { AmrScoringOptions } from '../core/scoring-options.ts'
import { condensingReader } from './condensing-reader.ts'
import type { OutputReader } from './ports.ts'

/** One output to score. Predictions with one label are one prediction in several files. */
export interface PredictionFile extends Pick<OutputSpec, 'format' | 'columns'> {
  readonly label: string
  /** `{sample}` stands for each sample of the truth. */
  readonly file: string
}

export interface ScoreOutputsInput {
  readonly benchmarkType: string
  /** Path of the truth. */
  readonly truth: string
  readonly predictions: readonly PredictionFile[]
  /** Score these samples only; a file that names no sample belongs to the only one. Empty = all of the truth. */
  readonly samples: readonly string[]
  readonly options: AmrScoringOptions
}

/** A score or summary and the prediction it is of. */
type Labelled<Of> = Of & { readonly prediction: string }

export interface ScoredOutputs {
  readonly benchmarkType: string
  readonly primaryLevel: string
  readonly values: readonly Labelled<Score>[]
  readonly summary: readonly Labelled<Summary>[]
  readonly matches: readonly Labelled<AmrMatch>[]
  readonly comparability: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

interface Deps {
  readonly reader: OutputReader
  sha256Text(text: string): string
}

/**
 * Scores existing outputs against a truth. The sample list is the truth's, never the outputs': a sample without rows in
 * a combined report has no hits, a sample without a file is `not_run`. Throws one `Problem` with the faults of all
 * files together.
 */
export const scoreOutputs = async (deps: Deps, input: ScoreOutputsInput): Promise<ScoredOutputs> => {
  requireSupportedType(input.benchmarkType)
  const truth = await deps.reader.amrTruth(input.truth)
  const samples = chooseSamples(truth, input)
  const reader = condensingReader(deps.reader, input.options, truth)
  const byLabel = new Map<string, Map<string, AmrCall[] | null>>()
  const warnings: string[] = []
  const faults: Problem[] = []
  for (const prediction of input.predictions) {
    const calls = byLabel.get(prediction.label) ?? new Map<string, AmrCall[] | null>(samples.map((id) => [id, null]))
    byLabel.set(prediction.label, calls)
    try {
      await readPrediction(reader, prediction, { truth, samples, chosen: input.samples.length > 0 }, calls, warnings)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      faults.push(error)
    }
  }
  if (faults.length > 0) throw together(faults)
  return scored(deps, input, truth, samples, byLabel, warnings)
}

const scored = (
  deps: Deps,
  input: ScoreOutputsInput,
  truth: AmrTruth,
  samples: readonly string[],
  byLabel: ReadonlyMap<string, ReadonlyMap<string, readonly AmrCall[] | null>>,
  warnings: readonly string[],
): ScoredOutputs => {
  const values: Labelled<Score>[] = []
  const summary: Labelled<Summary>[] = []
  const matches: Labelled<AmrMatch>[] = []
  const allWarnings = [...warnings]
  let comparability: Readonly<Record<string, string>> = {}
  for (const [prediction, predictions] of byLabel) {
    const scoring = scoreAmr({ truth, predictions, samples, options: input.options })
    const labelled = <Of>(of: Of): Labelled<Of> => ({ ...of, prediction })
    values.push(...scoring.scores.map(labelled))
    summary.push(...summariseScores(scoring.scores, samples).map(labelled))
    matches.push(...scoring.matches.map(labelled))
    allWarnings.push(...scoring.warnings.map((warning) => `${prediction}: ${warning}`))
    comparability = {
      ...scoring.comparability,
      universe_sha256: deps.sha256Text(scoring.universeKey),
      samples: deps.sha256Text(JSON.stringify([...samples].sort())),
    }
  }
  const { benchmarkType, options } = input
  return {
    benchmarkType,
    primaryLevel: options.primaryLevel,
    values,
    summary,
    matches,
    comparability,
    warnings: allWarnings,
  }
}

const requireSupportedType = (benchmarkType: string): void => {
  if (benchmarkType === 'amr-detection') return
  const type = findBenchmarkType(benchmarkType)
  throw new Problem(
    'E_USAGE',
    type === undefined
      ? `There is no benchmark type "${benchmarkType}".`
      : `Outputs of the type ${benchmarkType} cannot be scored.`,
    { hints: ['Types that can be scored: amr-detection.'] },
  )
}

const chooseSamples = (truth: AmrTruth, { samples, truth: file }: ScoreOutputsInput): readonly string[] => {
  const known = [...truth.samples.keys()]
  const unknown = samples.filter((sample) => !truth.samples.has(sample))
  if (unknown.length > 0)
    throw new Problem('E_NOT_FOUND', `The truth ${file} says nothing about ${unknown.join(', ')}.`, {
      hints: [
        ...unknown.flatMap((sample) => nearest(sample, known, 1).map((name) => `Did you mean ${name}?`)),
        `Its samples: ${listed(known)}.`,
      ],
    })
  return samples.length === 0 ? known : known.filter((sample) => samples.includes(sample))
}

interface Scope {
  readonly truth: AmrTruth
  readonly samples: readonly string[]
  /** Whether the user chose the samples, so that rows of others are no surprise. */
  readonly chosen: boolean
}

type CallLists = Map<string, AmrCall[] | null>

const readPrediction = async (
  reader: OutputReader,
  prediction: PredictionFile,
  scope: Scope,
  calls: CallLists,
  warnings: string[],
): Promise<void> => {
  if (!prediction.file.includes('{sample}')) {
    const output = await reader.read(prediction.file, prediction)
    warnings.push(...output.warnings)
    assign(output, scope, calls)
    return
  }
  let found = 0
  for (const sample of scope.samples) {
    const output = await readIfThere(reader, prediction.file.replaceAll('{sample}', sample), prediction)
    if (typeof output === 'string') {
      warnings.push(`${prediction.label}: ${output} The sample ${sample} counts as not run.`)
      continue
    }
    found++
    warnings.push(...output.warnings)
    assign(output, { ...scope, samples: [sample], chosen: true }, calls)
  }
  if (found === 0)
    throw new Problem('E_NOT_FOUND', `No sample of the truth has a file ${prediction.file}.`, {
      hints: [`{sample} was replaced by ${listed(scope.samples)}.`],
    })
}

const readIfThere = async (
  reader: OutputReader,
  file: string,
  spec: Pick<OutputSpec, 'format' | 'columns'>,
): Promise<Observations | string> => {
  try {
    return await reader.read(file, spec)
  } catch (error) {
    if (error instanceof Problem && error.code === 'E_NOT_FOUND') return error.message
    throw error
  }
}

const assign = (output: AmrObservations, scope: Scope, calls: CallLists): void => {
  const { samples, truth, chosen } = scope
  const add = (sample: string, more: readonly AmrCall[]): void =>
    void calls.set(sample, [...(calls.get(sample) ?? []), ...more])
  const [only] = samples
  if (!output.namesSamples) {
    if (samples.length > 1 || only === undefined) throw unnamed(output, samples)
    add(only, output.calls)
    return
  }
  const sorted = callsBySample(output.calls, truth.samples.keys())
  // A file given for one sample is that sample's, whatever it calls it; one of several samples is never guessed at.
  const names = sorted.strangers.size + sorted.bySample.size
  if (chosen && samples.length === 1 && only !== undefined && sorted.bySample.size === 0 && names <= 1) {
    add(only, output.calls)
    return
  }
  const isPicking = chosen && samples.some((sample) => sorted.bySample.has(sample))
  if ((sorted.strangers.size > 0 || sorted.unnamedLine !== null) && !isPicking) throw strangers(output, sorted, truth)
  for (const sample of samples) add(sample, sorted.bySample.get(sample) ?? [])
}

const unnamed = ({ file }: AmrObservations, samples: readonly string[]): Problem =>
  new Problem('E_INPUT', `${file} does not say which of the ${samples.length} samples of the truth it is about.`, {
    location: { file },
    hints: [
      'Pass --sample with the sample it belongs to.',
      `Or put {sample} into the path, to be replaced by ${listed(samples)}.`,
    ],
  })

const strangers = (
  { file }: AmrObservations,
  { strangers: names, unnamedLine }: ReturnType<typeof callsBySample>,
  truth: AmrTruth,
): Problem => {
  const known = [...truth.samples.keys()]
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

const together = (faults: readonly Problem[]): Problem => {
  const [first] = faults
  if (first !== undefined && faults.length === 1) return first
  const findings = faults.flatMap((fault): readonly Finding[] =>
    fault.findings.length > 0
      ? fault.findings
      : [{ message: fault.message, ...(fault.location ? { location: fault.location } : {}) }],
  )
  const hints = [...new Set(faults.flatMap((fault) => fault.hints))]
  return problemOf(first?.code ?? 'E_INPUT', `${faults.length} predictions cannot be scored.`, findings, hints)
}

const SHOWN = 10
const listed = (names: readonly string[]): string =>
  names.length <= SHOWN ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`
