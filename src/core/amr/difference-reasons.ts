import { type NameTables, ontologyTerm } from '../names/gene-identity.ts'
import { normaliseSymbol } from '../names/symbol.ts'
import { editDistance } from '../problem.ts'
import type { AmrCall } from './call.ts'
import { classIdentities, familyIdentity } from './identities.ts'
import { intervalOf, reciprocalOverlap, type SequenceInterval } from './interval.ts'
import type { DifferenceReason } from './scoring.ts'
import type { AmrTruthGene } from './truth.ts'

/** What is compared of a call or a gene, worked out once for many comparisons. */
export interface ComparedFacts {
  readonly symbol: string
  readonly term: string | null
  readonly family: ReturnType<typeof familyIdentity>
  readonly classes: readonly string[]
  readonly at: SequenceInterval | null
}

export const factsOf = (of: AmrCall | AmrTruthGene, tables: NameTables): ComparedFacts => ({
  symbol: normaliseSymbol(of.geneSymbol),
  term: ontologyTerm(of, tables)?.id ?? null,
  family: familyIdentity(of, tables),
  classes: classIdentities(of, { tables, truthStatesClasses: true, unmapped: () => undefined }, 'first').map(
    ({ weak }) => weak.id,
  ),
  at: intervalOf(of),
})

/** How two things were compared, and how far apart they are; smaller is nearer. */
interface Comparison {
  readonly reasons: readonly DifferenceReason[]
  readonly distance: number
}

interface Finding {
  readonly reason: DifferenceReason
  readonly distance: number
}

/** From this distance on two things have nothing in common. */
export const UNRELATED = 4
/** Spellings that differ in more than this share of the longer one have nothing in common. */
const ALIKE = 0.34

/** Whether both mean the same gene: by their terms, else by their spelling. */
export const isSameGene = (left: ComparedFacts, right: ComparedFacts): boolean =>
  (left.term !== null && left.term === right.term) || left.symbol === right.symbol

/** Compares a call with a gene of the truth that it was not counted as: place, name, family, class. */
export const compareFacts = (call: ComparedFacts, gene: ComparedFacts, tables: NameTables): Comparison => {
  const findings = [
    byPlace(call, gene),
    byName(call, gene),
    byTerm(call, gene, tables) ?? byFamily(call, gene),
    byClass(call, gene),
  ].filter((finding) => finding !== null)
  return {
    distance: findings.reduce((least, { distance }) => Math.min(least, distance), UNRELATED),
    reasons: findings.map(({ reason }) => reason),
  }
}

const byPlace = ({ at: found }: ComparedFacts, { at: real }: ComparedFacts): Finding | null => {
  if (found === null || real === null || found.contig !== real.contig) return null
  const overlap = reciprocalOverlap(found, real)
  if (overlap === 0)
    return {
      distance: UNRELATED,
      reason: { code: 'elsewhere_on_contig', text: `both are on ${real.contig}, in other places` },
    }
  const share = String(Math.round(overlap * 100))
  return {
    distance: 1 - overlap,
    reason: { code: 'same_place', text: `they lie on each other (${share} % of the longer one)` },
  }
}

const byName = (call: ComparedFacts, gene: ComparedFacts): Finding | null => {
  if (call.symbol === gene.symbol) {
    const text =
      call.term !== null && gene.term !== null && call.term !== gene.term
        ? `the names are equal, the terms are not (${call.term}, ${gene.term})`
        : 'the names are equal'
    return { distance: 1, reason: { code: 'same_name', text } }
  }
  const longer = Math.max(call.symbol.length, gene.symbol.length)
  // Not worth counting when the lengths alone say no.
  if (Math.abs(call.symbol.length - gene.symbol.length) > ALIKE * longer) return null
  const letters = editDistance(call.symbol, gene.symbol)
  if (letters > ALIKE * longer) return null
  return {
    distance: 2 + letters / longer,
    reason: {
      code: 'similar_name',
      text: `the names differ in ${String(letters)} of ${String(longer)} characters`,
    },
  }
}

const byTerm = ({ term: left }: ComparedFacts, { term: right }: ComparedFacts, tables: NameTables): Finding | null => {
  const ontology = tables.vocabulary?.ontology?.terms
  if (ontology === undefined || left === null || right === null || left === right) return null
  const nameOf = (id: string): string => ontology.terms.get(id)?.name ?? id
  const isKindOf = (lower: string, upper: string): boolean => ontology.lineage(lower).some(({ id }) => id === upper)
  const [lower, upper] = isKindOf(left, right) ? [left, right] : [right, left]
  if (isKindOf(lower, upper))
    return {
      distance: 1.4,
      reason: { code: 'same_parent', text: `${nameOf(lower)} is a kind of ${nameOf(upper)} in the ontology` },
    }
  const parentsOf = (id: string): readonly string[] => ontology.terms.get(id)?.parents ?? []
  const shared = parentsOf(left).find((parent) => parentsOf(right).includes(parent))
  if (shared === undefined) return null
  return {
    distance: 1.5,
    reason: { code: 'same_parent', text: `both are ${nameOf(shared)} in the ontology` },
  }
}

const byFamily = ({ family: found }: ComparedFacts, { family: real }: ComparedFacts): Finding | null => {
  const isSame = (found.strong !== null && found.strong.id === real.strong?.id) || found.weak.id === real.weak.id
  if (!isSame) return null
  return {
    distance: 1.6,
    reason: { code: 'same_family', text: `both are of the family ${real.weak.id}, another gene or allele of it` },
  }
}

const byClass = ({ classes: found }: ComparedFacts, { classes: real }: ComparedFacts): Finding | null => {
  if (found.length === 0 || real.length === 0) return null
  const shared = found.filter((one) => real.includes(one))
  if (shared.length > 0)
    return { distance: 3, reason: { code: 'same_class', text: `both confer resistance to ${shared.join(', ')}` } }
  return {
    distance: UNRELATED,
    reason: { code: 'other_class', text: `the classes differ: ${found.join(', ')}, not ${real.join(', ')}` },
  }
}
