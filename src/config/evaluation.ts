import type { Evaluation } from '../core/plan.ts'
import { type Finding, nearest } from '../core/problem.ts'
import { isRecord } from './declaration.ts'
import { readDuration, readSize } from './limits.ts'
import type { SchemaComplaint } from './schema-findings.ts'
import type { Path, YamlSource } from './yaml-source.ts'

/** What a metric name means: the id, the match level when the name implies one, and the range of its values. */
export interface MetricReference {
  readonly metric: string
  readonly level: string | null
  readonly range: readonly [number | null, number | null]
}
/** The metric registry, as far as a configuration needs it. */
export interface MetricNames {
  readonly find: (name: string) => MetricReference | undefined
  /** Every id and alias, for suggestions. */
  readonly names: readonly string[]
}

const SECTION = ['benchmark', 'evaluation'] as const

/** The `evaluation:` section. Values of a wrong type are skipped: the schema has reported them. */
export const readEvaluation = (
  source: YamlSource,
  section: unknown,
  metrics: MetricNames,
  findings: Finding[],
): Evaluation => {
  const { metrics: listed, priority, primary_metric: primary, constraints, gate } = isRecord(section) ? section : {}
  const report = (message: string, path: Path, hint?: string, part: 'key' | 'value' = 'value'): void => {
    findings.push({
      message,
      location: source.locate([...SECTION, ...path], part),
      ...(hint === undefined ? {} : { hint }),
    })
  }
  const find = (name: string, path: Path, part: 'key' | 'value' = 'value'): MetricReference | null => {
    const found = metrics.find(name)
    if (found) return found
    const near = nearest(name, metrics.names)
    const hint = near.length > 0 ? `did you mean "${near.join('" or "')}"?` : 'benchmark metric list shows every metric'
    report(`There is no metric "${name}".`, path, hint, part)
    return null
  }
  const limits = isRecord(constraints) ? constraints : {}
  return {
    metrics: (Array.isArray(listed) ? listed : []).flatMap((name, index) => {
      const found = typeof name === 'string' ? find(name, ['metrics', index]) : null
      return found ? [{ metric: found.metric, level: found.level }] : []
    }),
    priority: readPriority(priority, find, report),
    primary: typeof primary === 'string' ? primaryOf(find(primary, ['primary_metric'])) : null,
    constraints: {
      maxRuntimeSeconds: inSeconds(readDuration(limits['max_runtime'], ['constraints', 'max_runtime'], report)),
      maxMemoryBytes: readSize(limits['max_memory'], ['constraints', 'max_memory'], report),
      minimums: readBounds('min_', limits, find, report),
      maximums: readBounds('max_', limits, find, report),
    },
    ...(isRecord(gate) ? { gate: { inconclusive: gate['inconclusive'] === 'fail' ? 'fail' : 'pass' } } : {}),
  }
}

type Find = (name: string, path: Path, part?: 'key' | 'value') => MetricReference | null
type Report = (message: string, path: Path, hint?: string, part?: 'key' | 'value') => void

/** `sensitivity`, or `sensitivity@gene` where the name implies a level: the keys of priorities and constraints. */
const metricKey = ({ metric, level }: Pick<MetricReference, 'metric' | 'level'>): string =>
  level === null ? metric : `${metric}@${level}`

const primaryOf = (found: MetricReference | null): Evaluation['primary'] =>
  found && { metric: found.metric, level: found.level }

const inSeconds = (milliseconds: number | null): number | null => (milliseconds === null ? null : milliseconds / 1000)

const readPriority = (priority: unknown, find: Find, report: Report): Evaluation['priority'] => {
  const weights: Record<string, number> = {}
  for (const [name, weight] of Object.entries(isRecord(priority) ? priority : {})) {
    const found = find(name, ['priority', name], 'key')
    if (!found || typeof weight !== 'number') continue
    const key = metricKey(found)
    if (Object.hasOwn(weights, key))
      report(`"${name}" names the metric ${key} a second time.`, ['priority', name], 'keep one of the two', 'key')
    weights[key] = weight
  }
  const values = Object.values(isRecord(priority) ? priority : {})
  if (values.length > 0 && values.every((weight) => weight === 0))
    report('At least one weight must be above 0.', ['priority'])
  return weights
}

const readBounds = (
  prefix: 'min_' | 'max_',
  limits: Record<string, unknown>,
  find: Find,
  report: Report,
): Readonly<Record<string, number>> => {
  const bounds: Record<string, number> = {}
  for (const [name, bound] of Object.entries(limits)) {
    if (!name.startsWith(prefix) || name === 'max_runtime' || name === 'max_memory') continue
    const path = ['constraints', name]
    const found = find(name.slice(prefix.length), path, 'key')
    if (!found || typeof bound !== 'number') continue
    const [low, high] = found.range
    if ((low !== null && bound < low) || (high !== null && bound > high))
      report(
        `${found.metric} goes from ${low ?? '-∞'} to ${high ?? '∞'}; ${bound} can never ${prefix === 'min_' ? 'be reached' : 'be exceeded'}.`,
        path,
        high === 1 && bound <= 100 ? `for ${bound} % write ${bound / 100}` : undefined,
      )
    bounds[metricKey(found)] = bound
  }
  return bounds
}

/** A bound on an unknown metric is reported as that, not by the type the bound would have. */
export const explainBound = ({ path, keyword }: SchemaComplaint, metrics: MetricNames): 'ignore' | undefined => {
  const [, section, group, key] = path
  if (section !== 'evaluation' || group !== 'constraints' || keyword !== 'type' || key === undefined) return undefined
  const [, name] = /^(?:min|max)_(.+)$/.exec(String(key)) ?? []
  if (name === undefined || key === 'max_runtime' || key === 'max_memory') return undefined
  return metrics.find(name) === undefined ? 'ignore' : undefined
}
