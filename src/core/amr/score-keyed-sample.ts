import { type ConfusionCounts, CONFUSION_FORMULAS } from '../metrics/confusion.ts'
import { known, type Quantity } from '../score.ts'
import type { AmrLevel } from '../scoring-options.ts'
import { abundanceScores, allMissing } from './abundance.ts'
import type { AmrCall } from './call.ts'
import { detectionByDepth } from './detection-by-depth.ts'
import { rowsOf } from './filter-calls.ts'
import type { CallKey, KeyedSample, TruthKey } from './keyed-sample.ts'
import { precisionRecall } from './precision-recall.ts'
import type { AmrMatch, SampleScores } from './scoring.ts'
import type { Universe } from './universe.ts'

/** What all samples of a level share. */
interface LevelFacts {
  readonly level: AmrLevel
  readonly universe: Universe
  /** The truth of the dataset states depth or copies at all. */
  readonly hasAbundance: boolean
}

/** Levels whose keys are genes, so that abundance and depth mean something. */
const GENE_LEVELS: ReadonlySet<AmrLevel> = new Set(['allele', 'gene', 'family'])

/** Counts one sample as sets of distinct keys and computes every metric of the level. */
export const scoreKeyedSample = (
  sample: string,
  keyed: KeyedSample,
  { level, universe, hasAbundance }: LevelFacts,
): SampleScores => {
  const panel = universe.of(sample)
  const counts = countKeys(keyed, panel)
  const { points, averagePrecision } = precisionRecall(keyed)
  const quantities: (readonly [string, Quantity])[] = Object.entries(CONFUSION_FORMULAS).map(([id, formula]) => [
    id,
    formula(counts),
  ])
  quantities.push(['average_precision', averagePrecision])
  if (level === 'drug_class')
    quantities.push([
      'drug_class_exact_match',
      known(counts.falsePositives === 0 && counts.falseNegatives === 0 ? 1 : 0),
    ])
  if (GENE_LEVELS.has(level)) {
    quantities.push(...Object.entries(hasAbundance ? abundanceScores(keyed) : allMissing('not_applicable')))
    quantities.push(...detectionByDepth(keyed))
  }
  return {
    quantities,
    matches: matchesOf(sample, level, keyed, panel),
    curve: points.length === 0 ? null : { sample, level, points },
  }
}

/** The confusion counts of two key sets; `panel` null = no universe. */
const countKeys = ({ truth, found }: KeyedSample, panel: ReadonlySet<string> | null): ConfusionCounts => {
  const wrong = [...found.values()].filter(({ key }) => !truth.has(key))
  const falseNegatives = [...truth.keys()].filter((key) => !found.has(key)).length
  const foundNames = new Set([...found.values()].flatMap(({ key, names }) => [key, ...names]))
  const rows = [...found.values()].reduce((total, { calls }) => total + rowsOf(calls), 0)
  return {
    truePositives: found.size - wrong.length,
    falsePositives: wrong.length,
    falseNegatives,
    trueNegatives: panel === null ? null : [...panel].filter((key) => !truth.has(key) && !foundNames.has(key)).length,
    falsePositivesOutside: panel === null ? null : wrong.filter((call) => !isInside(call, panel)).length,
    redundantHits: rows - found.size,
  }
}

// A finding outside the truth's words may have an ontology term as key while a universe list has its spelling.
const isInside = ({ key, names }: CallKey, panel: ReadonlySet<string>): boolean =>
  panel.has(key) || [...names].some((name) => panel.has(name))

const matchesOf = (
  sample: string,
  level: AmrLevel,
  { truth, found }: KeyedSample,
  panel: ReadonlySet<string> | null,
): readonly AmrMatch[] => [
  ...[...truth.values()].map((entry): AmrMatch => {
    const call = found.get(entry.key)
    return {
      sample,
      level,
      status: call ? 'TP' : 'FN',
      key: entry.key,
      // An alias on either side is what joined them.
      rung: call && entry.rung !== 'alias' ? call.rung : entry.rung,
      inUniverse: panel === null ? null : panel.has(entry.key),
      ...truthSide(entry),
      ...callSide(call),
    }
  }),
  ...[...found.values()]
    .filter(({ key }) => !truth.has(key))
    .map((call): AmrMatch => ({
      sample,
      level,
      status: 'FP',
      key: call.key,
      rung: call.rung,
      inUniverse: panel === null ? null : isInside(call, panel),
      truthSymbol: null,
      truthLine: null,
      ...callSide(call),
    })),
]

const truthSide = ({ genes: [gene] }: TruthKey): Pick<AmrMatch, 'truthSymbol' | 'truthLine'> => ({
  truthSymbol: gene?.geneSymbol ?? null,
  truthLine: gene?.location.line ?? null,
})

const callSide = (call: CallKey | undefined): Pick<AmrMatch, 'callSymbol' | 'callLine' | 'rows'> => {
  const best = call?.calls.reduce((kept, next) => (surer(next, kept) ? next : kept))
  return { callSymbol: best?.geneSymbol ?? null, callLine: best?.line ?? null, rows: rowsOf(call?.calls ?? []) }
}

/** Whether a row speaks for its key rather than another: higher score, else higher identity, else the earlier row. */
export const surer = (call: AmrCall, than: AmrCall): boolean => {
  const difference = (call.score ?? 0) - (than.score ?? 0) || (call.identity ?? 0) - (than.identity ?? 0)
  return difference > 0
}
