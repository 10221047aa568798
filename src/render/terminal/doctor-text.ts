import type { Check, Diagnosis, PipelineReadiness } from '../../app/doctor.ts'
import type { SelfTest, SelfTestFigure } from '../../app/self-test.ts'
import { formatBytes, formatSeconds } from '../format-number.ts'
import { plainText } from '../plain-text.ts'
import { isForPrograms, renderTable, type TableOptions } from '../table/table.ts'

const MARKS: Readonly<Record<Check['status'], string>> = { ok: 'ok', limited: 'limited', missing: 'MISSING' }

/** What is here, what is missing and what to do. */
export const renderDiagnosis = (diagnosis: Diagnosis, options: TableOptions = {}): string => {
  if (isForPrograms(options)) return findingRows(diagnosis, options)
  const isMarkdown = options.format === 'markdown'
  return [
    isMarkdown ? checksTable(diagnosis.checks, options) : diagnosis.checks.map(checkText).join('\n'),
    pipelinesText(diagnosis.pipelines, options),
    ...(diagnosis.selfTest ? [selfTestText(diagnosis.selfTest, options)] : []),
    diagnosis.isReady ? 'Ready to run.' : 'Not ready: see what is missing above.',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const markOf = ({ status, isRequired }: Check): string =>
  status === 'missing' && !isRequired ? 'missing' : MARKS[status]

const checksTable = (checks: readonly Check[], options: TableOptions): string =>
  renderTable(
    { head: ['state', 'found', 'what to do'], rows: checks.map((one) => [markOf(one), one.found, one.advice ?? '']) },
    options,
  )

/** Everything that was looked at, one a row. */
const findingRows = ({ checks, pipelines, selfTest }: Diagnosis, options: TableOptions): string =>
  renderTable(
    {
      head: ['kind', 'name', 'status', 'found', 'advice'],
      rows: [
        ...checks.map(({ check, status, found, advice }) => ['check', check, status, found, advice ?? '']),
        ...pipelines.map(({ pipeline, version, isReady, missing }) => [
          ...['pipeline', pipeline, isReady ? 'ok' : 'missing', version ?? ''],
          isReady ? '' : `not installed: ${missing.join(', ')}`,
        ]),
        ...(selfTest?.figures ?? []).map(({ figure, isOk, measured, expected, unit }) => [
          ...['self_test', figure, isOk ? 'ok' : measured === null ? 'limited' : 'wrong'],
          ...[measured === null ? '' : String(measured), `expected ${String(expected)} ${unit ?? ''}`.trim()],
        ]),
      ],
    },
    options,
  )

const checkText = (check: Check): string => {
  const { found, advice } = check
  return plainText(
    [`${markOf(check).padEnd(9)}${found}`, ...(advice === null ? [] : [`         → ${advice}`])].join('\n'),
  )
}

const pipelinesText = (pipelines: readonly PipelineReadiness[], options: TableOptions): string => {
  if (pipelines.length === 0) return ''
  const rows = pipelines.map(({ pipeline, version, isReady, missing }) => [
    pipeline,
    version ?? '',
    isReady ? 'ready' : `not installed: ${missing.join(', ')}`,
  ])
  return renderTable({ head: ['pipeline', 'version', 'can run here'], rows }, options)
}

const TITLES: Readonly<Record<SelfTestFigure['figure'], string>> = {
  memory: 'peak memory',
  cpu_time: 'CPU time',
  bytes_written: 'bytes written',
  exit_status: 'exit status',
  time_limit: 'stopped at its time limit',
}

const selfTestText = ({ figures, isOk }: SelfTest, options: TableOptions): string => {
  const rows = figures.map((figure) => [
    TITLES[figure.figure],
    quantity(figure.expected, figure.unit),
    figure.measured === null ? 'not measured here' : quantity(figure.measured, figure.unit),
    figure.errorPercent === null ? '' : `${figure.errorPercent.toFixed(1)} %`,
    `${figure.tolerancePercent} %`,
    figure.isOk ? 'ok' : figure.measured === null ? 'limited' : 'WRONG',
  ])
  const table = renderTable({ head: ['self-test', 'expected', 'measured', 'error', 'allowed', 'is'], rows }, options)
  return `${table}\n${options.format === 'markdown' ? '\n' : ''}${isOk ? 'The instrument measures rightly here.' : 'The instrument measures WRONGLY here: do not trust its figures.'}`
}

const quantity = (value: number, unit: SelfTestFigure['unit']): string =>
  unit === 'bytes' ? formatBytes(value) : unit === 'seconds' ? formatSeconds(value) : String(value)
