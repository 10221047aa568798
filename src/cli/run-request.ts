import { resolve } from 'node:path'
import type { RunRequest } from '../app/plan-run.ts'
import type { RunPlan } from '../core/plan.ts'
import { Problem } from '../core/problem.ts'
import type { AmrLevel } from '../core/scoring-options.ts'
import { DURATION_HINT, parseDuration, parseSize, SIZE_HINT } from '../core/units.ts'

/** The flags of `benchmark run` as oclif gives them. */
export interface RunFlags {
  readonly config?: string | undefined
  readonly input?: string | undefined
  readonly truth?: string | undefined
  readonly dataset?: string | undefined
  readonly pipelines?: string | undefined
  readonly sample?: string[] | undefined
  readonly output?: string | undefined
  readonly repeats?: number | undefined
  readonly warmup?: number | undefined
  readonly timeout?: string | undefined
  readonly 'max-memory'?: string | undefined
  readonly 'max-parallel'?: number | undefined
  readonly label?: string | undefined
  readonly tag?: string[] | undefined
  readonly level?: string | undefined
  readonly mode?: string | undefined
  readonly order?: string | undefined
  readonly seed?: number | undefined
  readonly 'sample-interval'?: string | undefined
  readonly cache: boolean
}

/** Paths relative to the current folder become absolute, units become numbers. Throws `E_USAGE` naming the flag. */
export const toRunRequest = (flags: RunFlags): RunRequest =>
  defined({
    configFile: absolute(flags.config),
    input: absolute(flags.input),
    truth: absolute(flags.truth),
    output: absolute(flags.output),
    dataset: flags.dataset,
    pipelines: flags.pipelines
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    samples: flags.sample,
    repeats: flags.repeats,
    warmup: flags.warmup,
    timeoutMs: quantity('--timeout', flags.timeout, parseDuration, DURATION_HINT),
    memoryBytes: quantity('--max-memory', flags['max-memory'], parseSize, SIZE_HINT),
    maxParallel: flags['max-parallel'],
    label: flags.label,
    tags: flags.tag,
    mode: flags.mode as RunPlan['mode'] | undefined,
    order: flags.order as RunPlan['order'] | undefined,
    seed: flags.seed,
    sampleIntervalMs: quantity('--sample-interval', flags['sample-interval'], parseDuration, DURATION_HINT),
    useCache: flags.cache,
    scoring: flags.level === undefined ? undefined : { primaryLevel: flags.level as AmrLevel },
  })

const absolute = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(path))

const quantity = (
  flag: string,
  text: string | undefined,
  parse: (text: string) => number | null,
  hint: string,
): number | undefined => {
  if (text === undefined) return undefined
  const value = parse(text)
  if (value === null || value <= 0)
    throw new Problem('E_USAGE', `${flag} ${text} is not understood.`, { hints: [hint] })
  return value
}

// exactOptionalPropertyTypes: a flag that was not given must be absent, not undefined.
const defined = (request: { [Key in keyof RunRequest]: RunRequest[Key] | undefined }): RunRequest =>
  Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined))
