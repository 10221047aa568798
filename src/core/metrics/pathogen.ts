import type { MetricDefinition } from './definition.ts'

type Given = Omit<MetricDefinition, 'version' | 'family' | 'benchmarkTypes' | 'aliases'> &
  Partial<Pick<MetricDefinition, 'aliases'>>

const pathogen = (given: Given): MetricDefinition => ({
  aliases: [],
  ...given,
  version: 1,
  family: 'pathogen',
  benchmarkTypes: ['pathogen-detection'],
})

const count = (given: Omit<Given, 'unit' | 'range' | 'kind'>): MetricDefinition =>
  pathogen({ ...given, unit: 'count', range: [0, null], kind: 'count' })

/** A level counts as detected from this share on: 19 of 20, as in clinical validation. */
export const DETECTED_SHARE = 0.95
/** A level tried in fewer samples than this says nothing. */
export const FEWEST_AT_LEVEL = 3

const OWN = 'rule of this program'

/** What only a pathogen-detection benchmark has: false alarms by kind, ranking by abundance, and the limit of detection. */
export const PATHOGEN_METRICS: readonly MetricDefinition[] = [
  count({
    id: 'fp_per_negative_sample',
    title: 'False positives per negative sample',
    definition:
      'Wrong calls in a sample in which the truth has nothing present, such as a blank or a healthy control. Its mean over these samples is the number of false alarms to expect from one.',
    formula: 'FP of each negative control',
    direction: 'lower',
    weakness: 'Few datasets have many negative samples; a contaminated reagent is counted as a fault of the pipeline.',
    undefinedWhen: 'something is present in the sample (not_applicable)',
    source: OWN,
    aggregations: ['macro'],
  }),
  count({
    id: 'near_neighbour_fp',
    title: 'Near-neighbour false positives',
    aliases: [{ name: 'near_neighbor_fp' }],
    definition:
      'Calls of taxa that are not there but belong to the genus of one that is: close relatives taken for each other. Counted on the panel and off it.',
    formula: '|{p ∈ P \\ T : genus(p) = genus(t) for a t ∈ T}|',
    direction: 'lower',
    weakness:
      'Depends on the names of the taxonomy: some genera are wide, and some close relatives stand in different ones.',
    undefinedWhen:
      'nothing is present, calls are made at genus or above, or the genus of a true taxon (no_truth) or of a wrong call (rank_absent) is not known',
    source: OWN,
    aggregations: ['total', 'macro'],
  }),
  count({
    id: 'off_panel_calls',
    title: 'Calls off the panel',
    definition:
      'Calls of taxa the panel does not name. They are neither right nor wrong: most are harmless residents the truth says nothing about.',
    formula: '|P \\ U|',
    direction: 'none',
    weakness: 'Residents, contaminants and errors are counted alike.',
    undefinedWhen: 'there is no panel',
    source: OWN,
    aggregations: ['total', 'macro'],
  }),
  pathogen({
    id: 'auroc',
    title: 'Area under the ROC curve',
    aliases: [{ name: 'roc_auc' }],
    definition:
      'Probability that a panel taxon that is there has more reads than one that is not, ties counting half. What is not reported has 0 reads; thresholds have no effect. Percentages are used where reads are not stated.',
    formula: '(Σ ranks of the taxa of T − |T|(|T| + 1)/2) / (|T| · |U \\ T|)',
    unit: 'ratio',
    direction: 'higher',
    range: [0, 1],
    kind: 'ratio01',
    weakness:
      'Most taxa of a large panel have no reads for any tool, so it is close to 1 soon; says nothing of the threshold that will be used.',
    undefinedWhen: 'there is no panel, or all or nothing of it is present',
    source: 'Fawcett, Pattern Recognit. Lett. 27 (2006) 861, doi:10.1016/j.patrec.2005.10.010',
    aggregations: ['macro'],
  }),
  pathogen({
    id: 'true_pathogen_rank',
    title: 'Rank of the true pathogen',
    definition:
      'Place of a true pathogen among the calls, most abundant first: 1 + the calls above it that are not true, ties counting half; off-panel calls count. Median over the true taxa called. 1 = nothing wrong stands above it.',
    formula: 'median over TP of 1 + |{p ∉ T : x(p) > x(t)}| + |{p ∉ T : x(p) = x(t)}| / 2',
    unit: 'rank',
    direction: 'lower',
    range: [1, null],
    kind: 'count',
    weakness:
      'Looks at the taxa called only: a tool that calls nothing but the most abundant ones does well. Harmless residents stand above pathogens rightly.',
    undefinedWhen: 'nothing is present (not_applicable), or none of it was called (no_prediction)',
    source: OWN,
    aggregations: ['macro'],
  }),
  pathogen({
    id: 'abundance_log2_error',
    title: 'Abundance: median fold error',
    definition:
      'Middle of the absolute binary logarithms of reported over true abundance, over the true taxa called: percentages where the truth states them, else reads. 1 = typically wrong by a factor of two.',
    formula: 'median over TP of |log₂(p / t)|',
    unit: 'log2 ratio',
    direction: 'lower',
    range: [0, null],
    kind: 'distance',
    weakness: 'Looks at the taxa called only. Shares of reads and shares of cells differ with the size of genomes.',
    undefinedWhen:
      'nothing is present, the truth states neither abundance nor reads (no_truth), or no true taxon was called in the same measure',
    source: OWN,
    aggregations: ['macro'],
  }),
  pathogen({
    id: 'detection_rate',
    title: 'Detection rate at a truth level',
    definition:
      'Share of the taxa present at one level (so many reads, genome copies or percent, written `reads=100`) that were called; its mean over the samples of the level is a point of the detection curve.',
    formula: 'TP / (TP + FN) over the taxa of the level',
    unit: 'ratio',
    direction: 'higher',
    range: [0, 1],
    kind: 'ratio01',
    weakness: 'A level is seldom tried in many samples: one sample more or less moves it far.',
    undefinedWhen: 'the truth states no reads, copies or abundance',
    source: 'Armbruster and Pry, Clin. Biochem. Rev. 29 Suppl. 1 (2008) S49 (hit rate of a limit of detection)',
    aggregations: ['macro'],
  }),
  pathogen({
    id: 'limit_of_detection',
    title: 'Limit of detection',
    aliases: [{ name: 'lod' }, { name: 'lod95' }],
    definition: `Smallest level of the truth, tried in at least ${FEWEST_AT_LEVEL} samples, at which and above which every level has a detection rate of ${DETECTED_SHARE * 100} % or more. In the unit of the truth: reads, else genome copies, else percent.`,
    formula: `min { l : n(l) ≥ ${FEWEST_AT_LEVEL}, rate(m) ≥ ${DETECTED_SHARE} for all m ≥ l }`,
    unit: 'reads',
    direction: 'lower',
    range: [0, null],
    kind: 'count',
    weakness: 'No finer than the levels the truth has, and a single missed sample moves it a whole level.',
    undefinedWhen:
      'the truth states no levels, none was tried in enough samples (too_few), or the highest was not detected reliably (not_reached)',
    source:
      'Armbruster and Pry, Clin. Biochem. Rev. 29 Suppl. 1 (2008) S49, with the levels the truth has instead of a fit',
    aggregations: ['total'],
  }),
]
