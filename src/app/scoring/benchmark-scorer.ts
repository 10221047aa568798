import type { CallCondenser } from '../../core/amr/condense-calls.ts'
import type { AmrExplanation } from '../../core/amr/scoring.ts'
import type { Match } from '../../core/match.ts'
import type { Observations } from '../../core/observations.ts'
import type { OutputSpec } from '../../core/pipeline.ts'
import type { Score } from '../../core/score.ts'
import type { ScoringOptions } from '../../core/scoring-options.ts'
import type { Aligner, OutputReader } from '../ports.ts'

/** What scoring one prediction gives, whatever the benchmark type. */
interface ScoredPrediction {
  readonly scores: readonly Score[]
  /** What was found, missed and wrongly reported, where the type lists that. */
  readonly matches: readonly Match[]
  /** Why what is wrong is wrong, where the type can tell; worked out when asked for. */
  readonly explain?: () => readonly AmrExplanation[]
  /** Short settings that two scorings must share to be compared. */
  readonly comparability: Readonly<Record<string, string>>
  /** Canonical text of the universe the negatives were counted in, for the caller to digest; null = there is none. */
  readonly universe: string | null
  readonly warnings: readonly string[]
}

/** Contents of an output by the sample they name. */
export interface Sorted<Part> {
  readonly bySample: ReadonlyMap<string, Part>
  /** Names that are none of the samples, with the first line that bears them. */
  readonly strangers: ReadonlyMap<string, number>
  /** First line that names no sample at all, or null. */
  readonly unnamedLine: number | null
}

interface AnyTruth {
  readonly samples: ReadonlyMap<string, unknown>
  /** What holds for every sample that is not listed, or nothing. */
  readonly anySample?: unknown
  /** Further files it consists of. */
  readonly files?: readonly string[]
}

/** What makes one benchmark type different from the others: its truth, and what is collected of each sample. */
export interface ScoringRules<Truth extends AnyTruth, Part> {
  readonly benchmarkType: string
  readTruth(reader: OutputReader, file: string): Promise<Truth>
  /** What stands for the truth where there is none, for a type of which something can be said without. */
  readonly noTruth?: Truth
  /** Oddities of the truth that bear on every prediction. */
  truthWarnings(truth: Truth, samples: readonly string[], options: ScoringOptions): readonly string[]
  /** Keeps of the calls of an output what scoring needs, where that is less than all of them. */
  condenser?(truth: Truth, options: ScoringOptions): CallCondenser
  /** All of an output, taken to be about one sample. Throws `E_INPUT` for another kind of output. */
  whole(output: Observations): Part
  /** Sorts an output by the samples it names. Throws like `whole`. */
  sort(output: Observations, samples: Iterable<string>): Sorted<Part>
  /** Puts together what two outputs say of one sample. Throws `E_INPUT` when they cannot both hold. */
  join(left: Part, right: Part, sample: string): Part
  /** Adds to the parts what other programs have to compute of them first; what cannot be had is a warning. */
  complete?(
    truth: Truth,
    parts: ReadonlyMap<string, Part | null>,
    services: ScoringServices,
  ): Promise<{ readonly parts: ReadonlyMap<string, Part | null>; readonly warnings: readonly string[] }>
  /** What a tool has said that ran and found nothing. */
  readonly nothing: Part
  score(
    truth: Truth,
    predictions: ReadonlyMap<string, Part | null>,
    samples: readonly string[],
    options: ScoringOptions,
  ): ScoredPrediction
}

/** What scoring may use besides what was read. */
export interface ScoringServices {
  readonly reader: OutputReader
  readonly aligner: Aligner
}

/** What one prediction says of each sample, gathered output by output. */
export interface PredictionCollector {
  /** Reads an output, keeping what scoring needs. Throws as the reader does. */
  read(reader: OutputReader, file: string, spec: Pick<OutputSpec, 'format' | 'columns'>): Promise<Observations>
  /** Notes that the tool ran on a sample, whether or not it says anything of it. */
  ran(sample: string): void
  /** Takes all of an output as being about one sample. */
  takeWhole(sample: string, output: Observations): void
  /** Looks whom an output is about, among `samples`, without taking anything of it. */
  sort(output: Observations, samples: Iterable<string>): SortedOutput
  /** The scores; null without a truth. */
  score(services: ScoringServices): Promise<ScoredPrediction | null>
}

/** An output that has been looked through; `take` puts what it says of a sample into the prediction. */
export interface SortedOutput extends Omit<Sorted<unknown>, 'bySample'> {
  readonly named: ReadonlySet<string>
  take(sample: string): void
}

/** A truth that has been read, and what can be scored against it. */
export interface OpenTruth {
  readonly samples: readonly string[]
  /** Whether it holds for other samples too. */
  readonly holdsForAny: boolean
  /** Files it consists of besides the one it was opened from. */
  readonly files: readonly string[]
  /** Oddities of the truth that bear on every prediction of these samples. */
  warnings(samples: readonly string[], options: ScoringOptions): readonly string[]
  collect(samples: readonly string[], options: ScoringOptions): PredictionCollector
}

/** How one benchmark type is scored. */
export interface BenchmarkScorer {
  readonly benchmarkType: string
  openTruth(reader: OutputReader, file: string): Promise<OpenTruth>
  /** Stands for a truth that says nothing; null for a type that needs one. */
  readonly withoutTruth: OpenTruth | null
  /** Reads outputs where there is no truth to score them against. */
  collect(samples: readonly string[], options: ScoringOptions): PredictionCollector
}

/** Makes a scorer of the rules of a type, so that its callers need not know its types of truth and prediction. */
export const createScorer = <Truth extends AnyTruth, Part>(rules: ScoringRules<Truth, Part>): BenchmarkScorer => {
  const open = (truth: Truth): OpenTruth => ({
    samples: [...truth.samples.keys()],
    holdsForAny: (truth.anySample ?? null) !== null,
    files: truth.files ?? [],
    warnings: (samples, options) => rules.truthWarnings(truth, samples, options),
    collect: (samples, options) => createCollector(rules, truth, samples, options),
  })
  return {
    benchmarkType: rules.benchmarkType,
    openTruth: async (reader, file) => open(await rules.readTruth(reader, file)),
    withoutTruth: rules.noTruth === undefined ? null : { ...open(rules.noTruth), holdsForAny: true },
    collect: (samples, options) => createCollector(rules, rules.noTruth ?? null, samples, options),
  }
}

const createCollector = <Truth extends AnyTruth, Part>(
  rules: ScoringRules<Truth, Part>,
  truth: Truth | null,
  samples: readonly string[],
  options: ScoringOptions,
): PredictionCollector => {
  const parts = new Map<string, Part | null>(samples.map((sample) => [sample, null]))
  const add = (sample: string, part: Part): void => {
    const before = parts.get(sample) ?? null
    parts.set(sample, before === null ? part : rules.join(before, part, sample))
  }
  return {
    read: (reader, file, spec) => reader.read(file, spec, truth && rules.condenser?.(truth, options)),
    ran: (sample) => void parts.set(sample, parts.get(sample) ?? rules.nothing),
    takeWhole: (sample, output) => add(sample, rules.whole(output)),
    sort: (output, known) => {
      const { bySample, strangers, unnamedLine } = rules.sort(output, known)
      return {
        named: new Set(bySample.keys()),
        strangers,
        unnamedLine,
        take: (sample) => add(sample, bySample.get(sample) ?? rules.nothing),
      }
    },
    score: async (services) => {
      if (truth === null) return null
      const completed = await rules.complete?.(truth, parts, services)
      const scored = rules.score(truth, completed?.parts ?? parts, samples, options)
      return { ...scored, warnings: [...(completed?.warnings ?? []), ...scored.warnings] }
    },
  }
}
