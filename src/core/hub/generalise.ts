/** Values of a machine and a way of scoring, coarse enough to be shared by many, and only out of words known here. */
import { qualityRules } from '../amr/filter-calls.ts'
import { metricOfVersionKey } from '../metrics/metric-versions.ts'
import { findMetric } from '../metrics/registry.ts'
import { RANKS } from '../profile/ranks.ts'
import { AMR_LEVELS } from '../scoring-options.ts'

const CPU_FAMILIES: readonly (readonly [pattern: RegExp, family: string])[] = [
  [/\bepyc\b/i, 'AMD EPYC'],
  [/\bthreadripper\b/i, 'AMD Threadripper'],
  [/\bryzen\b/i, 'AMD Ryzen'],
  [/\bopteron\b/i, 'AMD Opteron'],
  [/\bamd\b/i, 'AMD'],
  [/\bxeon\b/i, 'Intel Xeon'],
  [/\bcore\b.*\bi\d\b|\bcore\b.*\bultra\b|\bintel.*\bcore\b/i, 'Intel Core'],
  [/\bintel\b/i, 'Intel'],
  [/\bapple\b/i, 'Apple'],
  [/\bneoverse\b/i, 'Arm Neoverse'],
  [/\bgraviton\b/i, 'Arm Neoverse'],
  [/\bcortex\b/i, 'Arm Cortex'],
  [/\bpower\d/i, 'IBM POWER'],
]

/** `AMD EPYC 7763 64-Core Processor` → `AMD EPYC`; a maker nobody here knows → `other`. */
export const cpuFamily = (model: string | null): string | null =>
  model === null ? null : (CPU_FAMILIES.find(([pattern]) => pattern.test(model))?.[1] ?? 'other')

const GPU_MAKERS: readonly (readonly [pattern: RegExp, maker: string])[] = [
  [/nvidia|nvrm/i, 'NVIDIA'],
  [/\bamd\b|radeon|rocm/i, 'AMD'],
  [/\bintel\b/i, 'Intel'],
  [/\bapple\b/i, 'Apple'],
]

/** The maker of a graphics processor. */
export const gpuMaker = (gpu: string | null): string | null =>
  gpu === null ? null : (GPU_MAKERS.find(([pattern]) => pattern.test(gpu))?.[1] ?? 'other')

const SYSTEMS = [
  'Debian',
  'Ubuntu',
  'Fedora',
  'CentOS',
  'Red Hat Enterprise Linux',
  'Rocky Linux',
  'AlmaLinux',
  'openSUSE',
  'SUSE Linux Enterprise',
  'Amazon Linux',
  'Oracle Linux',
  'Arch Linux',
  'Alpine Linux',
  'Linux Mint',
  'Darwin',
  'macOS',
  'Windows',
  'Linux',
]

/** `Debian GNU/Linux 12 (bookworm)` → `Debian 12`: a name known here and the major version. */
export const systemName = (os: string | null): string | null => {
  if (os === null) return null
  const name = SYSTEMS.find((known) => os.toLowerCase().startsWith(known.toLowerCase()))
  if (name === undefined) return 'other'
  const major = /^\D{0,24}?(\d{1,4})(?:\.|\s|$)/.exec(os.slice(name.length))?.[1]
  return major === undefined ? name : `${name} ${major}`
}

const ARCHITECTURES = new Set(['x64', 'arm64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64'])

export const knownArchitecture = (architecture: string | null): string | null =>
  architecture === null ? null : ARCHITECTURES.has(architecture) ? architecture : 'other'

/** The nearest power of two (by ratio) of a positive amount. */
export const powerOfTwo = (amount: number | null): number | null =>
  amount === null || amount <= 0 ? null : 2 ** Math.round(Math.log2(amount))

/** A number with so many significant digits. */
export const rounded = (value: number, digits: number): number => {
  const made = Number(value.toPrecision(digits))
  // Next to the largest number there is, rounding up leaves the range.
  if (!Number.isFinite(made)) return value > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE
  return made === 0 ? 0 : made
}

const SCORING_RULES = /^(?:amr|profile|pathogen|assembly|binning)\/\d{1,4}$/
const NUMBER = /^-?\d{1,12}(?:\.\d{1,12})?(?:e-?\d{1,3})?$/
const WORDS: ReadonlySet<string> = new Set([
  ...AMR_LEVELS,
  ...RANKS,
  ...['none', 'all', 'best', 'panel', 'dataset', 'truth', 'true', 'false', 'e', 'same', 'forced', 'left_out'],
  ...['sequence', 'taxonomic', 'undeclared', 'gene_presence', 'protein_variant', 'nucleotide_variant'],
  ...['minimap2', 'as reported', 'percentage', 'reads', 'amr-detection', 'diversity-analysis', 'assembly-quality'],
  ...['binning', 'pathogen-detection'],
])
const KEYS: ReadonlySet<string> = new Set([
  ...['benchmark_type', 'primary_level', 'universe', 'locus_policy', 'min_identity', 'min_coverage'],
  ...['variation_types', 'aliases', 'vocabulary', 'normalize', 'filter', 'ranks', 'abundance_type', 'log_base'],
  ...['truth_abundance_type', 'abundance_comparison', 'aitchison_pseudo_count', 'panel', 'call_rank', 'min_reads'],
  ...['min_percentage', 'host_taxids', 'merged_taxids', 'truth_levels', 'min_contig', 'alignment', 'quast_level'],
  ...['min_completeness_share', 'removed_genomes'],
])

const QUALITY_RULES = new Set([true, false].map((includePotential) => qualityRules({ includePotential })))

/**
 * Whether a key of comparability says nothing but how a program like this scores. Digests (of a truth, of sample names,
 * of lists) stand for something of somebody's own: whoever has it can recognise it.
 */
export const isCommonKey = (key: string, value: string): boolean => {
  if (key === 'quality_rules') return QUALITY_RULES.has(value)
  if (key === 'scoring_rules') return SCORING_RULES.test(value)
  const metric = metricOfVersionKey(key)
  if (metric !== null) return findMetric(metric) !== undefined && NUMBER.test(value)
  return KEYS.has(key) && value.split(',').every((word) => WORDS.has(word) || NUMBER.test(word))
}

const INSTRUMENTS: ReadonlySet<string> = new Set([
  ...['local-agent/1', 'slurm-sacct', 'imported-table', 'snakemake-benchmark', 'nextflow-trace', 'gnu-time'],
  ...['hyperfine', 'slurmd', 'slurmd_sampled_max_step', 'unknown', 'sampled_live_processes', 'rss_sum'],
  ...['realtime*%cpu', 'vmhwm_sum', 'wait4', 'biggest_process', 'mean_of_repeats', 'sampled', 'shim-times'],
  ...['shim-cutime', 'shim-cutime+sampled', 'process_hwm', 'pss_at_rss_peak', 'cgroup_peak'],
])

/** Name of an instrument or of its method, when it is one of this program. */
export const knownInstrument = (name: string | null): string | null =>
  name !== null && INSTRUMENTS.has(name) ? name : null

const INTERVALS = new Set(['median_order_statistics', 'hodges_lehmann', 'bca_bootstrap', 'percentile_bootstrap'])

export const knownInterval = (name: string | null): string | null =>
  name !== null && INTERVALS.has(name) ? name : null

/** Levels and ranks of this program; null is one. */
export const isKnownLevel = (level: string | null): boolean =>
  level === null || (AMR_LEVELS as readonly string[]).includes(level)

export const isKnownRank = (rank: string | null): boolean =>
  rank === null || (RANKS as readonly string[]).includes(rank)

const VERSION = /^v?\d{1,6}(?:\.\d{1,6}){0,3}$/

/** A version as projects publish them; anything longer may name a private build. */
export const isPlainVersion = (version: string): boolean => VERSION.test(version)
