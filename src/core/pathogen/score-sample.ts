import { type ConfusionCounts, CONFUSION_FORMULAS } from '../metrics/confusion.ts'
import { known, missing, type Quantity, ratio } from '../score.ts'
import { median } from '../stats/correlation.ts'
import { areaUnderRoc, averagePrecision, placeOfTrue, type RankedTaxon } from './ranking.ts'
import type { ReportedTaxon } from './reported-taxa.ts'
import type { TrueTaxa, TrueTaxon } from './true-taxa.ts'
import { type LevelMeasure, levelName, taxaByLevel } from './truth-level.ts'

/** What one sample is scored from. */
export interface SampleCase {
  readonly truth: TrueTaxa
  /** Everything the tool reports at the rank, the host aside, however little of it. */
  readonly reported: ReadonlyMap<string, ReportedTaxon>
  readonly isCall: (taxon: ReportedTaxon) => boolean
  /** Taxa that can be right or wrong; null = no panel, so that every call is one or the other. */
  readonly panel: ReadonlySet<string> | null
  /** Empty for a taxon in no genus, null where nobody knows. The function is null at the rank of genus and above. */
  readonly genusOf: ((taxid: string) => string | null) | null
  readonly measure: LevelMeasure | null
}

/** A metric's id, the truth level it is of (null: all of the sample), and its value. */
type SampleValue = readonly [metric: string, level: string | null, quantity: Quantity]

export interface SampleScoring {
  readonly values: readonly SampleValue[]
  readonly found: readonly string[]
  readonly missed: readonly string[]
  readonly wrong: readonly string[]
}

/** Classification metrics of a sample, in the order they are kept. */
const CLASSIFICATION = [
  'sensitivity',
  'precision',
  'f1_score',
  'specificity',
  'npv',
  'mcc',
  'balanced_accuracy',
  'accuracy',
  'jaccard_index',
  'fdr',
  'fnr',
  'fpr',
  'true_positives',
  'false_positives',
  'false_negatives',
  'true_negatives',
] as const

/** Every metric of one sample. */
export const scoreSample = (sample: SampleCase): SampleScoring => {
  const { truth, reported, isCall, panel, genusOf, measure } = sample
  const inPanel = (taxid: string): boolean => panel === null || panel.has(taxid)
  const calls = [...reported.values()].filter(isCall)
  const onPanel = calls.filter(({ taxid }) => inPanel(taxid))
  const expected = new Map([...truth.present].filter(([taxid]) => inPanel(taxid)))
  const found = onPanel.filter(({ taxid }) => expected.has(taxid))
  const wrong = onPanel.filter(({ taxid }) => !expected.has(taxid))
  const called = new Set(found.map(({ taxid }) => taxid))
  const missed = [...expected.keys()].filter((taxid) => !called.has(taxid))
  const counts: ConfusionCounts = {
    truePositives: found.length,
    falsePositives: wrong.length,
    falseNegatives: missed.length,
    trueNegatives: panel === null ? null : panel.size - found.length - wrong.length - missed.length,
    // What is off the panel is counted as just that, and neither right nor wrong.
    falsePositivesOutside: panel === null ? null : 0,
    redundantHits: 0,
  }
  const scoreOf = abundanceScore(reported)
  const values: readonly SampleValue[] = [
    ...CLASSIFICATION.map((metric): SampleValue => [metric, null, formula(metric)(counts)]),
    ['fp_per_negative_sample', null, truth.isNegative ? known(wrong.length) : missing('not_applicable')],
    ['near_neighbour_fp', null, nearNeighbours(calls, truth, genusOf)],
    ['off_panel_calls', null, panel === null ? missing('no_universe') : known(calls.length - onPanel.length)],
    ['average_precision', null, averagePrecision(rankedPanel(sample, expected, scoreOf))],
    ['auroc', null, panel === null ? missing('no_universe') : areaUnderRoc(rankedPanel(sample, expected, scoreOf))],
    ['true_pathogen_rank', null, placeInReport(calls, truth, scoreOf)],
    ['abundance_log2_error', null, log2Error(found, expected)],
    ...detection(expected, called, measure),
  ]
  const ids = (taxa: readonly ReportedTaxon[]): readonly string[] => taxa.map(({ taxid }) => taxid)
  return { values, found: ids(found), missed, wrong: ids(wrong) }
}

const formula = (metric: string): ((counts: ConfusionCounts) => Quantity) => {
  const found = CONFUSION_FORMULAS[metric]
  if (found === undefined) throw new Error(`${metric} has no formula`)
  return found
}

type Score = (taxon: ReportedTaxon) => number

/** Reads where every taxon of the report states them, else percentages: never two scales in one list. */
const abundanceScore = (reported: ReadonlyMap<string, ReportedTaxon>): Score =>
  [...reported.values()].every(({ reads }) => reads !== null)
    ? ({ reads }) => reads ?? 0
    : ({ percentage }) => percentage

/** The panel, or without one all that is there or reported. No threshold is applied: the ranking is what is judged. */
const rankedPanel = (
  { reported, panel }: SampleCase,
  expected: ReadonlyMap<string, TrueTaxon>,
  scoreOf: Score,
): readonly RankedTaxon[] =>
  [...(panel ?? new Set([...expected.keys(), ...reported.keys()]))].map((taxid) => {
    const taxon = reported.get(taxid)
    return { score: taxon === undefined ? 0 : scoreOf(taxon), isTrue: expected.has(taxid) }
  })

/** Wrong calls, on the panel or not, of the genus of a taxon that is there. */
const nearNeighbours = (
  calls: readonly ReportedTaxon[],
  { present }: TrueTaxa,
  genusOf: SampleCase['genusOf'],
): Quantity => {
  if (genusOf === null || present.size === 0) return missing('not_applicable')
  const wrong = calls.filter(({ taxid }) => !present.has(taxid)).map(({ taxid }) => genusOf(taxid))
  if (wrong.length === 0) return known(0)
  const genera = new Set([...present.keys()].map(genusOf))
  if (genera.has(null)) return missing('no_truth')
  if (wrong.includes(null)) return missing('rank_absent')
  return known(wrong.filter((genus) => genus !== '' && genera.has(genus)).length)
}

const placeInReport = (calls: readonly ReportedTaxon[], { present }: TrueTaxa, scoreOf: Score): Quantity =>
  present.size === 0
    ? missing('not_applicable')
    : placeOfTrue(calls.map((taxon) => ({ score: scoreOf(taxon), isTrue: present.has(taxon.taxid) })))

/** By percentages where the truth states an abundance, else by reads where both sides count them. */
const log2Error = (found: readonly ReportedTaxon[], expected: ReadonlyMap<string, TrueTaxon>): Quantity => {
  const states = [...expected.values()].some(({ abundance, reads }) => abundance !== null || reads !== null)
  if (!states) return missing(expected.size === 0 ? 'not_applicable' : 'no_truth')
  const errors = found.flatMap(({ taxid, percentage, reads }) => {
    const truth = expected.get(taxid)
    if (truth === undefined) return []
    if (truth.abundance !== null) return [Math.abs(Math.log2(percentage / truth.abundance))]
    return truth.reads !== null && reads !== null && reads > 0 ? [Math.abs(Math.log2(reads / truth.reads))] : []
  })
  return errors.length === 0 ? missing('no_prediction') : known(median(errors))
}

/** The share of the taxa at each truth level that was found: what the limit of detection is made of. */
const detection = (
  expected: ReadonlyMap<string, TrueTaxon>,
  called: ReadonlySet<string>,
  measure: LevelMeasure | null,
): readonly SampleValue[] => {
  if (measure === null) return [['detection_rate', null, missing('not_applicable')]]
  return [...taxaByLevel(expected, measure)]
    .sort(([left], [right]) => right - left)
    .map(([amount, taxids]): SampleValue => {
      const detected = taxids.filter((taxid) => called.has(taxid)).length
      return ['detection_rate', levelName(measure, amount), ratio(detected, taxids.length)]
    })
}
