import type { Gate } from '../../app/gate-run.ts'
import type { Violation } from '../../core/constraints.ts'
import { formatBytes, formatRatio, formatSeconds } from '../format-number.ts'
import { plainText } from '../plain-text.ts'

/** What stands against the run, one line each; empty when nothing does. */
export const renderGate = ({ violations, closed }: Gate): string => {
  const lines = violations.map((violation) => `  ${violationText(violation)}`)
  if (lines.length > 0) lines.unshift('Constraints that are not met:')
  if (closed) lines.push('The gate is closed (exit status 5).')
  return lines.join('\n')
}

/** One limit that was not kept. */
export const violationText = ({ pipeline, params, constraint, limit, value }: Violation): string => {
  const settings = Object.entries(params).map(([name, setting]) => ` ${name}=${String(setting)}`)
  const show = constraint === 'max_runtime' ? formatSeconds : constraint === 'max_memory' ? formatBytes : formatRatio
  return plainText(
    `${pipeline}${settings.join('')}: ${constraint} ${show(limit)}, has ${value === null ? 'no value' : show(value)}`,
  )
}
