import type { MetricDefinition } from './definition.ts'

const TYPES = ['diversity-analysis']
const OPAL = 'Meyer et al. (OPAL), Genome Biol. 20 (2019) 51, doi:10.1186/s13059-019-1646-y'
const UNIFRAC = `${OPAL}; McClelland and Koslicki, J. Math. Biol. 77 (2018) 935, doi:10.1007/s00285-018-1235-9`
const RANK_EMPTY = 'the truth has no taxa at this rank'
const EITHER_EMPTY = `${RANK_EMPTY}, or the prediction has none`

type Given = Pick<
  MetricDefinition,
  'id' | 'title' | 'definition' | 'formula' | 'undefinedWhen' | 'source' | 'unit' | 'direction' | 'range' | 'kind'
> &
  Partial<Pick<MetricDefinition, 'aliases' | 'aggregations'>>

const profile = (given: Given): MetricDefinition => ({
  aliases: [],
  aggregations: ['macro'],
  ...given,
  version: 1,
  family: 'profile',
  benchmarkTypes: TYPES,
})

const error = (given: Omit<Given, 'direction' | 'kind'>): MetricDefinition =>
  profile({ ...given, direction: 'lower', kind: 'distance' })

const share = (
  given: Pick<Given, 'id' | 'title' | 'definition' | 'formula' | 'undefinedWhen' | 'source' | 'aliases'>,
) =>
  profile({
    ...given,
    unit: 'ratio',
    direction: 'higher',
    range: [0, 1],
    kind: 'ratio01',
    aggregations: ['macro', 'micro'],
  })

interface Diversity {
  readonly name: string
  readonly title: string
  readonly what: string
  readonly value: string
  readonly unit: string
  readonly undefinedWhen: string
  readonly source: string
  readonly range: readonly [number, number | null]
}

/** |predicted − true| of a diversity index, and the same relative to the true value. */
const alphaErrors = ({ name, title, what, value, unit, undefinedWhen, source, range }: Diversity) => [
  error({
    id: `${name}_error`,
    title: `${title}: absolute error`,
    definition: `Difference between prediction and truth in ${what}.`,
    formula: `|x(p) − x(g)|, x = ${value}`,
    unit,
    range,
    undefinedWhen,
    source,
  }),
  error({
    id: `${name}_relative_error`,
    title: `${title}: relative error`,
    definition: `Difference between prediction and truth in ${what}, as a share of the true value.`,
    formula: `|x(p) − x(g)| / x(g), x = ${value}`,
    unit: 'ratio',
    range: [0, null],
    undefinedWhen: `${undefinedWhen}; or the true value is 0`,
    source,
  }),
]

/** What only a diversity-analysis benchmark has. All but UniFrac are per taxonomic rank. */
export const PROFILE_METRICS: readonly MetricDefinition[] = [
  error({
    id: 'bray_curtis_distance',
    title: 'Bray-Curtis distance',
    aliases: [{ name: 'bray_curtis' }],
    definition:
      'Dissimilarity of the abundances of one rank. 0 when they are equal, 1 when they share no taxon or the prediction lacks the rank.',
    formula: 'Σ|g − p| / Σ(g + p)',
    unit: 'ratio',
    range: [0, 1],
    undefinedWhen: RANK_EMPTY,
    source: `Bray and Curtis, Ecol. Monogr. 27 (1957) 325, doi:10.2307/1942268; ${OPAL}`,
  }),
  error({
    id: 'l1_norm_error',
    title: 'L1 norm error',
    aliases: [{ name: 'l1_norm' }, { name: 'l1_error' }],
    definition:
      'Sum of the absolute differences of the abundances of one rank. At most 2 for profiles that sum to 100 %; a profile that reports little has little to be wrong about, so read it with the sum of abundances.',
    formula: 'Σ|g − p| / 100',
    unit: 'ratio',
    range: [0, null],
    undefinedWhen: RANK_EMPTY,
    source: OPAL,
  }),
  share({
    id: 'completeness',
    title: 'Completeness (recall of taxa)',
    definition: 'Share of the taxa truly there that the profile has. A taxon is there when its abundance is above 0.',
    formula: 'TP / (TP + FN)',
    undefinedWhen: RANK_EMPTY,
    source: OPAL,
  }),
  share({
    id: 'purity',
    title: 'Purity (precision of taxa)',
    definition: 'Share of the taxa in the profile that are truly there.',
    formula: 'TP / (TP + FP)',
    undefinedWhen: EITHER_EMPTY,
    source: OPAL,
  }),
  profile({
    id: 'shannon_diversity',
    title: 'Shannon diversity of the prediction',
    aliases: [{ name: 'shannon' }],
    definition:
      'Diversity of the predicted taxa of one rank, from abundances as stated: not scaled to sum 1, unless the profile is.',
    formula: '−Σ q ln q, q = p / 100',
    unit: 'nats',
    direction: 'none',
    range: [null, null],
    kind: 'distance',
    undefinedWhen: EITHER_EMPTY,
    source: OPAL,
  }),
  profile({
    id: 'shannon_equitability',
    title: 'Shannon equitability of the prediction',
    definition: 'Shannon diversity as a share of the largest possible for as many taxa; 0 for a single taxon.',
    formula: '(−Σ q ln q) / ln S, q = p / 100',
    unit: 'ratio',
    direction: 'none',
    range: [null, null],
    kind: 'distance',
    undefinedWhen: EITHER_EMPTY,
    source: OPAL,
  }),
  profile({
    id: 'taxon_counts',
    title: 'Number of predicted taxa',
    aliases: [{ name: 'taxon_count' }],
    definition: 'How many taxa of one rank the prediction has.',
    formula: '|{taxa with p > 0}|',
    unit: 'count',
    direction: 'none',
    range: [0, null],
    kind: 'count',
    undefinedWhen: RANK_EMPTY,
    source: OPAL,
  }),
  profile({
    id: 'sum_of_abundances',
    title: 'Sum of predicted abundances',
    definition: 'How much of the sample the prediction assigns at one rank; what is left was not classified.',
    formula: 'Σp / 100',
    unit: 'ratio',
    direction: 'none',
    range: [0, null],
    kind: 'distance',
    undefinedWhen: RANK_EMPTY,
    source: OPAL,
  }),
  ...alphaErrors({
    name: 'richness',
    title: 'Richness',
    what: 'the number of taxa of one rank',
    value: 'S',
    unit: 'count',
    range: [0, null],
    undefinedWhen: RANK_EMPTY,
    source: 'rule of this program',
  }),
  ...alphaErrors({
    name: 'shannon',
    title: 'Shannon index',
    what: 'the Shannon index (natural logarithm) of one rank, its abundances scaled to sum 1',
    value: '−Σ q ln q, q = p / Σp',
    unit: 'nats',
    range: [0, null],
    undefinedWhen: EITHER_EMPTY,
    source: 'Shannon, Bell Syst. Tech. J. 27 (1948) 379, doi:10.1002/j.1538-7305.1948.tb01338.x',
  }),
  ...alphaErrors({
    name: 'simpson',
    title: 'Simpson index',
    what: 'the Gini-Simpson index of one rank, its abundances scaled to sum 1',
    value: '1 − Σ q², q = p / Σp',
    unit: 'ratio',
    range: [0, 1],
    undefinedWhen: EITHER_EMPTY,
    source: 'Simpson, Nature 163 (1949) 688, doi:10.1038/163688a0',
  }),
  ...alphaErrors({
    name: 'inverse_simpson',
    title: 'Inverse Simpson index',
    what: 'the effective number of taxa of one rank, its abundances scaled to sum 1',
    value: '1 / Σ q², q = p / Σp',
    unit: 'taxa',
    range: [0, null],
    undefinedWhen: EITHER_EMPTY,
    source: 'Hill, Ecology 54 (1973) 427, doi:10.2307/1934352',
  }),
  ...alphaErrors({
    name: 'pielou',
    title: 'Pielou evenness',
    what: 'the evenness of one rank: its Shannon index over the largest possible one',
    value: '(−Σ q ln q) / ln S, q = p / Σp',
    unit: 'ratio',
    range: [0, 1],
    undefinedWhen: `${EITHER_EMPTY}; or either side has a single taxon`,
    source: 'Pielou, J. Theor. Biol. 13 (1966) 131, doi:10.1016/0022-5193(66)90013-0',
  }),
  ...alphaErrors({
    name: 'chao1',
    title: 'Chao1 richness estimate',
    what: 'the number of taxa of one rank: the Chao1 estimate (bias-corrected) from the prediction’s read counts against how many are truly there',
    value: 'S + F₁(F₁ − 1) / (2(F₂ + 1)) for the prediction, S for the truth',
    unit: 'count',
    range: [0, null],
    undefinedWhen: `${EITHER_EMPTY}; or the tool reports no read counts`,
    source: 'Chao, Scand. J. Stat. 11 (1984) 265; error: rule of this program',
  }),
  error({
    id: 'weighted_unifrac_error',
    title: 'Weighted UniFrac error',
    definition:
      'How far abundance has to be moved along the taxonomic tree to turn the prediction into the truth; branches get shorter with depth. Over all ranks at once.',
    formula: 'Σ length·|mass moved| / (200 / number of ranks), length = 1 / depth',
    unit: 'ratio',
    range: [0, null],
    undefinedWhen: 'the truth of the sample has no taxa',
    source: UNIFRAC,
  }),
  error({
    id: 'unweighted_unifrac_error',
    title: 'Unweighted UniFrac error',
    definition:
      'The same with every taxon of equal weight, relative to the distance between the truth and an empty profile. Above 1 when more is wrongly reported than there was to find.',
    formula: 'Z(g, p) / Z(g, ∅), Z = Σ length·|taxa moved|, length = 1 / depth',
    unit: 'ratio',
    range: [0, null],
    undefinedWhen: 'the truth of the sample has no taxa',
    source: UNIFRAC,
  }),
  error({
    id: 'weighted_unifrac_cami',
    title: 'Weighted UniFrac as in the CAMI challenges',
    definition: 'Abundance moved along the tree, every branch of length 1, both profiles scaled to mass 1.',
    formula: 'Σ |mass moved|',
    unit: 'ratio',
    range: [0, null],
    undefinedWhen: 'the truth of the sample has no taxa',
    source: UNIFRAC,
  }),
  error({
    id: 'unweighted_unifrac_cami',
    title: 'Unweighted UniFrac as in the CAMI challenges',
    definition: 'Taxa moved along the tree, every branch of length 1 and every taxon of weight 1.',
    formula: 'Σ |taxa moved|',
    unit: 'ratio',
    range: [0, null],
    undefinedWhen: 'the truth of the sample has no taxa',
    source: UNIFRAC,
  }),
]

/** Ending of the names that values before the filter (`--filter`) have. */
export const BEFORE_FILTER = '_unfiltered'

/** The metric that a value before the filter is of: the same with another name. */
export const beforeFilter = (metric: MetricDefinition): MetricDefinition => ({
  ...metric,
  id: `${metric.id}${BEFORE_FILTER}`,
  title: `${metric.title}, before the filter`,
  aliases: [],
  aggregations: ['macro'],
})
