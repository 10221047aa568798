import type { MixedDatabase } from '../../app/rank/mixed-databases.ts'
import { shortDigests } from '../../core/databases.ts'
import { findMetric } from '../../core/metrics/registry.ts'
import type { Candidate, MetricSeries } from '../../core/ranking/observation.ts'
import { plainLine } from '../plain-text.ts'

const RESOURCE_NAMES: Readonly<Record<string, string>> = {
  wall_seconds: 'runtime',
  peak_rss_bytes: 'memory',
  cpu_seconds: 'CPU time',
}

/** `resfinder 4.5`. */
export const pipelineText = ({ pipeline, version }: Pick<Candidate, 'pipeline' | 'version'>): string =>
  version === null ? pipeline : `${pipeline} ${version}`

/** `min_identity=90`, in the order of names. */
export const paramsText = ({ params }: Pick<Candidate, 'params'>): string =>
  Object.entries(params)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')

/** `resfinder 4.5 (min_identity=90) of gut-lab`, safe for a terminal. */
export const candidateText = (candidate: Candidate): string => {
  const params = paramsText(candidate)
  const project = candidate.project === null ? '' : ` of ${candidate.project}`
  return plainLine(`${pipelineText(candidate)}${params === '' ? '' : ` (${params})`}${project}`)
}

/** `sensitivity (gene)`. */
export const seriesText = ({ metric, level, rank }: MetricSeries): string => {
  const name = RESOURCE_NAMES[metric] ?? metric
  const details = [level, rank].filter((part) => part !== null)
  return details.length === 0 ? name : `${name} (${details.join(', ')})`
}

/** Unit of a metric, for numbers that come without. */
export const unitOf = (metric: string): string => findMetric(metric)?.definition.unit ?? ''

/** `12 %`, never 0 % or 100 % of what is neither. */
export const shareText = (share: number): string => {
  const percent = share * 100
  if (percent > 0 && percent < 0.5) return '<1 %'
  if (percent < 100 && percent > 99.5) return '>99 %'
  return `${percent.toFixed(0)} %`
}

/** `1 sample`, `4 samples`. */
export const countText = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`

/** What stands in one row and is not of one and the same, in a sentence. */
export const mixedDatabaseText = ({ candidate, database, contents }: MixedDatabase): string =>
  plainLine(
    `${candidateText(candidate)} read several versions of the database ${database} (${contents.map(shortDigests).join(', ')}): its numbers are of all of them together`,
  )
