import type { BenchmarkType, MetricChoice } from '../../core/benchmark-types.ts'
import type { MetricDefinition } from '../../core/metrics/definition.ts'
import { AGGREGATION_WORDS, aliasWords, directionWords, rangeWords } from '../metric-words.ts'

const FAMILY_TITLES: Readonly<Record<MetricDefinition['family'], string>> = {
  classification: 'Found and missed',
  amr: 'Resistance genes',
  profile: 'Taxonomic profiles',
  binning: 'Genome bins',
  assembly: 'Assemblies',
  pathogen: 'Pathogens',
  resources: 'Time, memory and storage',
}

/** `docs/metrics.md`: every metric with its formula, by family, and what each benchmark type shows first. */
export const renderMetricReference = (
  metrics: readonly MetricDefinition[],
  types: readonly BenchmarkType[],
): string => {
  const families = [...new Set(metrics.map(({ family }) => family))]
  return [
    '<!-- Generated from the metric registry by `npm run generate:docs`. Do not edit. -->',
    '# Metrics',
    '',
    'What every number means, how it is computed, when it has no value and what it hides. `benchmark metric show NAME` prints the same',
    'for one metric. A value that cannot be computed is missing with a reason; it is never 0 in its place.',
    '',
    '## Benchmark types',
    '',
    '| type | what is compared | match levels | primary metrics |',
    '| --- | --- | --- | --- |',
    ...types.map((type) =>
      row([`\`${type.id}\``, type.description, type.levels.join(', ') || '–', choices(type, metrics)]),
    ),
    '',
    ...families.flatMap((family) => [
      `## ${FAMILY_TITLES[family]}`,
      '',
      ...metrics.filter((metric) => metric.family === family).flatMap(section),
    ]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

const section = (metric: MetricDefinition): readonly string[] => [
  `### \`${metric.id}\``,
  '',
  `**${metric.title}.** ${metric.definition}`,
  '',
  `- Formula: \`${metric.formula}\``,
  `- Range: ${rangeWords(metric.range)}; unit: ${metric.unit}; ${directionWords(metric.direction)}`,
  `- No value when ${metric.undefinedWhen}`,
  `- Weakness: ${metric.weakness}`,
  `- Aggregated by ${metric.aggregations.map((how) => AGGREGATION_WORDS[how]).join('; ')}`,
  `- Applies to ${metric.benchmarkTypes.join(', ')}`,
  ...(metric.aliases.length > 0 ? [`- Also called ${aliasWords(metric.aliases)}`] : []),
  `- Source: ${metric.source}; version ${String(metric.version)}`,
  '',
]

/** Primary metrics of a type, those that are registered. */
const choices = (type: BenchmarkType, metrics: readonly MetricDefinition[]): string =>
  type.primaryMetrics
    .filter(({ metric }) => metrics.some(({ id }) => id === metric))
    .map(({ metric, level }: MetricChoice) => `\`${metric}\`${level === null ? '' : ` at ${level}`}`)
    .join(', ') || '–'

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
