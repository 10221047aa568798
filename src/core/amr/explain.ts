import type { AmrCall } from './call.ts'
import { compareFacts, factsOf, isSameGene, UNRELATED } from './difference-reasons.ts'
import { whyLeftOut } from './filter-calls.ts'
import { nameTables } from './name-tables.ts'
import type { AmrExplanation, AmrMatch, AmrScoringInput } from './scoring.ts'

/**
 * Says for every false positive which missed gene of its sample and level is nearest and how the two differ, and for
 * every missed gene that was reported but left out, why. Nearest is what overlaps it, then what is of its family or
 * has its parent in the ontology, then what is spelled alike, then what has a drug class in common.
 */
export const explainAmr = (input: AmrScoringInput, matches: readonly AmrMatch[]): readonly AmrExplanation[] => {
  const bySample = new Map<string, AmrMatch[]>()
  for (const match of matches) {
    const group = `${match.level}\t${match.sample}`
    const known = bySample.get(group)
    if (known === undefined) bySample.set(group, [match])
    else known.push(match)
  }
  return [...bySample.values()].flatMap((ofSample) => explainSample(ofSample, input))
}

const explainSample = (matches: readonly AmrMatch[], input: AmrScoringInput): readonly AmrExplanation[] => {
  const { sample = '', level = 'gene' } = matches[0] ?? {}
  const tables = nameTables(input.options, level, input.vocabulary ?? null)
  const all = input.predictions.get(sample) ?? []
  const calls = new Map(all.map((call) => [rowOf(call.line, call.geneSymbol), call]))
  const genes = new Map(
    (input.truth.samples.get(sample) ?? []).map((gene) => [rowOf(gene.location.line, gene.geneSymbol), gene]),
  )
  const missed = matches.flatMap((match) => {
    const gene = match.status === 'FN' ? genes.get(rowOf(match.truthLine, match.truthSymbol)) : undefined
    return gene === undefined ? [] : [{ match, facts: factsOf(gene, tables) }]
  })
  const explainWrong = (wrong: AmrMatch, call: AmrCall): AmrExplanation => {
    const facts = factsOf(call, tables)
    const compared = missed.map(({ match, facts: of }) => ({ match, ...compareFacts(facts, of, tables) }))
    const nearest = compared.reduce<(typeof compared)[number] | null>(
      (best, next) => (next.distance < (best?.distance ?? UNRELATED) ? next : best),
      null,
    )
    const text = missed.length === 0 ? 'no gene of the truth is missed here' : 'no missed gene resembles it'
    return { ...sides(wrong, nearest?.match ?? null), reasons: nearest?.reasons ?? [{ code: 'unrelated', text }] }
  }
  const leftOut =
    missed.length === 0
      ? []
      : all.flatMap((call) => {
          const why = whyLeftOut(call, input.options)
          return why === null ? [] : [{ call, why, facts: factsOf(call, tables) }]
        })
  return [
    ...matches.flatMap((wrong) => {
      const call = wrong.status === 'FP' ? calls.get(rowOf(wrong.callLine, wrong.callSymbol)) : undefined
      return call === undefined ? [] : [explainWrong(wrong, call)]
    }),
    ...missed.flatMap(({ match, facts }): AmrExplanation[] => {
      const found = leftOut.find((one) => isSameGene(one.facts, facts))
      if (found === undefined) return []
      const { geneSymbol: callSymbol, line: callLine } = found.call
      const text = `reported as ${callSymbol} but left out: ${found.why}`
      return [{ ...sides({ ...match, callSymbol, callLine }, match), reasons: [{ code: 'left_out', text }] }]
    }),
  ]
}

const rowOf = (line: number | null | undefined, symbol: string | null): string => `${String(line)}\t${symbol ?? ''}`

const sides = (of: AmrMatch, truth: AmrMatch | null): Omit<AmrExplanation, 'reasons'> => ({
  sample: of.sample,
  level: of.level,
  status: of.status === 'FN' ? 'FN' : 'FP',
  key: of.key,
  callSymbol: of.callSymbol,
  callLine: of.callLine,
  truthSymbol: truth?.truthSymbol ?? null,
  truthLine: truth?.truthLine ?? null,
})
