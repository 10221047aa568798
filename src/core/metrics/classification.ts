import type { MetricAlias, MetricDefinition } from './definition.ts'

const TYPES = ['amr-detection', 'pathogen-detection']
/** Taxa of a profile are found or missed too; true negatives make no sense there. */
const PRESENCE_TYPES = [...TYPES, 'diversity-analysis']

type Essentials = Pick<
  MetricDefinition,
  'id' | 'title' | 'definition' | 'formula' | 'undefinedWhen' | 'weakness' | 'source'
>

const share = (
  essentials: Essentials,
  options: { aliases?: readonly MetricAlias[]; lowerIsBetter?: boolean; types?: readonly string[] } = {},
): MetricDefinition => ({
  ...essentials,
  version: 1,
  aliases: options.aliases ?? [],
  family: 'classification',
  benchmarkTypes: options.types ?? TYPES,
  unit: 'ratio',
  direction: options.lowerIsBetter ? 'lower' : 'higher',
  range: [0, 1],
  kind: 'ratio01',
  aggregations: ['macro', 'micro'],
})

const count = (
  essentials: Essentials,
  direction: MetricDefinition['direction'],
  types: readonly string[] = TYPES,
  aliases: readonly MetricAlias[] = [],
): MetricDefinition => ({
  ...essentials,
  version: 1,
  aliases,
  family: 'classification',
  benchmarkTypes: types,
  unit: 'count',
  direction,
  range: [0, null],
  kind: 'count',
  aggregations: ['total', 'macro'],
})

/** How well a set of findings agrees with the set of things known to be there. */
export const CLASSIFICATION_METRICS: readonly MetricDefinition[] = [
  share(
    {
      id: 'sensitivity',
      title: 'Sensitivity (recall)',
      definition: 'Share of what is truly there that was found.',
      formula: 'TP / (TP + FN)',
      weakness:
        'Reporting everything reaches 1: read it with precision. What is easy to find weighs as much as what is hard.',
      undefinedWhen: 'nothing is truly there (TP + FN = 0)',
      source: 'Fawcett, Pattern Recognit. Lett. 27 (2006) 861, doi:10.1016/j.patrec.2005.10.010',
    },
    {
      aliases: [
        { name: 'recall' },
        { name: 'true_positive_rate' },
        { name: 'amr_sensitivity' },
        { name: 'amr_recall' },
        { name: 'amr_gene_recall', level: 'gene' },
        { name: 'amr_gene_sensitivity', level: 'gene' },
        { name: 'amr_class_recall', level: 'drug_class' },
      ],
    },
  ),
  share(
    {
      id: 'precision',
      title: 'Precision (positive predictive value)',
      definition:
        'Share of what was found that is truly there. Findings outside the universe count as wrong; of pathogens, those off the panel do not count.',
      formula: 'TP / (TP + FP)',
      weakness:
        'Reporting only what is certain reaches 1: read it with sensitivity. What is there but missing in the truth counts as wrong.',
      undefinedWhen: 'nothing was found (TP + FP = 0)',
      source: 'Fawcett, Pattern Recognit. Lett. 27 (2006) 861, doi:10.1016/j.patrec.2005.10.010',
    },
    {
      aliases: [
        { name: 'ppv' },
        { name: 'positive_predictive_value' },
        { name: 'amr_precision' },
        { name: 'amr_gene_precision', level: 'gene' },
      ],
    },
  ),
  share(
    {
      id: 'specificity',
      title: 'Specificity',
      definition: 'Share of what is known to be absent that was rightly not found, inside the declared universe.',
      formula: 'TN / (TN + FP inside the universe)',
      weakness: 'Depends on the size of the universe: in a large one it is close to 1 for every tool.',
      undefinedWhen: 'no universe is declared, or it holds nothing that is absent (TN + FP = 0)',
      source: 'Fawcett, Pattern Recognit. Lett. 27 (2006) 861, doi:10.1016/j.patrec.2005.10.010',
    },
    { aliases: [{ name: 'true_negative_rate' }, { name: 'amr_specificity' }] },
  ),
  share(
    {
      id: 'npv',
      title: 'Negative predictive value',
      definition: 'Share of what was not found, inside the declared universe, that is truly absent.',
      formula: 'TN / (TN + FN)',
      weakness: 'Depends on how little of the universe is there: in a large one it is close to 1 for every tool.',
      undefinedWhen: 'no universe is declared, or everything in it was found (TN + FN = 0)',
      source: 'Altman and Bland, BMJ 309 (1994) 102, doi:10.1136/bmj.309.6947.102',
    },
    { aliases: [{ name: 'negative_predictive_value' }] },
  ),
  share(
    {
      id: 'f1_score',
      title: 'F1 score',
      definition:
        'Harmonic mean of sensitivity and precision. 0 when there was something to find or something found, and no agreement.',
      formula: '2 TP / (2 TP + FP + FN)',
      weakness:
        'What was missed and what was wrong weigh alike, which is seldom what they cost; very different pairs of sensitivity and precision have the same value.',
      undefinedWhen: 'nothing is there and nothing was found (TP = FP = FN = 0)',
      source: 'van Rijsbergen, Information Retrieval, 2nd ed., Butterworths (1979), chapter 7',
    },
    {
      aliases: [{ name: 'f1' }, { name: 'amr_f1_score' }, { name: 'amr_gene_f1_score', level: 'gene' }],
      types: PRESENCE_TYPES,
    },
  ),
  share(
    {
      id: 'jaccard_index',
      title: 'Jaccard index',
      definition: 'Size of what truth and findings share over the size of both together.',
      formula: 'TP / (TP + FP + FN)',
      weakness: 'Orders the tools of one sample as F1 does, on a harsher scale: it is no further evidence.',
      undefinedWhen: 'nothing is there and nothing was found',
      source: 'Jaccard, New Phytol. 11 (1912) 37, doi:10.1111/j.1469-8137.1912.tb05611.x',
    },
    { aliases: [{ name: 'jaccard' }], types: PRESENCE_TYPES },
  ),
  share({
    id: 'accuracy',
    title: 'Accuracy',
    definition:
      'Share of right decisions among all decisions in the universe. Close to 1 for every tool when the universe is large.',
    formula: '(TP + TN) / (TP + TN + FP inside the universe + FN)',
    weakness: 'In a large universe it is close to 1 for every tool, also for one that finds nothing.',
    undefinedWhen: 'no universe is declared, or it is empty',
    source: 'Fawcett, Pattern Recognit. Lett. 27 (2006) 861, doi:10.1016/j.patrec.2005.10.010',
  }),
  share({
    id: 'balanced_accuracy',
    title: 'Balanced accuracy',
    definition: 'Mean of sensitivity and specificity, so that a large universe cannot hide missed genes.',
    formula: '(sensitivity + specificity) / 2',
    weakness:
      'Where specificity is close to 1 for every tool it is little more than half the sensitivity: wrong findings hardly count.',
    undefinedWhen: 'sensitivity or specificity is undefined',
    source: 'Brodersen et al., ICPR (2010) 3121, doi:10.1109/ICPR.2010.764',
  }),
  {
    id: 'mcc',
    version: 1,
    title: 'Matthews correlation coefficient',
    aliases: [{ name: 'matthews_correlation' }, { name: 'matthews_correlation_coefficient' }],
    family: 'classification',
    benchmarkTypes: TYPES,
    definition:
      'Correlation between being there and being found, inside the declared universe. 0 is what chance gives.',
    formula: '(TP·TN − FP·FN) / √((TP + FP)(TP + FN)(TN + FP)(TN + FN)), FP inside the universe',
    unit: 'ratio',
    direction: 'higher',
    range: [-1, 1],
    kind: 'correlation',
    weakness:
      'Depends on the size of the universe; samples in which nothing is there, or nothing was found, have no value and so no say.',
    undefinedWhen: 'no universe is declared, or any of the four sums is 0',
    source: 'Matthews, Biochim. Biophys. Acta 405 (1975) 442, doi:10.1016/0005-2795(75)90109-9',
    aggregations: ['macro', 'micro'],
  },
  share(
    {
      id: 'fdr',
      title: 'False discovery rate',
      definition: 'Share of what was found that is not truly there.',
      formula: '1 − precision = FP / (TP + FP)',
      weakness: 'Says nothing of what was missed: a tool that reports one thing that is certain has 0.',
      undefinedWhen: 'nothing was found',
      source: 'complement of precision',
    },
    { aliases: [{ name: 'false_discovery_rate' }], lowerIsBetter: true },
  ),
  share(
    {
      id: 'fnr',
      title: 'False negative rate',
      definition: 'Share of what is truly there that was missed.',
      formula: '1 − sensitivity = FN / (TP + FN)',
      weakness: 'Says nothing of what was wrong: a tool that reports everything has 0.',
      undefinedWhen: 'nothing is truly there',
      source: 'complement of sensitivity',
    },
    { aliases: [{ name: 'false_negative_rate' }, { name: 'miss_rate' }], lowerIsBetter: true },
  ),
  share(
    {
      id: 'fpr',
      title: 'False positive rate',
      definition: 'Share of what is known to be absent that was found nevertheless, inside the declared universe.',
      formula: '1 − specificity = FP inside the universe / (TN + FP inside the universe)',
      weakness: 'Depends on the size of the universe: in a large one it is close to 0 for every tool.',
      undefinedWhen: 'no universe is declared, or it holds nothing that is absent',
      source: 'complement of specificity',
    },
    { aliases: [{ name: 'false_positive_rate' }], lowerIsBetter: true },
  ),
  count(
    {
      id: 'true_positives',
      title: 'True positives',
      definition: 'Distinct keys that are there and were found.',
      formula: '|T ∩ P|',
      weakness: 'Grows with what there is to find: comparable within a dataset only.',
      undefinedWhen: 'never for a scored sample',
      source: 'counting rule of this program: sets of distinct keys per sample',
    },
    'higher',
    PRESENCE_TYPES,
    [{ name: 'tp' }],
  ),
  count(
    {
      id: 'false_positives',
      title: 'False positives',
      definition: 'Distinct keys that were found but are not there, inside and outside the universe.',
      formula: '|P \\ T|',
      weakness:
        'Grows with the number of samples and of findings; what is there but missing in the truth counts as wrong.',
      undefinedWhen: 'never for a scored sample',
      source: 'counting rule of this program: sets of distinct keys per sample',
    },
    'lower',
    PRESENCE_TYPES,
    [{ name: 'fp' }],
  ),
  count(
    {
      id: 'false_negatives',
      title: 'False negatives',
      definition: 'Distinct keys that are there but were not found.',
      formula: '|T \\ P|',
      weakness: 'Grows with what there is to find: comparable within a dataset only.',
      undefinedWhen: 'never for a scored sample',
      source: 'counting rule of this program: sets of distinct keys per sample',
    },
    'lower',
    PRESENCE_TYPES,
    [{ name: 'fn' }],
  ),
  count(
    {
      id: 'true_negatives',
      title: 'True negatives',
      definition: 'Keys of the universe that are neither there nor found.',
      formula: '|U \\ (T ∪ P)|',
      weakness: 'Hardly more than the size of the universe.',
      undefinedWhen: 'no universe is declared',
      source: 'counting rule of this program: true negatives need a stated universe',
    },
    'higher',
    TYPES,
    [{ name: 'tn' }],
  ),
  count(
    {
      id: 'redundant_hits',
      title: 'Redundant hits',
      definition: 'Report rows that only repeat a key another row of the sample already gave.',
      formula: 'rows − distinct keys (a row naming several drug classes counts once for each)',
      weakness: 'Depends on how a tool writes its report, not on how right it is.',
      undefinedWhen: 'never for a scored sample',
      source: 'counting rule of this program: duplicates are reported, not punished',
    },
    'none',
    ['amr-detection'],
  ),
  count(
    {
      id: 'fp_outside_universe',
      title: 'False positives outside the universe',
      definition:
        'False positives the universe does not contain. They lower precision and F1 but not specificity, accuracy or MCC.',
      formula: '|(P \\ T) \\ U|',
      weakness: 'Depends on how widely the universe was drawn.',
      undefinedWhen: 'no universe is declared',
      source: 'counting rule of this program: specificity speaks about the universe only',
    },
    'lower',
    ['amr-detection'],
  ),
]
