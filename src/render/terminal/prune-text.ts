import type { PrunedItem, PruneKind, PruneResult } from '../../app/prune/prune-result.ts'
import type { KeptBecause } from '../../core/prune/choose-outputs.ts'
import { formatBytes, formatInteger } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'
import { prunedTotals, type PrunedTotal } from '../json/prune-document.ts'
import { firstFew } from './first-few.ts'
import { textTable } from './text-table.ts'

/** What went and what that freed, what was kept though it is old, and what could not be removed. */
export const renderPrune = (result: PruneResult, width?: number): string => {
  const { isDryRun, items, kept, problems } = result
  const total = items.reduce((sum, { bytes }) => sum + bytes, 0)
  const parts = [
    ...(items.length === 0
      ? [problems.length === 0 ? nothingText(result) : 'Nothing was removed.']
      : [
          `${isDryRun ? 'Would free' : 'Freed'} ${formatBytes(total)}${isDryRun ? '; nothing was removed (--dry-run)' : ''}. Scores, resources and documents stay.`,
          textTable(
            ['what', isDryRun ? 'would free' : 'freed', 'of'],
            prunedTotals(items).map((one) => [one.kind, formatBytes(one.bytes), whatText(one, items)]),
            width,
          ),
          ...(isDryRun ? [items.map(itemText).join('\n')] : []),
        ]),
    keptText(kept),
    problems.length === 0
      ? ''
      : [
          `Left alone, because it cannot be removed:`,
          ...problems.map(({ message, hints }) => `  ${plainLine([message, ...hints].join(' '))}`),
        ].join('\n'),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

const nothingText = ({ olderThanMs, kinds }: PruneResult): string =>
  `Nothing to do: nothing that may go (${kinds.join(', ')}) is older than ${ageText(olderThanMs)}.`

/** An age as it is given on the command line, in days where they are whole. */
const ageText = (milliseconds: number): string => {
  const days = milliseconds / 86_400_000
  return Number.isInteger(days) ? `${formatInteger(days)} ${days === 1 ? 'day' : 'days'}` : `${milliseconds / 1000} s`
}

const UNITS: Readonly<Record<PruneKind, readonly [one: string, many: string]>> = {
  outputs: ['execution', 'executions'],
  logs: ['execution', 'executions'],
  downloads: ['cached file with no other name', 'cached files with no other name'],
  mirrors: ['hub that the project has no longer', 'hubs that the project has no longer'],
  leftovers: ['leftover of a killed process', 'leftovers of killed processes'],
}

const whatText = ({ kind, count }: PrunedTotal, items: readonly PrunedItem[]): string => {
  const runs = new Set(items.flatMap((item) => (item.kind === kind && item.runId !== null ? [item.runId] : []))).size
  const counted = `${formatInteger(count)} ${UNITS[kind][count === 1 ? 0 : 1]}`
  const isOfRuns = kind === 'outputs' || kind === 'logs'
  return isOfRuns ? `${counted} of ${formatInteger(runs)} ${runs === 1 ? 'run' : 'runs'}` : counted
}

const itemText = ({ kind, path, bytes, count }: PrunedItem): string =>
  plainLine(`${kind.padEnd(10)} ${formatBytes(bytes).padStart(8)}  ${path} (${formatInteger(count)})`)

const WHY: Readonly<Record<KeptBecause, string>> = {
  active: 'at work now',
  unfinished: 'they can go on: benchmark run --resume RUN, benchmark cancel RUN or benchmark remove RUN',
  elsewhere: 'their folders are outside of this project, or behind a link: another project may have them, too',
  baseline: 'later runs are held against them',
  newest: 'the newest of a pipeline and parameter set for a sample',
  reused: 'newer runs took over their outputs',
}

const keptText = (kept: PruneResult['kept']): string => {
  const lines = (Object.keys(WHY) as KeptBecause[]).flatMap((because) => {
    const runs = kept.filter((one) => one.because === because).map(({ runId }) => runId)
    return runs.length === 0 ? [] : [`  ${plainLine(`${firstFew(runs)}: ${WHY[because]}`)}`]
  })
  return lines.length === 0 ? '' : ['Old runs whose outputs stay:', ...lines].join('\n')
}
