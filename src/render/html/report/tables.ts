import type { ReportDocument } from '../../../generated/report.ts'
import { unitStep } from '../charts/axis-scale.ts'
import type { Cell, DataTable } from '../charts/spec.ts'
import { atWords, changedName, changeWords, reasonWords } from './words.ts'

// The tables of a run report. Numbers of mixed units stand in the unit of their row, which has a column of its own.

const number = (value: number | null, why: string, divide = 1): Cell =>
  value === null ? { missing: why } : value / divide

const text = (key: string, label: string) => ({ key, label, kind: 'text' as const })
const choice = (key: string, label: string) => ({ ...text(key, label), isChoice: true })
const numbers = (key: string, label: string, unit?: string) => ({
  ...{ key, label, kind: 'number' as const },
  ...(unit === undefined ? {} : { unit }),
})

/** Every metric of every pipeline, with its difference to the baseline where there is one. */
export const metricTable = ({ metrics }: ReportDocument): DataTable => {
  const isCompared = metrics.some(({ change }) => change !== null)
  return {
    caption: 'All metrics',
    columns: [
      ...[
        choice('pipeline', 'pipeline'),
        choice('metric', 'metric'),
        choice('at', 'level or rank'),
        choice('as', 'as'),
      ],
      ...[numbers('value', 'value'), numbers('low', '95 % from'), numbers('high', '95 % to'), text('unit', 'unit')],
      ...[numbers('n', 'n'), numbers('n_expected', 'of'), text('direction', 'better is')],
      ...(isCompared
        ? [numbers('change', 'change'), text('change_unit', 'change in'), choice('verdict', 'verdict')]
        : []),
    ],
    rows: metrics.map((row) => {
      const step = unitStep(row.unit, Math.abs(row.value ?? 0))
      const { change } = row
      return [
        ...[row.name, row.title, atWords(row), row.aggregation],
        number(row.value, reasonWords(row.reason), step.divide),
        number(row.low, 'none', step.divide),
        number(row.high, 'none', step.divide),
        ...[step.unit === '' ? '' : step.unit, row.n, row.n_expected, row.direction === 'none' ? '' : row.direction],
        ...(isCompared ? changeCells(change, row.unit, row.direction) : []),
      ]
    }),
  }
}

const changeCells = (
  change: ReportDocument['metrics'][number]['change'],
  unit: string,
  direction: string,
): readonly Cell[] => {
  if (change === null) return [{ missing: 'not compared' }, '', '']
  const scaled = effectScale(change.scale, unit, change.effect)
  const { sign, word } = changeWords(change.verdict, change.effect, direction)
  return [number(change.effect, 'no value', scaled.divide), scaled.unit, `${sign}\u00a0${word}`]
}

type ChangeOf = NonNullable<ReportDocument['comparison']['vs_baseline']['result']>['changes'][number]

/** What a reader of the comparison looks for; everything else stands in the table of all metrics. */
const isShown = ({ primary, verdict, metric }: ChangeOf): boolean =>
  primary || metric === 'wall_seconds' || metric === 'peak_rss_bytes' || !QUIET.has(verdict)

const QUIET: ReadonlySet<string> = new Set(['equivalent', 'inconclusive'])

/** Differences of time and memory that no user would notice are equivalent, whatever their share. */
const belowFloor = ({ verdict, effect, gates }: ChangeOf): string => {
  const floor = gates.find(({ gate }) => gate === 'above-floor')
  return verdict !== 'equivalent' || effect === 0 || floor === undefined || floor.passed
    ? ''
    : `too small to matter: ${floor.detail}`
}

const effectScale = (scale: 'absolute' | 'relative', unit: string, effect: number | null) =>
  scale === 'relative' ? { divide: 0.01, unit: '%' } : unitStep(unit, Math.abs(effect ?? 0))

/** Every change against the baseline. */
export const changeTable = (document: ReportDocument): DataTable | null => {
  const { result } = document.comparison.vs_baseline
  if (result === null) return null
  const titles = new Map(document.metrics.map(({ metric, title }) => [metric, title]))
  return {
    caption: 'Primary metrics and everything that changed',
    columns: [
      ...[
        choice('pipeline', 'pipeline'),
        choice('metric', 'metric'),
        choice('at', 'level or rank'),
        text('important', 'primary'),
      ],
      ...[numbers('baseline', 'baseline'), numbers('candidate', 'this run'), text('unit', 'unit')],
      ...[
        numbers('change', 'change'),
        numbers('low', '95 % from'),
        numbers('high', '95 % to'),
        text('change_unit', 'change in'),
      ],
      ...[
        numbers('p_adjusted', 'adjusted p'),
        numbers('n', 'common samples'),
        choice('verdict', 'verdict'),
        text('note', 'note'),
      ],
    ],
    rows: result.changes.filter(isShown).map((change) => {
      const step = unitStep(change.unit, Math.max(Math.abs(change.baseline ?? 0), Math.abs(change.candidate ?? 0)))
      const scaled = effectScale(change.effect_scale, change.unit, change.effect)
      const { sign, word } = changeWords(change.verdict, change.effect, change.direction)
      return [
        changedName(document, change),
        titles.get(change.metric) ?? change.metric,
        atWords(change),
        change.primary ? 'yes' : '',
        number(change.baseline, 'none', step.divide),
        number(change.candidate, 'none', step.divide),
        step.unit,
        number(change.effect, 'none', scaled.divide),
        number(change.low, 'none', scaled.divide),
        number(change.high, 'none', scaled.divide),
        scaled.unit,
        number(change.p_adjusted, 'not tested'),
        change.n_common,
        `${sign}\u00a0${word}`,
        [change.note ?? '', belowFloor(change)].filter((part) => part !== '').join('; '),
      ]
    }),
  }
}

/** Place among the community, metric by metric. */
export const communityTable = ({ comparison: { vs_community: of } }: ReportDocument): DataTable | null => {
  const { result } = of
  if (result === null) return null
  const key = ({
    metric,
    level,
    rank,
    dataset,
  }: {
    metric: string
    level: string | null
    rank: string | null
    dataset: string
  }) => JSON.stringify([metric, level, rank, dataset])
  const statistics = new Map(result.statistics.map((one) => [key(one), one]))
  const withheld = (why: string | null): string =>
    why === 'fewer_than_k' ? `withheld: fewer than ${String(result.group_size)} others` : 'no values of others'
  return {
    caption: 'Place among comparable results of others',
    columns: [
      ...[
        choice('metric', 'metric'),
        choice('at', 'level or rank'),
        numbers('value', 'this run'),
        numbers('median', 'median of others'),
      ],
      ...[numbers('first', 'first quartile'), numbers('third', 'third quartile'), text('unit', 'unit')],
      ...[numbers('percentile', 'better than', '%'), numbers('place', 'place'), numbers('of', 'of')],
    ],
    rows: result.places.map((place) => {
      const other = statistics.get(key(place))
      const unit = other?.unit ?? ''
      const step = unitStep(unit, Math.abs(place.value))
      const why = withheld(place.withheld)
      const quartiles = other?.quartiles ?? null
      return [
        place.metric.replaceAll('_', ' '),
        atWords(place),
        place.value / step.divide,
        number(quartiles?.median ?? null, why, step.divide),
        number(quartiles?.first ?? null, why, step.divide),
        number(quartiles?.third ?? null, why, step.divide),
        step.unit,
        ...[number(place.percentile, why), number(place.place, why), number(place.of, why)],
      ]
    }),
  }
}

const STATES = { confirmed: 'moved', watch: 'watch', quiet: 'steady', unjudged: 'not judged' } as const

/** What was found in each series over earlier runs. */
export const historyTable = ({ comparison: { vs_history: of } }: ReportDocument): DataTable | null =>
  of.result && {
    caption: 'Metrics over earlier runs',
    columns: [
      ...[choice('pipeline', 'pipeline'), choice('metric', 'metric'), choice('at', 'level or rank')],
      ...[choice('state', 'state'), numbers('runs', 'runs'), text('why', 'why')],
    ],
    rows: of.result.series.map((series) => [
      ...[series.name, series.title, atWords(series), STATES[series.state]],
      series.points.filter(({ value }) => value !== null).length,
      series.reasons.join('; '),
    ]),
  }

/** Samples by pipeline; null where they are shown by quantiles. */
export const sampleTable = ({ samples, sample_metrics }: ReportDocument): DataTable | null => {
  if (samples === null || samples.length === 0) return null
  const wall = samples.reduce((most, { wall_seconds }) => Math.max(most, wall_seconds ?? 0), 0)
  const memory = samples.reduce((most, { peak_rss_bytes }) => Math.max(most, peak_rss_bytes ?? 0), 0)
  const [time, bytes] = [unitStep('seconds', wall), unitStep('bytes', memory)]
  return {
    caption: 'Samples',
    columns: [
      ...[text('sample', 'sample'), choice('pipeline', 'pipeline')],
      ...sample_metrics.map((one) =>
        numbers(
          [one.metric, one.level, one.rank].filter((part) => part !== null).join('_'),
          atWords(one) === '' ? one.title : `${one.title} (${atWords(one)})`,
          one.unit,
        ),
      ),
      ...[numbers('wall', 'runtime', time.unit), numbers('memory', 'peak memory', bytes.unit)],
      ...[numbers('repeats', 'repeats'), choice('state', 'state'), text('reason', 'why')],
    ],
    rows: samples.map((row) => [
      ...[row.sample, row.name],
      ...row.scores.map(({ value, reason }) => number(value, reasonWords(reason))),
      number(row.wall_seconds, 'not measured', time.divide),
      number(row.peak_rss_bytes, 'not measured', bytes.divide),
      ...[row.repeats, row.state, row.reason ?? ''],
    ]),
  }
}

/** Distribution over samples, for reports that do not list them. */
export const spreadTable = ({ spreads }: ReportDocument): DataTable => ({
  caption: 'Distribution over samples',
  columns: [
    ...[choice('pipeline', 'pipeline'), choice('metric', 'metric'), choice('at', 'level or rank')],
    ...[numbers('n', 'samples'), numbers('missing', 'without value'), numbers('lowest', 'lowest')],
    ...[numbers('first', 'first quartile'), numbers('median', 'median'), numbers('third', 'third quartile')],
    ...[numbers('highest', 'highest'), text('unit', 'unit')],
  ],
  rows: spreads.map((row) => [
    ...[row.name, row.title, atWords(row), row.n, row.missing],
    ...[row.lowest, row.first_quartile, row.median, row.third_quartile, row.highest].map((value) =>
      number(value, 'no value'),
    ),
    row.unit,
  ]),
})

/** What each pipeline used. */
export const useTable = ({ resources: { pipelines } }: ReportDocument): DataTable => {
  const largest = (read: (of: (typeof pipelines)[number]) => number | null): number =>
    pipelines.reduce((most, one) => Math.max(most, read(one) ?? 0), 0)
  const time = unitStep(
    'seconds',
    largest(({ wall_seconds }) => wall_seconds),
  )
  const cpu = unitStep(
    'seconds',
    largest(({ cpu_seconds }) => cpu_seconds),
  )
  const memory = unitStep(
    'bytes',
    largest(({ largest_rss_bytes }) => largest_rss_bytes),
  )
  const read = unitStep(
    'bytes',
    largest(({ read_bytes }) => read_bytes),
  )
  const written = unitStep(
    'bytes',
    largest(({ written_bytes }) => written_bytes),
  )
  const why = 'not measured'
  return {
    caption: 'Resources by pipeline',
    columns: [
      ...[choice('pipeline', 'pipeline'), numbers('executions', 'executions')],
      ...[
        numbers('failed', 'failed'),
        numbers('cached', 'from cache'),
        numbers('retried', 'retried'),
        numbers('noisy', 'disturbed'),
      ],
      ...[numbers('wall', 'median runtime', time.unit), numbers('cpu', 'median CPU time', cpu.unit)],
      ...[numbers('memory', 'median peak memory', memory.unit), numbers('memory_max', 'largest peak', memory.unit)],
      ...[
        numbers('read', 'median read', read.unit),
        numbers('written', 'median written', written.unit),
        text('method', 'measured by'),
      ],
    ],
    rows: pipelines.map((row) => [
      ...[row.name, row.executions, row.failed, row.cached, row.retried, row.noisy],
      number(row.wall_seconds, why, time.divide),
      number(row.cpu_seconds, why, cpu.divide),
      number(row.peak_rss_bytes, why, memory.divide),
      number(row.largest_rss_bytes, why, memory.divide),
      number(row.read_bytes, why, read.divide),
      number(row.written_bytes, why, written.divide),
      row.method ?? '',
    ]),
  }
}

/** What each process of a workflow used. */
export const processTable = ({ resources: { processes } }: ReportDocument): DataTable | null => {
  if (processes.length === 0) return null
  const time = unitStep('seconds', Math.max(...processes.map(({ wall_seconds }) => wall_seconds ?? 0)))
  const memory = unitStep('bytes', Math.max(...processes.map(({ peak_rss_bytes }) => peak_rss_bytes ?? 0)))
  const why = 'not in the trace'
  return {
    caption: 'Resources by process',
    columns: [
      ...[choice('pipeline', 'pipeline'), text('process', 'process'), numbers('tasks', 'tasks')],
      ...[numbers('failed', 'failed'), numbers('cached', 'from cache')],
      ...[numbers('wall', 'time of all tasks', time.unit), numbers('cpu', 'CPU time', time.unit)],
      ...[numbers('memory', 'largest peak memory', memory.unit)],
    ],
    rows: processes.map((row) => [
      ...[row.name, row.process, row.tasks, row.failed, row.cached],
      number(row.wall_seconds, why, time.divide),
      number(row.cpu_seconds, why, time.divide),
      number(row.peak_rss_bytes, why, memory.divide),
    ]),
  }
}
