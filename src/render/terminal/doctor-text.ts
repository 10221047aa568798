import type { Check, Diagnosis, PipelineReadiness } from '../../app/doctor.ts'
import type { SelfTest, SelfTestFigure } from '../../app/self-test.ts'
import { formatBytes, formatSeconds } from '../format-number.ts'
import { plainText } from '../plain-text.ts'
import { textTable } from './text-table.ts'

const MARKS: Readonly<Record<Check['status'], string>> = { ok: 'ok', limited: 'limited', missing: 'MISSING' }

/** What is here, what is missing and what to do. */
export const renderDiagnosis = (diagnosis: Diagnosis, width?: number): string =>
  [
    diagnosis.checks.map(checkText).join('\n'),
    pipelinesText(diagnosis.pipelines, width),
    ...(diagnosis.selfTest ? [selfTestText(diagnosis.selfTest, width)] : []),
    diagnosis.isReady ? 'Ready to run.' : 'Not ready: see what is missing above.',
  ]
    .filter((part) => part !== '')
    .join('\n\n')

const checkText = ({ status, found, advice, isRequired }: Check): string => {
  const mark = status === 'missing' && !isRequired ? 'missing' : MARKS[status]
  return plainText([`${mark.padEnd(9)}${found}`, ...(advice === null ? [] : [`         → ${advice}`])].join('\n'))
}

const pipelinesText = (pipelines: readonly PipelineReadiness[], width: number | undefined): string => {
  if (pipelines.length === 0) return ''
  const rows = pipelines.map(({ pipeline, version, isReady, missing }) => [
    pipeline,
    version ?? '',
    isReady ? 'ready' : `not installed: ${missing.join(', ')}`,
  ])
  return textTable(['pipeline', 'version', 'can run here'], rows, width)
}

const TITLES: Readonly<Record<SelfTestFigure['figure'], string>> = {
  memory: 'peak memory',
  cpu_time: 'CPU time',
  bytes_written: 'bytes written',
  exit_status: 'exit status',
  time_limit: 'stopped at its time limit',
}

const selfTestText = ({ figures, isOk }: SelfTest, width: number | undefined): string => {
  const rows = figures.map((figure) => [
    TITLES[figure.figure],
    quantity(figure.expected, figure.unit),
    figure.measured === null ? 'not measured here' : quantity(figure.measured, figure.unit),
    figure.errorPercent === null ? '' : `${figure.errorPercent.toFixed(1)} %`,
    `${figure.tolerancePercent} %`,
    figure.isOk ? 'ok' : figure.measured === null ? 'limited' : 'WRONG',
  ])
  const table = textTable(['self-test', 'expected', 'measured', 'error', 'allowed', ''], rows, width)
  return `${table}\n${isOk ? 'The instrument measures rightly here.' : 'The instrument measures WRONGLY here: do not trust its figures.'}`
}

const quantity = (value: number, unit: SelfTestFigure['unit']): string =>
  unit === 'bytes' ? formatBytes(value) : unit === 'seconds' ? formatSeconds(value) : String(value)
