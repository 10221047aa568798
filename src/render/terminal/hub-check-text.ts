import type { HubCheck } from '../../app/hub/check-hub.ts'
import { formatInteger } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'

/** Findings of a check, one line each: path, rule, sentence. Paths and sentences may be a stranger's. */
export const renderHubCheck = (check: HubCheck): string => {
  const errors = check.findings.filter(({ severity }) => severity === 'error').length
  const lines = check.findings.map(({ path, rule, severity, message, runId }) => {
    const where = path === '' ? '(whole hub)' : plainLine(path)
    const run = runId === null || path.includes(runId) ? '' : ` run ${plainLine(runId)}:`
    return `${severity === 'error' ? 'refused' : 'warning'}  ${where}  [${rule}]${run} ${plainLine(message)}`
  })
  const counts = [
    `${formatInteger(check.newRuns)} new runs`,
    `${formatInteger(check.registryFiles)} registry documents`,
    `${formatInteger(check.removed)} paths gone`,
  ].join(', ')
  const warnings = check.findings.length - errors
  const verdict = check.isRefused
    ? `Refused: ${formatInteger(errors)} errors, ${formatInteger(warnings)} warnings (${counts}).`
    : `Accepted: ${counts}${warnings > 0 ? `, ${formatInteger(warnings)} warnings` : ''}.`
  return [...lines, verdict].join('\n')
}
