import { vocabularyKey, type GeneVocabulary } from '../names/gene-vocabulary.ts'
import { buildVocabulary } from '../names/vocabulary.ts'
import { known, missing, type Quantity } from '../score.ts'
import { AMR_LEVELS, type AmrLevel, type AmrScoringOptions } from '../scoring-options.ts'
import type { AmrCall } from './call.ts'
import { filterCalls } from './filter-calls.ts'
import { identitiesOf } from './keyed-sample.ts'
import { type KeyedLevel, keyRules } from './level-keys.ts'
import { bestOfEachLocus } from './locus-policy.ts'
import { aliasKey, nameTables } from './name-tables.ts'
import type { KeyRung } from './scoring.ts'

/** What several tools report of the same samples. */
export interface ConcordanceInput {
  /** Calls by prediction and sample; a sample that is not there has none. */
  readonly predictions: ReadonlyMap<string, ReadonlyMap<string, readonly AmrCall[]>>
  readonly samples: readonly string[]
  readonly options: AmrScoringOptions
  readonly vocabulary: GeneVocabulary | null
}

/** How far two predictions agree on one sample at one level. */
export interface PairAgreement {
  readonly level: AmrLevel
  readonly sample: string
  readonly left: string
  readonly right: string
  readonly shared: number
  readonly leftOnly: number
  readonly rightOnly: number
  /** Shared keys among all keys of the two; undefined where neither reports any. */
  readonly jaccard: Quantity
}

/** What all predictions together report of one sample at one level. */
export interface SampleAgreement {
  readonly level: AmrLevel
  readonly sample: string
  /** Keys of any, of more than half, and of all predictions. */
  readonly union: number
  readonly majority: number
  readonly intersection: number
}

/** Mean over the samples where it has a value. */
export interface PairSummary {
  readonly level: AmrLevel
  readonly left: string
  readonly right: string
  readonly jaccard: Quantity
  readonly n: number
  readonly nExpected: number
}

/** What a prediction's keys rest on. */
export interface KeyBasis {
  readonly level: AmrLevel
  readonly prediction: string
  /** Keys over all samples, and how many of them are known by their spelling alone. */
  readonly keys: number
  readonly bySpelling: number
}

export interface Concordance {
  readonly pairs: readonly PairAgreement[]
  readonly sets: readonly SampleAgreement[]
  readonly summary: readonly PairSummary[]
  readonly basis: readonly KeyBasis[]
  readonly comparability: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

const SPELLING: ReadonlySet<KeyRung> = new Set(['symbol', 'family_series', 'text', 'class_text'])

/**
 * Compares what tools report with each other, without a truth: agreement says that they see the same, not that it is
 * right. Per sample and level, sets of distinct keys; level `locus` has none. Jaccard index of two sets: shared keys
 * divided by all keys of the two.
 */
export const concordance = (input: ConcordanceInput): Concordance => {
  const { samples, options } = input
  const labels = [...input.predictions.keys()]
  const pairs: PairAgreement[] = []
  const sets: SampleAgreement[] = []
  const summary: PairSummary[] = []
  const basis: KeyBasis[] = []
  const counting = countingCalls(input)
  const unmapped = new Set<string>()
  for (const level of AMR_LEVELS) {
    if (level === 'locus' || !options.levels.includes(level)) continue
    const keysOf = keySets(level, input, counting, unmapped)
    // Where no tool says anything (mechanisms), nothing is compared.
    if (labels.every((label) => samples.every((sample) => keysOf(label, sample).size === 0)) && isOptional(level))
      continue
    for (const sample of samples)
      sets.push({ level, sample, ...agreement(labels.map((label) => keysOf(label, sample))) })
    for (const [left, right] of pairsOf(labels)) {
      const compared = samples.map((sample) => comparePair(keysOf(left, sample), keysOf(right, sample)))
      pairs.push(...compared.map((pair, index) => ({ level, sample: samples[index] ?? '', left, right, ...pair })))
      const values = compared.flatMap(({ jaccard }) => (jaccard.value === null ? [] : [jaccard.value]))
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const jaccard = values.length === 0 ? missing('undefined_0/0') : known(mean)
      summary.push({ level, left, right, jaccard, n: values.length, nExpected: samples.length })
    }
    for (const prediction of labels) {
      const all = samples.flatMap((sample) => [...keysOf(prediction, sample).values()])
      basis.push({ level, prediction, keys: all.length, bySpelling: all.filter((rung) => SPELLING.has(rung)).length })
    }
  }
  return { pairs, sets, summary, basis, comparability: comparability(options), warnings: warnings(basis, unmapped) }
}

const isOptional = (level: KeyedLevel): boolean => level === 'mechanism' || level === 'drug_class'

const pairsOf = (labels: readonly string[]): readonly (readonly [string, string])[] =>
  labels.flatMap((left, index) => labels.slice(index + 1).map((right) => [left, right] as const))

const countingCalls = ({ predictions, options }: ConcordanceInput): ConcordanceInput['predictions'] =>
  new Map(
    [...predictions].map(([label, bySample]) => [
      label,
      new Map(
        [...bySample].map(([sample, calls]) => {
          const kept = filterCalls(calls, options).calls
          return [sample, options.locusPolicy === 'best' ? bestOfEachLocus(kept) : kept] as const
        }),
      ),
    ]),
  )

/** Distinct keys of a prediction and a sample, each with the rung of the ladder it stands on. */
const keySets = (
  level: KeyedLevel,
  { options, vocabulary }: ConcordanceInput,
  predictions: ConcordanceInput['predictions'],
  unmapped: Set<string>,
): ((label: string, sample: string) => ReadonlyMap<string, KeyRung>) => {
  const rules = keyRules(level, {
    tables: nameTables(options, level, vocabulary),
    truthStatesClasses: false,
    unmapped: (name) => void unmapped.add(name),
  })
  const all = [...predictions.values()].flatMap((bySample) => [...bySample.values()].flat())
  // All tools together are what names are compared within: none of them is right.
  const { keyOf } = buildVocabulary(identitiesOf(all, rules.call), { strict: rules.strict })
  const sets = new Map<string, ReadonlyMap<string, KeyRung>>()
  for (const [label, bySample] of predictions)
    for (const [sample, calls] of bySample) {
      const keys = new Map<string, KeyRung>()
      for (const identity of identitiesOf(calls, rules.call)) {
        const { id, rung } = keyOf(identity)
        if (!keys.has(id) || SPELLING.has(keys.get(id) ?? 'symbol')) keys.set(id, rung)
      }
      sets.set(`${label}\n${sample}`, keys)
    }
  return (label, sample) => sets.get(`${label}\n${sample}`) ?? new Map<string, KeyRung>()
}

type KeySet = ReadonlyMap<string, unknown>

const comparePair = (
  left: KeySet,
  right: KeySet,
): Pick<PairAgreement, 'shared' | 'leftOnly' | 'rightOnly' | 'jaccard'> => {
  const shared = [...left.keys()].filter((key) => right.has(key)).length
  const union = left.size + right.size - shared
  return {
    shared,
    leftOnly: left.size - shared,
    rightOnly: right.size - shared,
    jaccard: union === 0 ? missing('undefined_0/0') : known(shared / union),
  }
}

const agreement = (sets: readonly KeySet[]): Omit<SampleAgreement, 'level' | 'sample'> => {
  const counts = new Map<string, number>()
  for (const set of sets) for (const key of set.keys()) counts.set(key, (counts.get(key) ?? 0) + 1)
  const reportedBy = [...counts.values()]
  return {
    union: reportedBy.length,
    majority: reportedBy.filter((count) => count > sets.length / 2).length,
    intersection: reportedBy.filter((count) => count === sets.length).length,
  }
}

const comparability = (options: AmrScoringOptions): Readonly<Record<string, string>> => ({
  benchmark_type: 'amr-detection',
  locus_policy: options.locusPolicy,
  min_identity: String(options.minIdentity ?? 'none'),
  min_coverage: String(options.minCoverage ?? 'none'),
  variation_types: [...options.variationTypes].sort().join(','),
  aliases: aliasKey(options),
  vocabulary: vocabularyKey(options.vocabulary),
})

const warnings = (basis: readonly KeyBasis[], unmapped: ReadonlySet<string>): readonly string[] => {
  const genes = basis.filter(({ level }) => level === 'gene')
  const spelled = genes.filter(({ bySpelling }) => bySpelling > 0)
  const said = spelled.map(
    ({ prediction, keys, bySpelling }) => `${prediction} ${String(bySpelling)} of ${String(keys)}`,
  )
  return [
    ...(said.length === 0
      ? []
      : [
          `Genes known by their spelling alone: ${said.join(', ')}. Tools of different nomenclature then seem to agree less than they do.`,
        ]),
    ...(unmapped.size === 0
      ? []
      : [`Drug classes in no table, compared by their text: ${[...unmapped].sort().join(', ')}.`]),
  ]
}
