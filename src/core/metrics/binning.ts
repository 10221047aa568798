import type { MetricDefinition, OwnWords } from './definition.ts'

const AMBER = 'Meyer et al. (AMBER), GigaScience 7 (2018) giy069, doi:10.1093/gigascience/giy069'
const AMBER_2 = 'Meyer et al., Nat. Protoc. 16 (2021) 1785, doi:10.1038/s41596-020-00480-3 (AMBER 2)'
const NO_BINS = 'no bin holds a sequence of the truth'
const NO_GENOMES = 'the truth has no genomes'
const KEY =
  'n = shared by bin b and genome g; g(b) = genome with most bp in b; |b| = size of a bin within the truth, |g| = size of a genome'

type Given = OwnWords & Partial<Pick<MetricDefinition, 'aggregations'>>

const binning = (given: Given): MetricDefinition => ({
  aliases: [],
  aggregations: ['macro'],
  ...given,
  version: 1,
  family: 'binning',
  benchmarkTypes: ['binning'],
})

type Share = Pick<Given, 'id' | 'title' | 'definition' | 'formula' | 'undefinedWhen' | 'weakness' | 'source'> &
  Partial<Pick<Given, 'direction' | 'range' | 'kind'>>

const share = (given: Share): MetricDefinition =>
  binning({ unit: 'ratio', direction: 'higher', range: [0, 1], kind: 'ratio01', ...given })

/** A mean over bins or genomes, the standard error it has, and the variance behind it. */
const average = (given: Share, of: string): readonly Share[] => {
  const error = {
    undefinedWhen: `fewer than two ${of}`,
    direction: 'none',
    range: [0, null],
    kind: 'distance',
  } as const
  return [
    given,
    {
      ...error,
      id: `${given.id}_sem`,
      title: `${given.title}: standard error`,
      definition: `Standard error of the mean over ${of}. It says how much bins of one sample differ, nothing of other samples.`,
      weakness: 'Bins of one sample share its errors, so it is too small to tell tools apart.',
      formula: '√(variance / n)',
      source: given.source,
    },
    {
      ...error,
      id: `${given.id}_variance`,
      title: `${given.title}: variance`,
      definition: `Variance over ${of}.`,
      weakness: 'Values lie between 0 and 1, mostly at the ends: a mean with a variance describes them badly.',
      formula: 'Σ(x − mean)² / (n − 1)',
      source: given.source,
    },
  ]
}

// Each of these is computed twice, by base pairs and by sequences.
const COUNTED_BOTH_WAYS: readonly Share[] = [
  ...average(
    {
      id: 'average_purity',
      title: 'Average purity of bins',
      definition:
        'Mean over bins of the share of a bin that is of one genome, the one with most base pairs in it. Small bins weigh as much as large ones; with --min-completeness-share the smallest do not count.',
      formula: `mean over b of n(b, g(b)) / |b|; ${KEY}`,
      weakness: 'Bins of one sequence are pure: many small ones raise it. Says nothing of what was left out.',
      undefinedWhen: NO_BINS,
      source: AMBER,
    },
    'bins',
  ),
  ...average(
    {
      id: 'average_completeness',
      title: 'Average completeness of genomes',
      definition:
        'Mean over all genomes of the truth of the largest share of a genome in one bin; 0 for a genome that was not binned. The definition of AMBER 2: one value for each genome, also where a bin belongs to another genome. AMBER 1 and the first CAMI challenge averaged over bins: see cami1_average_completeness.',
      formula: `mean over g of n(b(g), g) / |g|, b(g) = bin with most bp of g; ${KEY}`,
      weakness:
        'One bin with everything in it reaches 1: read it with purity. Small genomes weigh as much as large ones.',
      undefinedWhen: NO_GENOMES,
      source: AMBER_2,
    },
    'genomes',
  ),
  {
    id: 'f1_score',
    title: 'F1 score of the averages',
    definition: 'Harmonic mean of average purity and average completeness (definition of AMBER 2).',
    formula: '2·P·C / (P + C), P = average_purity, C = average_completeness; 0 when C is 0',
    weakness: 'One side is a mean over bins and the other over genomes, so it is of neither.',
    undefinedWhen: `${NO_GENOMES}; or no bin counts although something was binned`,
    source: AMBER_2,
  },
  ...average(
    {
      id: 'cami1_average_completeness',
      title: 'Average completeness as in the first CAMI challenge',
      definition:
        'Mean over bins of the share of its genome that a bin has, and a 0 for each genome that no bin maps to. The definition of AMBER 1: a genome split over many bins has many low values, so this is lower than average_completeness wherever genomes are split. Not comparable with it.',
      formula: `mean of n(b, g(b)) / |g(b)| over b and of a 0 for each g that is g(b) of no b; ${KEY}`,
      weakness: 'Falls with every further bin of a genome, so it measures splitting as much as completeness.',
      undefinedWhen: `${NO_GENOMES}, and ${NO_BINS}`,
      source: AMBER,
    },
    'bins and missed genomes',
  ),
  {
    id: 'cami1_f1_score',
    title: 'F1 score as in the first CAMI challenge',
    definition: 'Harmonic mean of average purity and the CAMI 1 average completeness.',
    formula: '2·P·C / (P + C), P = average_purity, C = cami1_average_completeness; 0 when C is 0',
    weakness: 'Both sides fall or rise with the number of small bins.',
    undefinedWhen: `${NO_GENOMES}; or no bin counts although something was binned`,
    source: AMBER,
  },
  {
    id: 'purity',
    title: 'Purity of the sample',
    definition: 'Share of all that is in bins that is of the genome its bin maps to. Large bins weigh more.',
    formula: `Σ over b of n(b, g(b)) / Σ|b|; ${KEY}`,
    weakness: 'A few large bins decide it; says nothing of what was left out.',
    undefinedWhen: NO_BINS,
    source: AMBER_2,
  },
  {
    id: 'completeness',
    title: 'Completeness of the sample',
    definition:
      'Share of all genomes together that is in the bin with most base pairs of each. Large genomes weigh more; average_completeness is the mean over genomes.',
    formula: `Σ over g of n(b(g), g) / Σ|g|, b(g) = bin with most bp of g; ${KEY}`,
    weakness: 'A few large genomes decide it; one bin with everything in it reaches 1.',
    undefinedWhen: NO_GENOMES,
    source: AMBER_2,
  },
  {
    id: 'f1_score_per',
    title: 'F1 score of the sample',
    definition: 'Harmonic mean of purity and completeness of the sample.',
    formula: '2·P·C / (P + C), P = purity, C = completeness; 0 when C is 0',
    weakness: 'A few large genomes and bins decide it.',
    undefinedWhen: `${NO_GENOMES}; or no bin counts although something was binned`,
    source: AMBER_2,
  },
  {
    id: 'accuracy',
    title: 'Accuracy',
    definition: 'Share of the whole truth that is in a bin of its own genome; what was not binned counts as wrong.',
    formula: `Σ over b of n(b, g(b)) / Σ|g|; ${KEY}`,
    weakness: 'A few large genomes decide it; wrong and not binned count alike.',
    undefinedWhen: NO_GENOMES,
    source: AMBER,
  },
  {
    id: 'misclassification_rate',
    title: 'Misclassification rate',
    definition: 'Share of all that is in bins that is not of the genome its bin maps to.',
    formula: '1 − purity',
    weakness: 'A few large bins decide it; binning next to nothing has 0.',
    undefinedWhen: NO_BINS,
    source: AMBER_2,
    direction: 'lower',
  },
  {
    id: 'percentage_binned',
    title: 'Share that was binned',
    definition: 'Share of the whole truth, removed genomes included, that is in any bin.',
    formula: 'in bins / in the truth',
    weakness: 'One bin with everything in it reaches 1.',
    undefinedWhen: NO_GENOMES,
    source: AMBER,
  },
  {
    id: 'rand_index',
    title: 'Rand index',
    definition:
      'Share of pairs that are together in bins and genomes alike, or in neither, among what was binned. Removed genomes count.',
    formula: '(C(N) − Σ C(|b|) − Σ C(|g|) + 2 Σ C(n)) / C(N), C(x) = x(x − 1)/2, sizes within the binned part',
    weakness: 'Most pairs are apart on both sides: close to 1 for every tool. Of the binned part only.',
    undefinedWhen: 'fewer than two were binned',
    source: `Rand, J. Am. Stat. Assoc. 66 (1971) 846; ${AMBER}`,
  },
  {
    id: 'adjusted_rand_index',
    title: 'Adjusted Rand index',
    definition:
      'Rand index above what chance gives: 1 for equal partitions, about 0 for random ones. Of the binned part only, so binning little and well scores high: read it with the share that was binned.',
    formula: '(Σ C(n) − E) / ((Σ C(|b|) + Σ C(|g|))/2 − E), E = Σ C(|b|)·Σ C(|g|) / C(N); 1 when the denominator is 0',
    weakness: 'Of the binned part only, so binning little and well scores high; a few large genomes decide it.',
    undefinedWhen: 'fewer than two were binned',
    source: `Hubert and Arabie, J. Classif. 2 (1985) 193, doi:10.1007/BF01908075; ${AMBER}`,
    range: [-1, 1],
    kind: 'correlation',
  },
]

const WAYS = [
  ['bp', 'base pairs'],
  ['seq', 'sequences'],
] as const

const count = (
  given: Pick<
    Given,
    'id' | 'title' | 'definition' | 'formula' | 'undefinedWhen' | 'weakness' | 'source' | 'direction'
  > &
    Partial<Pick<Given, 'unit' | 'kind'>>,
): MetricDefinition =>
  binning({ unit: 'count', kind: 'count', range: [0, null], aggregations: ['macro', 'total'], ...given })

const recovered = (completeness: number, contamination: number): MetricDefinition =>
  count({
    id: `recovered_genomes_${completeness}_${contamination}`,
    title: `Genomes recovered: > ${completeness} % complete, < ${contamination} % contaminated`,
    definition: `Bins that hold more than ${completeness} % of the base pairs of their genome and less than ${contamination} % of others, both strictly; those that --min-completeness-share leaves out do not count. From the truth, not from marker genes: CheckM's estimates differ.`,
    formula: `|{b : n(b, g(b)) / |g(b)| > ${completeness / 100} and n(b, g(b)) / |b| > ${1 - contamination / 100}}|`,
    weakness:
      'A cut: a bin just below it counts for nothing, and one contig decides. Grows with the number of genomes.',
    undefinedWhen: 'never',
    source: AMBER,
    direction: 'higher',
  })

const OWN = 'rule of this program; AMBER leaves such sequences out without a word'

/** What only a binning benchmark has. Completeness and purity of one bin are always by the genome with most bp in it. */
export const BINNING_METRICS: readonly MetricDefinition[] = [
  ...WAYS.flatMap(([suffix, way]) =>
    COUNTED_BOTH_WAYS.map((given) =>
      share({
        ...given,
        id: `${given.id}_${suffix}`,
        title: `${given.title} (${suffix})`,
        definition: `${given.definition} Counted in ${way}.`,
      }),
    ),
  ),
  ...[50, 70, 90].flatMap((completeness) => [10, 5].map((contamination) => recovered(completeness, contamination))),
  count({
    id: 'bp_outside_truth',
    title: 'Base pairs outside the truth',
    definition:
      'Base pairs in bins of sequences that the truth does not know, for example of contaminants. No other metric sees them.',
    formula: 'Σ length over sequences in bins that are not in the truth',
    weakness: 'Wrong, and right but unknown to the truth, are counted alike.',
    undefinedWhen: 'the binning does not state the length of such a sequence',
    source: OWN,
    direction: 'none',
    unit: 'bp',
    kind: 'length',
  }),
  count({
    id: 'sequences_outside_truth',
    title: 'Sequences outside the truth',
    definition: 'Sequences in bins that the truth does not know.',
    formula: '|{sequences in bins that are not in the truth}|',
    weakness: 'Wrong, and right but unknown to the truth, are counted alike.',
    undefinedWhen: 'never',
    source: OWN,
    direction: 'none',
  }),
  count({
    id: 'bins_outside_truth',
    title: 'Bins outside the truth',
    definition: 'Bins without a single sequence that the truth knows. They count in no average.',
    formula: '|{b : no sequence of b is in the truth}|',
    weakness: 'Wrong, and right but unknown to the truth, are counted alike.',
    undefinedWhen: 'never',
    source: OWN,
    direction: 'none',
  }),
]
