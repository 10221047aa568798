/** What a project can be about: decides metrics, truth and templates. */
export const BENCHMARK_TYPES = [
  'amr-detection',
  'diversity-analysis',
  'assembly-quality',
  'binning',
  'pathogen-detection',
] as const
export type BenchmarkType = (typeof BENCHMARK_TYPES)[number]
