import type { MetricDefinition } from './definition.ts'

const amr = (
  given: Omit<MetricDefinition, 'version' | 'family' | 'benchmarkTypes' | 'aggregations' | 'aliases'> &
    Partial<Pick<MetricDefinition, 'aliases' | 'benchmarkTypes'>>,
): MetricDefinition => ({
  aliases: [],
  benchmarkTypes: ['amr-detection'],
  ...given,
  version: 1,
  family: 'amr',
  aggregations: ['macro'],
})

/** Added to both relative abundances before logarithms are correlated, so that a missed gene has a place. */
export const ABUNDANCE_PSEUDO_COUNT = 1e-6

/** Truth depth ranges of the detection curve: from (inclusive) and below (exclusive). */
export const DEPTH_BINS = [
  { id: 'sensitivity_depth_lt1', from: 0, below: 1, words: 'below 1×' },
  { id: 'sensitivity_depth_1_5', from: 1, below: 5, words: 'from 1× to below 5×' },
  { id: 'sensitivity_depth_5_10', from: 5, below: 10, words: 'from 5× to below 10×' },
  { id: 'sensitivity_depth_10_30', from: 10, below: 30, words: 'from 10× to below 30×' },
  { id: 'sensitivity_depth_ge30', from: 30, below: Infinity, words: 'of 30× or more' },
] as const

const NO_ABUNDANCE =
  'truth gives neither depth nor copies, the tool reports no depth, or there is nothing on either side'

/** What only an amr-detection benchmark has: abundance, ranking by score, classes as a set, detection by depth. */
export const AMR_METRICS: readonly MetricDefinition[] = [
  amr({
    id: 'amr_abundance_bray_curtis',
    title: 'Gene abundance: Bray-Curtis distance',
    definition:
      'Dissimilarity of relative gene abundances; both sides are scaled to sum 1 over their keys. 1 when they share nothing or the tool found nothing.',
    formula: 'Σ|t − p| / Σ(t + p)',
    unit: 'ratio',
    direction: 'lower',
    range: [0, 1],
    kind: 'distance',
    weakness:
      'A few abundant genes decide it; how much there is in all is not seen, because both sides are scaled to 1.',
    undefinedWhen: NO_ABUNDANCE,
    source: 'Bray and Curtis, Ecol. Monogr. 27 (1957) 325, doi:10.2307/1942268',
  }),
  amr({
    id: 'amr_abundance_l1',
    title: 'Gene abundance: L1 distance',
    aliases: [{ name: 'amr_abundance_l1_norm_error' }],
    definition:
      'Sum of absolute differences of relative gene abundances; both sides are scaled to sum 1 over their keys.',
    formula: 'Σ|t − p|',
    unit: 'ratio',
    direction: 'lower',
    range: [0, 2],
    kind: 'distance',
    weakness:
      'A few abundant genes decide it; how much there is in all is not seen, because both sides are scaled to 1.',
    undefinedWhen: NO_ABUNDANCE,
    source: 'Meyer et al. (OPAL), Genome Biol. 20 (2019) 51, doi:10.1186/s13059-019-1646-y',
  }),
  amr({
    id: 'amr_abundance_log2_error',
    title: 'Gene abundance: median fold error',
    aliases: [{ name: 'amr_abundance_median_abs_log2' }],
    definition:
      'Middle of the absolute binary logarithms of predicted over true relative abundance, over the genes found. 1 = typically wrong by a factor of two.',
    formula: 'median over TP of |log₂(p / t)|',
    unit: 'log2 ratio',
    direction: 'lower',
    range: [0, null],
    kind: 'distance',
    weakness: 'Looks at the genes found only: a tool that finds nothing but the easy ones does well.',
    undefinedWhen: `${NO_ABUNDANCE}; or no true positive has abundance on both sides`,
    source: 'rule of this program',
  }),
  amr({
    id: 'amr_abundance_spearman',
    title: 'Gene abundance: Spearman correlation',
    definition:
      'Rank correlation of relative abundances over all genes there or found; ties share their mean rank. Genes the truth lists with abundance 0 are left out.',
    formula: `Pearson correlation of ranks of log(t + ε) and log(p + ε), ε = ${String(ABUNDANCE_PSEUDO_COUNT)}`,
    unit: 'correlation',
    direction: 'higher',
    range: [-1, 1],
    kind: 'correlation',
    weakness: 'Looks at the order only: a tool may be wrong by any factor. All genes a tool missed share one rank.',
    undefinedWhen: `${NO_ABUNDANCE}; fewer than 3 genes; or one side is constant`,
    source: 'Spearman, Am. J. Psychol. 15 (1904) 72, doi:10.2307/1412159',
  }),
  amr({
    id: 'amr_abundance_pearson',
    title: 'Gene abundance: Pearson correlation',
    definition:
      'Linear correlation of logarithms of relative abundance over all genes there or found. Genes the truth lists with abundance 0 are left out.',
    formula: `correlation of log(t + ε) and log(p + ε), ε = ${String(ABUNDANCE_PSEUDO_COUNT)}`,
    unit: 'correlation',
    direction: 'higher',
    range: [-1, 1],
    kind: 'correlation',
    weakness:
      'The pseudo-count decides how far off a missed gene is, and a single gene far from the others can decide the value.',
    undefinedWhen: `${NO_ABUNDANCE}; fewer than 3 genes; or one side is constant`,
    source: 'Pearson, Proc. R. Soc. Lond. 58 (1895) 240, doi:10.1098/rspl.1895.0041',
  }),
  amr({
    id: 'average_precision',
    benchmarkTypes: ['amr-detection', 'pathogen-detection'],
    title: 'Average precision',
    definition:
      'Area under the precision-recall steps when the tool ranks its findings by score. Shows whether its best findings are right, whatever the threshold. The score of a pathogen is its number of reads.',
    formula: 'Σ (Rₙ − Rₙ₋₁) · Pₙ over distinct scores, highest first',
    unit: 'ratio',
    direction: 'higher',
    range: [0, 1],
    kind: 'ratio01',
    weakness:
      'Says nothing of the threshold that will be used; a tool that gives few different scores has few steps, and their order decides.',
    undefinedWhen: 'nothing is truly there, or the tool gives no comparable score to some finding',
    source: 'Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008), chapter 8',
  }),
  amr({
    id: 'drug_class_exact_match',
    title: 'Exact drug class set',
    aliases: [{ name: 'exact_match_rate' }],
    definition:
      '1 for a sample whose set of resistance classes is exactly right, else 0; its mean over samples is the exact match rate.',
    formula: '1 if P = T, else 0',
    unit: 'ratio',
    direction: 'higher',
    range: [0, 1],
    kind: 'ratio01',
    weakness: 'One wrong class of ten counts as much as ten wrong ones.',
    undefinedWhen: 'the truth or the tool names no drug class',
    source: 'subset accuracy of multi-label classification: Godbole and Sarawagi, PAKDD (2004) 22',
  }),
  ...DEPTH_BINS.map((bin) =>
    amr({
      id: bin.id,
      title: `Sensitivity at depth ${bin.words}`,
      definition: `Share of the true genes sequenced to a depth ${bin.words} that were found.`,
      formula: 'TP / (TP + FN) over the genes whose true depth is in the range',
      unit: 'ratio',
      direction: 'higher',
      range: [0, 1],
      kind: 'ratio01',
      weakness:
        'Few genes of a sample are in one range, so a single one moves it far: look at how many samples have a value.',
      undefinedWhen: 'the truth gives no depth, or no gene of the sample is in the range',
      source: 'rule of this program; depth decides detection in shotgun data',
    }),
  ),
]
