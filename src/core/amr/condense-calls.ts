import type { AmrScoringOptions } from '../scoring-options.ts'
import type { AmrCall } from './call.ts'
import { passesFilters } from './filter-calls.ts'
import { surer } from './score-keyed-sample.ts'
import type { AmrTruth } from './truth.ts'

/** Takes calls one by one and keeps what scoring needs of them. */
export interface CallCondenser {
  add(call: AmrCall): void
  /**
   * Whether rows that say the same, whatever their identity, coverage and place, and state no score or depth may be added as
   * one, the surest of them with their number; also after rows further down.
   */
  readonly addsUp: boolean
  calls(): readonly AmrCall[]
}

interface Condensed {
  best: AmrCall
  rows: number
}

/**
 * Keeps one call, the surest, for all rows of a sample that say the same of the gene, with the number of rows: reports
 * of reads have millions of rows on a few thousand genes, and the scores are the same. Rows with a depth are all kept,
 * because depths are added up; where places matter (level `locus`, locus policy `best`), every row is. Of rows that
 * the filters leave out the surest of each sample, tool and gene is kept, so that it is known whom the report was about
 * and what was left out.
 */
export const createCallCondenser = (options: AmrScoringOptions, truth: AmrTruth): CallCondenser => {
  const kept: AmrCall[] = []
  const condensed = new Map<string | null, Map<string, Condensed[]>>()
  const leftOut = new Map<string, AmrCall>()
  const placesMatter = options.locusPolicy === 'best' || (options.levels.includes('locus') && hasPlaces(truth))

  const bySymbolOf = (sample: string | null): Map<string, Condensed[]> => {
    let bySymbol = condensed.get(sample)
    if (bySymbol === undefined) condensed.set(sample, (bySymbol = new Map<string, Condensed[]>()))
    return bySymbol
  }

  return {
    add: (call) => {
      if (placesMatter) {
        kept.push(call)
        return
      }
      if (!passesFilters(call, options)) {
        const owner = `${call.tool ?? ''}\t${call.sample ?? ''}\t${call.geneSymbol}`
        const before = leftOut.get(owner)
        if (before === undefined || speaksRather(call, before))
          leftOut.set(owner, call.rows === undefined ? call : asOneRow(call))
        return
      }
      if (call.depth !== null) {
        kept.push(call)
        return
      }
      const bySymbol = bySymbolOf(call.sample)
      const groups = bySymbol.get(call.geneSymbol)
      const group = groups?.find(({ best }) => saysTheSame(best, call))
      if (groups === undefined) bySymbol.set(call.geneSymbol, [{ best: call, rows: call.rows ?? 1 }])
      else if (group === undefined) groups.push({ best: call, rows: call.rows ?? 1 })
      else {
        group.rows += call.rows ?? 1
        if (speaksRather(call, group.best)) group.best = call
      }
    },
    addsUp: !placesMatter && options.minIdentity === null && options.minCoverage === null,
    calls: () => {
      if (condensed.size === 0 && leftOut.size === 0) return kept
      const all = [...kept, ...leftOut.values()]
      for (const bySymbol of condensed.values())
        for (const groups of bySymbol.values())
          for (const { best, rows } of groups) all.push(rows === (best.rows ?? 1) ? best : { ...best, rows })
      return all.sort((left, right) => left.line - right.line)
    },
  }
}

// The earlier of two alike, also when it is added later.
const speaksRather = (call: AmrCall, than: AmrCall): boolean =>
  surer(call, than) || (call.line < than.line && !surer(than, call))

const asOneRow = (call: AmrCall): AmrCall => {
  const one: Omit<AmrCall, 'rows'> & { rows?: number } = { ...call }
  delete one.rows
  return one
}

const hasPlaces = (truth: AmrTruth): boolean =>
  [...truth.samples.values()].some((genes) => genes.some(({ contig, start }) => contig !== null && start !== null))

const saysTheSame = (one: AmrCall, other: AmrCall): boolean =>
  one.tool === other.tool &&
  one.accession === other.accession &&
  one.aro === other.aro &&
  one.geneName === other.geneName &&
  one.geneFamily === other.geneFamily &&
  one.mechanism === other.mechanism &&
  one.database === other.database &&
  one.variationType === other.variationType &&
  (one.score === null) === (other.score === null) &&
  (one.identity === null) === (other.identity === null) &&
  (one.coverage === null) === (other.coverage === null) &&
  haveSame(one.drugClasses, other.drugClasses) &&
  (one.flags === other.flags || haveSame(Object.entries(one.flags).flat(), Object.entries(other.flags).flat()))

const haveSame = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((item, index) => item === other[index]))
