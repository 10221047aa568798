import type { RecommendationWish } from '../app/rank/recommend-pipeline.ts'
import { findMetric, metricNames } from '../core/metrics/registry.ts'
import { nearest, Problem } from '../core/problem.ts'
import { DURATION_HINT, parseDuration, parseSize, SIZE_HINT } from '../core/units.ts'

/** Limits as they stand on the command line. */
interface LimitFlags {
  readonly 'max-runtime'?: string | undefined
  readonly 'max-memory'?: string | undefined
  readonly 'min-sensitivity'?: string | undefined
  readonly 'min-precision'?: string | undefined
  readonly 'min-f1-score'?: string | undefined
  /** METRIC=VALUE */
  readonly min?: readonly string[] | undefined
  readonly max?: readonly string[] | undefined
}

/** Limits of a command line. Throws `E_USAGE` naming the flag that cannot be read. */
export const limitsOf = (
  flags: LimitFlags,
): Pick<RecommendationWish, 'maxRuntimeSeconds' | 'maxMemoryBytes' | 'minimums' | 'maximums'> => {
  const runtime = quantity('--max-runtime', flags['max-runtime'], parseDuration, DURATION_HINT)
  const memory = quantity('--max-memory', flags['max-memory'], parseSize, SIZE_HINT)
  const named = (['sensitivity', 'precision', 'f1-score'] as const).flatMap((metric) => {
    const value = flags[`min-${metric}`]
    return value === undefined
      ? []
      : [bound(`--min-${metric}`, metric.replace('-', '_'), value, `Write --min-${metric} 0.9.`)]
  })
  return {
    ...(runtime === null ? {} : { maxRuntimeSeconds: runtime / 1000 }),
    ...(memory === null ? {} : { maxMemoryBytes: memory }),
    minimums: Object.fromEntries([...named, ...bounds('--min', flags.min ?? [])]),
    maximums: Object.fromEntries(bounds('--max', flags.max ?? [])),
  }
}

const quantity = (
  flag: string,
  text: string | undefined,
  parse: (text: string) => number | null,
  hint: string,
): number | null => {
  if (text === undefined) return null
  const value = parse(text)
  if (value === null) throw new Problem('E_USAGE', `${flag} ${text} cannot be read.`, { hints: [hint] })
  return value
}

const bounds = (flag: string, texts: readonly string[]): readonly (readonly [string, number])[] =>
  texts.map((text) => {
    const [metric = '', value = ''] = text.split('=')
    return bound(flag, metric, value)
  })

const bound = (
  flag: string,
  metric: string,
  text: string,
  hint = `Write ${flag} METRIC=VALUE, for example ${flag} sensitivity=0.9.`,
): readonly [string, number] => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value))
    throw new Problem('E_USAGE', `${flag}: "${text}" is not a number.`, {
      hints: [hint],
    })
  const found = findMetric(metric.split('@')[0] ?? '')
  if (!found) {
    const near = nearest(metric, metricNames())
    throw new Problem('E_USAGE', `There is no metric "${metric}".`, {
      hints: near.length > 0 ? [`Did you mean "${near.join('" or "')}"?`] : ['See `benchmark metric list`.'],
    })
  }
  const [low, high] = found.definition.range
  if ((low !== null && value < low) || (high !== null && value > high))
    throw new Problem(
      'E_USAGE',
      `${metric} goes from ${String(low ?? '-∞')} to ${String(high ?? '∞')}, not to ${text}.`,
      {
        hints: high === 1 && value > 1 && value <= 100 ? [`For ${text} % write ${String(value / 100)}.`] : [],
      },
    )
  return [metric, value]
}
