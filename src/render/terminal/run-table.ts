import { importantMetrics, type PrunedOutputs, type ShownMetric } from '../../app/show-run.ts'
import { databasesByPipeline } from '../../core/comparison/database-keys.ts'
import { shortDigests } from '../../core/databases.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import { inReadingOrder } from '../../core/reading-order.ts'
import type { Parameters } from '../../core/pipeline.ts'
import { type Execution, hasOutputs, isFinal, type PipelineSummary, type Run } from '../../core/run.ts'
import type { Score } from '../../core/score.ts'
import { formatMetric, formatQuantity, formatSeconds, formatTime } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'
import { inertProse } from '../markdown/inert-text.ts'
import { isForPrograms, renderTable, type TableOptions } from '../table/table.ts'
import { sampleRows, summaryRows } from './run-rows.ts'

interface RunTableOptions extends TableOptions {
  readonly metrics?: readonly ShownMetric[]
  readonly perSample?: boolean
  readonly pruned?: PrunedOutputs | null
}

/** More columns than this are turned into rows. */
const MOST_COLUMNS = 7
const MOST_FAILURES = 20

/** A run: what it was, its numbers by pipeline and parameter set, what failed and why. */
export const renderRun = (run: Run, options: RunTableOptions = {}): string => {
  const metrics = options.metrics ?? importantMetrics(run)
  if (isForPrograms(options))
    return renderTable(options.perSample === true ? sampleRows(run, metrics) : summaryRows(run, metrics), options)
  const tables = metrics.length > MOST_COLUMNS ? longTable(run, metrics, options) : wideTable(run, metrics, options)
  const samples = options.perSample === true ? sampleTable(run, metrics, options) : ''
  const lines = options.format === 'markdown' ? markdownLines : (text: string): string => text
  const parts = [
    lines(headText(run, options.pruned ?? null)),
    tables,
    samples,
    lines(failureText(run)),
    lines(warningText(run)),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

const markdownLines = (text: string): string =>
  text === ''
    ? ''
    : text
        .split('\n')
        .map((line) => `- ${inertProse(line.trim())}`)
        .join('\n')

const headText = (run: Run, pruned: PrunedOutputs | null): string => {
  const counts = new Map<string, number>()
  for (const { state, warmup } of run.executions) if (!warmup) counts.set(state, (counts.get(state) ?? 0) + 1)
  const states = [...counts].map(([state, count]) => `${count} ${state.replaceAll('_', ' ')}`)
  const took = run.finishedAt === null ? null : (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000
  const lines: [string, string | null][] = [
    ['run', run.label === null ? run.runId : `${run.runId} "${run.label}"`],
    ['state', states.length === 0 ? run.state : `${run.state} (${states.join(', ')})`],
    run.state === 'imported'
      ? ['imported', `${formatTime(run.startedAt)} UTC`]
      : ['started', `${formatTime(run.startedAt)} UTC${took === null ? '' : `, took ${formatSeconds(took)}`}`],
    ['type', `${run.benchmarkType}, ${run.samples.length} ${run.samples.length === 1 ? 'sample' : 'samples'}`],
    ['project', run.project],
    [
      'branch',
      run.branch === null ? null : `${run.branch}${run.commit === null ? '' : ` at ${run.commit.slice(0, 10)}`}`,
    ],
    ['tags', run.tags.length === 0 ? null : run.tags.join(', ')],
    ['outputs', pruned === null ? null : prunedText(pruned)],
    ...databaseTexts(run).map((text): [string, string] => ['database', text]),
  ]
  return lines.flatMap(([name, text]) => (text === null ? [] : [`${name.padEnd(9)}${plainLine(text)}`])).join('\n')
}

const prunedText = ({ at, executions }: PrunedOutputs): string =>
  `of ${executions} ${executions === 1 ? 'execution' : 'executions'} removed by \`benchmark prune\`, last on ${formatTime(at)} UTC; the numbers stay`

/** What each pipeline read besides its samples, by the beginnings of digests; nothing of pipelines that read nothing. */
const databaseTexts = (run: Run): readonly string[] => {
  const read = databasesByPipeline(run)
  return run.pipelines.flatMap((pipeline) => {
    const databases = Object.entries(read.get(pipeline) ?? {})
    if (databases.length === 0) return read.has(pipeline) || !hasRun(run, pipeline) ? [] : [`${pipeline}: not known`]
    return [`${pipeline}: ${databases.map(([name, content]) => `${name} ${shortDigests(content)}`).join(', ')}`]
  })
}

const hasRun = ({ executions }: Run, pipeline: string): boolean =>
  executions.some((one) => one.pipeline === pipeline && hasOutputs(one.state))

interface Variant {
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
}

const variantKey = ({ pipeline, version, params }: Variant): string => canonicalJson([pipeline, version, params])

// Rows in plan order, those of the summary included even when no execution of them is left.
const variantsOf = (run: Run): readonly Variant[] => {
  const measured = readable(run).filter(({ warmup }) => !warmup)
  return [...new Map([...measured, ...run.summary].map((one) => [variantKey(one), one])).values()]
}

const readable = (run: Run): readonly Execution[] => inReadingOrder(run.executions, run.pipelines, run.samples)

const isSeries = (metric: ShownMetric, one: Pick<Score, 'metric' | 'level' | 'rank'>): boolean =>
  one.metric === metric.metric && one.level === metric.level && one.rank === metric.rank

const isColumn = (metric: ShownMetric, summary: PipelineSummary): boolean =>
  isSeries(metric, summary) && summary.method.aggregation === metric.aggregation

const wideTable = (run: Run, metrics: readonly ShownMetric[], options: RunTableOptions): string => {
  const rows = variantsOf(run).map((variant) => {
    const own = run.summary.filter((summary) => variantKey(summary) === variantKey(variant))
    const cells = metrics.map((metric) => own.find((summary) => isColumn(metric, summary)))
    const counted = cells.find((cell) => cell !== undefined)
    return [
      ...variantCells(variant),
      ...cells.map((cell) => (cell ? summaryCell(cell) : '–')),
      counted ? `${counted.n}/${counted.nExpected}` : '–',
    ]
  })
  return table([...VARIANT_HEAD, ...metrics.map((metric) => metricName(metric, metrics)), 'n'], rows, options)
}

const longTable = (run: Run, metrics: readonly ShownMetric[], options: RunTableOptions): string => {
  const rows = run.summary
    .filter((summary) => metrics.some((metric) => isColumn(metric, summary)))
    .map((summary) => [
      ...variantCells(summary),
      metricName({ ...summary, aggregation: summary.method.aggregation }, []),
      summary.method.aggregation,
      summaryCell(summary),
      `${summary.n}/${summary.nExpected}`,
    ])
  return table([...VARIANT_HEAD, 'metric', 'as', 'value', 'n'], rows, options)
}

const sampleTable = (run: Run, metrics: readonly ShownMetric[], options: RunTableOptions): string => {
  const scored = metrics.filter(({ metric }) => !isResource(metric))
  const rows = readable(run)
    .filter(({ warmup }) => !warmup)
    .flatMap((execution) => {
      // An execution over the whole dataset has scores of many samples; a sample may lack scores altogether.
      const shown = execution.scores.filter((score) => scored.some((metric) => isSeries(metric, score)))
      const named = new Set([execution.sample, ...shown.map(({ sample }) => sample)])
      if (execution.sample === null && !shown.some(({ sample }) => sample === null) && named.size > 1)
        named.delete(null)
      return [...named].map((sample) => [
        ...variantCells(execution),
        sample ?? 'all samples',
        String(execution.repeat),
        execution.state.replaceAll('_', ' '),
        ...scored.map((metric) => scoreCell(execution, sample, metric)),
        resourceCell(execution, 'wallSeconds', 'seconds'),
        resourceCell(execution, 'peakRssBytes', 'bytes'),
      ])
    })
  const heads = scored.map((metric) => metricName(metric, []))
  return table([...VARIANT_HEAD, 'sample', 'repeat', 'state', ...heads, 'runtime', 'memory'], rows, options)
}

const VARIANT_HEAD = ['pipeline', 'parameters']

const variantCells = ({ pipeline, version, params }: Variant): [string, string] => [
  version === null ? pipeline : `${pipeline} ${version}`,
  parameterText(params),
]

const parameterText = (params: Parameters): string =>
  Object.entries(params)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')

// Without parameters the column is left out.
const table = (head: readonly string[], rows: readonly (readonly string[])[], options: TableOptions): string => {
  if (rows.length === 0) return ''
  const column = head.indexOf('parameters')
  if (rows.some((row) => row[column] !== '')) return renderTable({ head, rows }, options)
  const without = (row: readonly string[]): string[] => row.filter((_, index) => index !== column)
  return renderTable({ head: without(head), rows: rows.map(without) }, options)
}

const RESOURCE_NAMES: Readonly<Record<string, string>> = { wall_seconds: 'runtime', peak_rss_bytes: 'memory' }
const isResource = (metric: string): boolean => metric in RESOURCE_NAMES

const metricName = (metric: ShownMetric, among: readonly ShownMetric[]): string => {
  const name = RESOURCE_NAMES[metric.metric] ?? metric.metric
  const twins = among.filter((other) => isSeries(metric, other))
  const details = [metric.level, metric.rank, twins.length > 1 ? metric.aggregation : null].filter(
    (one) => one !== null,
  )
  return details.length === 0 ? name : `${name} (${details.join(', ')})`
}

const summaryCell = (summary: PipelineSummary): string => {
  const value = formatQuantity(summary, summary.unit)
  if (summary.value === null || summary.low === null || summary.high === null) return value
  return `${value} [${formatMetric(summary.low, summary.unit)}, ${formatMetric(summary.high, summary.unit)}]`
}

const scoreCell = (execution: Execution, sample: string | null, metric: ShownMetric): string => {
  const score = execution.scores.find((one) => one.sample === sample && isSeries(metric, one))
  return score ? formatQuantity(score, score.unit) : '–'
}

const resourceCell = (execution: Execution, name: 'wallSeconds' | 'peakRssBytes', unit: string): string => {
  const value = execution.resources?.[name] ?? null
  return value === null ? '–' : formatMetric(value, unit)
}

const failureText = (run: Run): string => {
  const failed = run.executions.filter(({ state }) => isFinal(state) && !hasOutputs(state))
  if (failed.length === 0) return ''
  const lines = failed.slice(0, MOST_FAILURES).map((execution) => {
    const what = [execution.pipeline, parameterText(execution.params), execution.sample ?? 'all samples']
    const isSaid =
      execution.exitCode === null || execution.reason?.includes(`exit status ${execution.exitCode}`) === true
    const exit = isSaid ? '' : ` (exit status ${execution.exitCode})`
    const why = execution.reason === null ? '' : `: ${execution.reason}`
    const text = `${what.filter((word) => word !== '').join(' ')}: ${execution.state.replaceAll('_', ' ')}${exit}${why}`
    return `  ${String(execution.id).padStart(3)} ${plainLine(text)}`
  })
  if (failed.length > MOST_FAILURES) lines.push(`      and ${failed.length - MOST_FAILURES} more (--json shows all)`)
  return ['Without result:', ...lines].join('\n')
}

const warningText = (run: Run): string => {
  // Executions of one pipeline tend to say the same.
  const executions = new Map<string, number[]>()
  for (const { id, warnings } of run.executions)
    for (const text of warnings) executions.set(text, [...(executions.get(text) ?? []), id])
  const fromExecutions = [...executions].map(
    ([text, ids]) => `${ids.length === 1 ? 'execution' : 'executions'} ${idsText(ids)}: ${text}`,
  )
  return [...run.warnings, ...fromExecutions.slice(0, MOST_FAILURES)]
    .map((text) => `Warning: ${plainLine(text)}`)
    .join('\n')
}

const MOST_IDS = 5
const idsText = (ids: readonly number[]): string =>
  ids.length <= MOST_IDS ? ids.join(', ') : `${ids.slice(0, MOST_IDS).join(', ')} and ${ids.length - MOST_IDS} more`
