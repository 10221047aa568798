import type { ConcordanceDocument } from '../generated/concordance.ts'
import type { Concordance } from '../core/amr/concordance.ts'
import { toSnakeCase } from './key-case.ts'

/** What a concordance document is made of. */
interface ConcordanceContent extends Concordance {
  readonly benchmarkType: string
  readonly primaryLevel: string
  readonly predictions: readonly string[]
  readonly samples: readonly string[]
}

/** `benchmark.concordance/1`. */
export const toConcordanceDocument = (content: ConcordanceContent): ConcordanceDocument => {
  const { benchmarkType, primaryLevel, predictions, samples, pairs, sets, summary, basis } = content
  const { comparability, warnings } = content
  const flat = <Of extends { readonly jaccard: { readonly value: number | null; readonly reason: string | null } }>(
    of: Of,
  ): unknown => ({ ...of, jaccard: of.jaccard.value, reason: of.jaccard.reason })
  const body = {
    benchmarkType,
    primaryLevel,
    predictions,
    samples,
    summary: summary.map(flat),
    pairs: pairs.map(flat),
    sets,
    basis,
    comparability,
    warnings,
  }
  return { schema: 'benchmark.concordance/1', ...(toSnakeCase(body, VERBATIM) as object) } as ConcordanceDocument
}

const VERBATIM = new Set(['comparability'])
