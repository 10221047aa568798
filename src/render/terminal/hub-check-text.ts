import type { HubCheck } from '../../app/hub/check-hub.ts'
import { formatInteger } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'

const count = (n: number, one: string): string => `${formatInteger(n)} ${n === 1 ? one : `${one}s`}`

/** Findings of a check, one line each: path, rule, sentence. Paths and sentences may be a stranger's. */
export const renderHubCheck = (check: HubCheck): string => {
  const errors = check.findings.filter(({ severity }) => severity === 'error').length
  const lines = check.findings.map(({ path, rule, severity, message, runId }) => {
    const where = path === '' ? '(whole hub)' : plainLine(path)
    const run = runId === null || path.includes(runId) ? '' : ` run ${plainLine(runId)}:`
    return `${severity === 'error' ? 'refused' : 'warning'}  ${where}  [${rule}]${run} ${plainLine(message)}`
  })
  const counts = [
    count(check.newRuns, 'new run'),
    count(check.registryFiles, 'registry document'),
    `${count(check.removed, 'path')} gone`,
  ].join(', ')
  const warnings = check.findings.length - errors
  const verdict = check.isRefused
    ? `Refused: ${count(errors, 'error')}, ${count(warnings, 'warning')} (${counts}).`
    : `Accepted: ${counts}${warnings > 0 ? `, ${count(warnings, 'warning')}` : ''}.`
  return [...lines, verdict].join('\n')
}
