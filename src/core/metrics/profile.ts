import type { MetricDefinition } from './definition.ts'
import { EITHER_EMPTY, error, type Given, OPAL, OTHER_TYPE, profile, RANK_EMPTY } from './profile-definition.ts'
import { ALPHA_ERRORS, BETA_AGREEMENTS } from './profile-diversity.ts'

const UNIFRAC = `${OPAL}; McClelland and Koslicki, J. Math. Biol. 77 (2018) 935, doi:10.1007/s00285-018-1235-9`

const share = (
  given: Pick<Given, 'id' | 'title' | 'definition' | 'formula' | 'undefinedWhen' | 'weakness' | 'source' | 'aliases'>,
) =>
  profile({
    ...given,
    unit: 'ratio',
    direction: 'higher',
    range: [0, 1],
    kind: 'ratio01',
    aggregations: ['macro', 'micro'],
  })

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
    weakness: 'A few abundant taxa decide it: missing every rare one hardly shows.',
    undefinedWhen: `${RANK_EMPTY}${OTHER_TYPE}`,
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
    smallestEffect: { of: 'unit', value: 0.02 },
    weakness: 'A few abundant taxa decide it; an unclassified share counts as wrong by its size only.',
    undefinedWhen: `${RANK_EMPTY}${OTHER_TYPE}`,
    source: OPAL,
  }),
  error({
    id: 'bray_curtis_distance_normalized',
    title: 'Bray-Curtis distance, every rank scaled to 100 %',
    definition:
      'The same with the abundances of each rank of truth and prediction scaled to sum 100 % first: what a share that is not classified, or not in the truth, does not count in. With --normalize, the distance itself is this.',
    formula: 'Σ|g′ − p′| / Σ(g′ + p′), x′ = 100 x / Σx',
    unit: 'ratio',
    range: [0, 1],
    weakness:
      'Scaling hides how much was not classified: a profile that knows one tenth of the sample is scored by that tenth.',
    undefinedWhen: `${RANK_EMPTY}${OTHER_TYPE}`,
    source: `Bray and Curtis, Ecol. Monogr. 27 (1957) 325, doi:10.2307/1942268; ${OPAL} (option -n)`,
  }),
  error({
    id: 'l1_norm_error_normalized',
    title: 'L1 norm error, every rank scaled to 100 %',
    definition:
      'The same with the abundances of each rank of truth and prediction scaled to sum 100 % first. With --normalize, the error itself is this.',
    formula: 'Σ|g′ − p′| / 100, x′ = 100 x / Σx',
    unit: 'ratio',
    range: [0, 2],
    weakness:
      'Scaling hides how much was not classified: a profile that knows one tenth of the sample is scored by that tenth.',
    undefinedWhen: `${RANK_EMPTY}${OTHER_TYPE}`,
    source: `${OPAL} (option -n)`,
  }),
  share({
    id: 'completeness',
    title: 'Completeness (recall of taxa)',
    definition: 'Share of the taxa truly there that the profile has. A taxon is there when its abundance is above 0.',
    formula: 'TP / (TP + FN)',
    weakness: 'Reporting every taxon reaches 1: read it with purity. A taxon of 0.001 % weighs as much as one of 50 %.',
    undefinedWhen: RANK_EMPTY,
    source: OPAL,
  }),
  share({
    id: 'purity',
    title: 'Purity (precision of taxa)',
    definition: 'Share of the taxa in the profile that are truly there.',
    formula: 'TP / (TP + FP)',
    weakness:
      'Reporting only what is certain reaches 1: read it with completeness. Traces at the edge of a filter move it far.',
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
    weakness: 'Describes the prediction only; a wrong profile can have the true value. shannon_error compares it.',
    undefinedWhen: 'the prediction has no taxa at this rank',
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
    weakness: 'Describes the prediction only, and rises when rare taxa are left out.',
    undefinedWhen: 'the prediction has no taxa at this rank',
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
    weakness: 'Describes the prediction only; a wrong list can have the true length. richness_error compares it.',
    undefinedWhen: 'the truth says nothing about the sample, or the tool did not run on it',
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
    weakness: 'Describes the prediction only: 1 says that a profile is scaled, not that it is right.',
    undefinedWhen: 'the truth says nothing about the sample, or the tool did not run on it',
    source: OPAL,
  }),
  ...ALPHA_ERRORS,
  error({
    id: 'weighted_unifrac_error',
    title: 'Weighted UniFrac error',
    definition:
      'How far abundance has to be moved along the taxonomic tree to turn the prediction into the truth; branches get shorter with depth. Over all ranks at once.',
    formula: 'Σ length·|mass moved| / (200 / number of ranks), length = 1 / depth',
    unit: 'ratio',
    range: [0, null],
    smallestEffect: { of: 'unit', value: 0.01 },
    weakness:
      'Rewards being wrong nearby: a wrong species of the right genus costs little. Depends on the taxonomy both sides use.',
    undefinedWhen: `the truth of the sample has no taxa${OTHER_TYPE}`,
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
    smallestEffect: { of: 'unit', value: 0.01 },
    weakness: 'Traces weigh as much as abundant taxa. Depends on the taxonomy both sides use.',
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
    weakness: 'Rewards being wrong nearby, and keeps the quirks of the challenges: for comparison with their tables.',
    undefinedWhen: `the truth of the sample has no taxa${OTHER_TYPE}`,
    source: UNIFRAC,
  }),
  error({
    id: 'unweighted_unifrac_cami',
    title: 'Unweighted UniFrac as in the CAMI challenges',
    definition: 'Taxa moved along the tree, every branch of length 1 and every taxon of weight 1.',
    formula: 'Σ |taxa moved|',
    unit: 'ratio',
    range: [0, null],
    weakness:
      'Traces weigh as much as abundant taxa, and it keeps the quirks of the challenges: for comparison with their tables.',
    undefinedWhen: 'the truth of the sample has no taxa',
    source: UNIFRAC,
  }),
  ...BETA_AGREEMENTS,
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
