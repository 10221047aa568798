import type { MetricDefinition } from '../../core/metrics/definition.ts'
import type { NamedMetric } from '../../core/metrics/registry.ts'
import { AGGREGATION_WORDS, aliasWords, directionWords, rangeWords } from '../metric-words.ts'
import { renderTable, type TableOptions } from '../table/table.ts'

/** One line for each metric: id, direction, unit, title and other names. */
export const renderMetricList = (metrics: readonly MetricDefinition[], options: TableOptions = {}): string => {
  const rows = metrics.map(({ id, direction, unit, title, aliases }) => [
    id,
    direction === 'none' ? '' : direction,
    unit,
    title,
    aliases.map(({ name }) => name).join(', '),
  ])
  return renderTable({ head: ['metric', 'better', 'unit', 'title', 'also'], rows }, options)
}

/** Everything about one metric, a line for each property. */
export const renderMetric = (name: string, { definition: metric, level }: NamedMetric): string => {
  const lines: (readonly [string, string])[] = [
    ['definition', metric.definition],
    ['formula', metric.formula],
    ['range', `${rangeWords(metric.range)}, unit ${metric.unit}`],
    ['direction', directionWords(metric.direction)],
    ['undefined when', metric.undefinedWhen],
    ['weakness', metric.weakness],
    ['aggregated by', metric.aggregations.map((how) => AGGREGATION_WORDS[how]).join('; ')],
    ['applies to', metric.benchmarkTypes.join(', ')],
    ['also called', aliasWords(metric.aliases)],
    ['source', metric.source],
    ['version', String(metric.version)],
  ]
  const asked =
    name === metric.id ? [] : [`${name} is ${metric.id}${level === null ? '' : ` at match level ${level}`}.`, '']
  const shown = lines.filter(([, text]) => text !== '')
  return [
    ...asked,
    `${metric.id}: ${metric.title}`,
    '',
    ...shown.map(([label, text]) => `  ${label.padEnd(16)}${text}`),
  ].join('\n')
}
