import type { RunDifferences } from '../../app/compare-with.ts'
import { formatMetric } from '../format-number.ts'
import { plainText } from '../plain-text.ts'
import { textTable } from './text-table.ts'

/** Differences to another run, side by side. No verdict: for that there must be a test. */
export const renderDifferences = (result: RunDifferences): string => {
  const head = `Differences to run ${result.baseline} (same samples only; a description, not a test)`
  if (result.notComparable.length > 0)
    return `Run ${result.baseline} is not comparable: ${result.notComparable.join(', ')} differ${result.notComparable.length === 1 ? 's' : ''}.`
  const rows = result.differences.map((entry) => [
    entry.pipeline,
    Object.entries(entry.params)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(' '),
    entry.level === null ? entry.metric : `${entry.metric} (${entry.level})`,
    show(entry.baseline, entry.unit),
    show(entry.candidate, entry.unit),
    entry.difference === null
      ? '–'
      : `${entry.difference > 0 ? '+' : entry.difference < 0 ? '-' : ''}${formatMetric(Math.abs(entry.difference), entry.unit)}`,
    String(entry.nCommon),
  ])
  return [
    plainText(head),
    textTable(['pipeline', 'parameters', 'metric', 'baseline', 'this run', 'difference', 'samples'], rows),
  ].join('\n')
}

const show = (value: number | null, unit: string): string => (value === null ? '–' : formatMetric(value, unit))
