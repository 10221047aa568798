import { canonicalJson } from '../../core/canonical-json.ts'
import type { Parameters } from '../../core/pipeline.ts'
import { type Execution, hasOutputs, type Run } from '../../core/run.ts'
import { paramsText, pipelineText } from '../rank/candidate-text.ts'

/** A pipeline at a version with its parameters: what everything in a report is listed by. */
export interface Variant {
  readonly pipeline: string
  readonly version: string | null
  readonly params: Parameters
}

/** A variant and what it is called in a report. */
export type NamedVariant = Variant & { readonly name: string }

/**
 * What variants are called beside each other: the pipeline, its version where there are several, and of the parameters
 * those that differ. What they have in common stands in the provenance.
 */
const withNames = (variants: readonly Variant[]): readonly NamedVariant[] =>
  variants.map((variant) => {
    const alike = variants.filter(({ pipeline }) => pipeline === variant.pipeline)
    const differ = (read: (of: Variant) => unknown): boolean => new Set(alike.map(read)).size > 1
    const params = Object.fromEntries(
      Object.entries(variant.params).filter(([key]) => differ(({ params: of }) => of[key])),
    )
    const base = differ(({ version }) => version) ? pipelineText(variant) : variant.pipeline
    const settings = paramsText({ params })
    return { ...variant, name: settings === '' ? base : `${base} (${settings})` }
  })

/** `kma 1.4.11 (min_identity=80)`: everything of one variant. */
export const wholeName = (variant: Variant): string => {
  const params = paramsText({ params: variant.params })
  return params === '' ? pipelineText(variant) : `${pipelineText(variant)} (${params})`
}

/** Titles that begin with the name of a person. */
const NAMED = /^(?:Aitchison|Bray|Chao|Jaccard|Matthews|Pearson|Pielou|Rand|Shannon|Simpson|Spearman)\b/

/** A title inside a sentence: `F1 score` and `Shannon index` stay, `Sensitivity` becomes `sensitivity`. */
export const inSentence = (title: string): string =>
  NAMED.test(title) ? title : title.replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase())

/** One text for a variant; versions told apart. */
export const variantKey = ({ pipeline, version, params }: Variant): string => canonicalJson([pipeline, version, params])

/** The same whatever the version: comparisons and histories go across versions. */
export const settingKey = ({ pipeline, params }: Pick<Variant, 'pipeline' | 'params'>): string =>
  canonicalJson([pipeline, params])

/** Variants of a run in plan order, each once. */
export const variantsOf = ({ executions, summary, pipelines }: Run): readonly NamedVariant[] => {
  const found = new Map<string, Variant>()
  const measured = executions.filter(({ warmup }) => !warmup).sort(byId)
  for (const { pipeline, version, params } of [...summary, ...measured])
    if (!found.has(variantKey({ pipeline, version, params })))
      found.set(variantKey({ pipeline, version, params }), { pipeline, version, params })
  // An execution that never started has no version; its pipeline stands there with one already.
  const named = new Set([...found.values()].filter(({ version }) => version !== null).map(settingKey))
  const kept = [...found.values()].filter((one) => one.version !== null || !named.has(settingKey(one)))
  const order = (one: Variant): number => pipelines.indexOf(one.pipeline)
  const sorted = kept.sort((one, other) => order(one) - order(other) || (variantKey(one) < variantKey(other) ? -1 : 1))
  return withNames(sorted)
}

/** Variants of which no execution came to a result, though each was tried. */
export const failedVariants = (run: Run): readonly NamedVariant[] =>
  variantsOf(run).filter((variant) => {
    const own = run.executions.filter((one) => !one.warmup && settingKey(one) === settingKey(variant))
    return own.length > 0 && own.every(({ state }) => !hasOutputs(state) && state !== 'skipped')
  })

const byId = (one: Execution, other: Execution): number => one.id - other.id
