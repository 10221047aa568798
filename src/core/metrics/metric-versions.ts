import { findMetric } from './registry.ts'
import { RESOURCE_METRICS } from './resources.ts'

const PREFIX = 'metric_version:'
/** What runs from before versions were kept mean by not naming one: no definition had been changed. */
const FIRST = '1'

/** Metric whose version a key of comparability holds; null: it holds something else. */
export const metricOfVersionKey = (key: string): string | null =>
  key.startsWith(PREFIX) ? key.slice(PREFIX.length) : null

/** Version of a metric's definition that the scores of a run were made with. */
export const scoredVersion = (comparability: Readonly<Record<string, string>>, metric: string): string =>
  comparability[`${PREFIX}${metric}`] ?? FIRST

const currentVersion = (metric: string): string => String(findMetric(metric)?.definition.version ?? FIRST)

/** Keys of comparability for the metrics of these scores, and of resources, whose definition is not the first one. */
export const versionKeys = (
  scores: readonly { readonly metric: string }[],
  versionOf: (metric: string) => string = currentVersion,
): Readonly<Record<string, string>> => {
  const metrics = new Set(
    [...scores, ...RESOURCE_METRICS.map(({ id }) => ({ metric: id }))].map(({ metric }) => metric),
  )
  return Object.fromEntries(
    [...metrics].flatMap((metric) => {
      const version = versionOf(metric)
      return version === FIRST ? [] : [[`${PREFIX}${metric}`, version]]
    }),
  )
}
