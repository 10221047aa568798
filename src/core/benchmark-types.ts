import { AMR_LEVELS } from './scoring-options.ts'

/** A metric, and the match level it is read at (null where levels do not apply). */
export interface MetricChoice {
  readonly metric: string
  readonly level: string | null
}

/** A kind of benchmark: what is compared with what, and which numbers matter first. */
export interface BenchmarkType {
  readonly id: string
  readonly title: string
  readonly description: string
  /** Used when the configuration declares none, most important first. */
  readonly primaryMetrics: readonly MetricChoice[]
  /** Match levels, strictest first; empty where scores have taxonomic ranks or none. */
  readonly levels: readonly string[]
  readonly defaultLevel: string | null
  /** What a table shows before anything else. */
  readonly tableMetrics: readonly MetricChoice[]
}

const at = (level: string | null, ...metrics: readonly string[]): readonly MetricChoice[] =>
  metrics.map((metric) => ({ metric, level }))

const COST = at(null, 'wall_seconds', 'peak_rss_bytes')

/** The benchmark types of this program. */
export const BENCHMARK_TYPES: readonly BenchmarkType[] = [
  {
    id: 'amr-detection',
    title: 'Detection of antimicrobial resistance genes',
    description: 'Resistance genes, families and drug classes a tool reports, against the genes known to be there.',
    primaryMetrics: at('gene', 'sensitivity', 'precision', 'f1_score'),
    levels: AMR_LEVELS,
    defaultLevel: 'gene',
    tableMetrics: [...at('gene', 'sensitivity', 'precision', 'f1_score', 'specificity'), ...COST],
  },
  {
    id: 'diversity-analysis',
    title: 'Taxonomic profiles and diversity',
    description: 'Relative abundances of taxa, rank by rank, against the known composition.',
    primaryMetrics: at(null, 'bray_curtis_distance', 'f1_score', 'l1_norm_error'),
    levels: [],
    defaultLevel: null,
    tableMetrics: [
      ...at(null, 'bray_curtis_distance', 'l1_norm_error', 'completeness', 'purity', 'f1_score', 'shannon_diversity'),
      ...COST,
    ],
  },
  {
    id: 'assembly-quality',
    title: 'Assemblies',
    description: 'Contiguity, completeness and errors of assemblies. Genome bins are a type of their own: binning.',
    primaryMetrics: at(null, 'genome_fraction', 'nga50', 'misassemblies'),
    levels: [],
    defaultLevel: null,
    tableMetrics: [
      ...at(null, 'genome_fraction', 'n50', 'nga50', 'misassemblies', 'mismatches_per_100kbp', 'mag_count_hq'),
      ...COST,
    ],
  },
  {
    id: 'binning',
    title: 'Genome bins',
    description: 'How well the sequences of an assembly were sorted into genomes, against the genome each is from.',
    primaryMetrics: at(null, 'f1_score_bp', 'adjusted_rand_index_bp', 'recovered_genomes_90_5'),
    levels: [],
    defaultLevel: null,
    tableMetrics: [
      ...at(null, 'average_purity_bp', 'average_completeness_bp', 'f1_score_bp', 'adjusted_rand_index_bp'),
      ...at(null, 'percentage_binned_bp', 'recovered_genomes_50_10', 'recovered_genomes_90_5'),
      ...COST,
    ],
  },
  {
    id: 'pathogen-detection',
    title: 'Detection of pathogens',
    description: 'Pathogens a tool reports, against those known to be in the sample.',
    primaryMetrics: at(null, 'sensitivity', 'precision', 'f1_score'),
    levels: [],
    defaultLevel: null,
    tableMetrics: [...at(null, 'sensitivity', 'precision', 'f1_score', 'specificity', 'limit_of_detection'), ...COST],
  },
]

/** The benchmark type with this id. */
export const findBenchmarkType = (id: string): BenchmarkType | undefined =>
  BENCHMARK_TYPES.find((type) => type.id === id)
