import type { RebuildResult } from '../../app/rebuild-database.ts'
import { formatLocation } from '../../core/problem.ts'
import { formatInteger } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'

/** What came back into the database, and which folders could not be read and why. */
export const renderRebuild = ({ restored, present, damaged }: RebuildResult): string => {
  const counts = [
    `${formatInteger(restored.length)} restored`,
    `${formatInteger(present.length)} already there`,
    `${formatInteger(damaged.length)} damaged`,
  ]
  const lines = [`Runs: ${counts.join(', ')}.`, ...restored.map((runId) => `  restored ${runId}`)]
  for (const { path, problem } of damaged) {
    lines.push(`  damaged  ${plainLine(path)}`)
    for (const { message, location } of problem.findings)
      lines.push(plainLine(`${location ? `${formatLocation(location)}: ` : ''}${message}`).replace(/^/, '    '))
  }
  return lines.join('\n')
}
