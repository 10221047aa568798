import { canonicalJson } from '../../core/canonical-json.ts'
import type { Parameters } from '../../core/pipeline.ts'
import type { Execution, Run } from '../../core/run.ts'
import { paramsText, pipelineText } from '../rank/candidate-text.ts'

/** A pipeline at a version with its parameters: what everything in a report is listed by. */
export interface Variant {
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
}

/** `kma 1.4.11 (min_identity=80)`. */
export const variantName = (variant: Variant): string => {
  const params = paramsText({ params: { ...variant.params } })
  return params === '' ? pipelineText(variant) : `${pipelineText(variant)} (${params})`
}

/** One text for a variant; versions told apart. */
export const variantKey = ({ pipeline, version, params }: Variant): string => canonicalJson([pipeline, version, params])

/** The same whatever the version: comparisons and histories go across versions. */
export const settingKey = ({ pipeline, params }: Pick<Variant, 'pipeline' | 'params'>): string =>
  canonicalJson([pipeline, params])

/** Variants of a run in plan order, each once. */
export const variantsOf = ({ executions, summary, pipelines }: Run): readonly Variant[] => {
  const found = new Map<string, Variant>()
  const measured = executions.filter(({ warmup }) => !warmup).sort(byId)
  for (const { pipeline, version, params } of [...summary, ...measured])
    if (!found.has(variantKey({ pipeline, version, params })))
      found.set(variantKey({ pipeline, version, params }), { pipeline, version, params })
  // An execution that never started has no version; its pipeline stands there with one already.
  const named = new Set([...found.values()].filter(({ version }) => version !== null).map(settingKey))
  const kept = [...found.values()].filter((one) => one.version !== null || !named.has(settingKey(one)))
  const order = (one: Variant): number => pipelines.indexOf(one.pipeline)
  return kept.sort((one, other) => order(one) - order(other) || (variantKey(one) < variantKey(other) ? -1 : 1))
}

const byId = (one: Execution, other: Execution): number => one.id - other.id
