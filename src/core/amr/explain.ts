import { editDistance } from '../problem.ts'
import { type NameTables, ontologyTerm } from '../names/gene-identity.ts'
import { normaliseSymbol } from '../names/symbol.ts'
import type { AmrCall } from './call.ts'
import { whyLeftOut } from './filter-calls.ts'
import { classIdentities, familyIdentity } from './identities.ts'
import { intervalOf, reciprocalOverlap } from './interval.ts'
import { nameTables } from './name-tables.ts'
import type { AmrExplanation, AmrMatch, AmrScoringInput, DifferenceReason } from './scoring.ts'
import type { AmrTruthGene } from './truth.ts'

/** How two things were compared, and how far apart they are; smaller is nearer. */
interface Comparison {
  readonly reasons: readonly DifferenceReason[]
  readonly distance: number
}

const UNRELATED = 4
/** Spellings that differ in more than this share of the longer one have nothing in common. */
const ALIKE = 0.34

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
  const calls = input.predictions.get(sample) ?? []
  const genes = input.truth.samples.get(sample) ?? []
  const missed = matches
    .filter(({ status }) => status === 'FN')
    .flatMap((match) => {
      const gene = genes.find((one) => one.location.line === match.truthLine && one.geneSymbol === match.truthSymbol)
      return gene === undefined ? [] : [{ match, gene }]
    })
  const explanations: AmrExplanation[] = []
  for (const wrong of matches.filter(({ status }) => status === 'FP')) {
    const call = calls.find((one) => one.line === wrong.callLine && one.geneSymbol === wrong.callSymbol)
    if (call === undefined) continue
    const compared = missed.map(({ match, gene }) => ({ match, ...compare(call, gene, tables) }))
    const nearest = compared.reduce<(typeof compared)[number] | null>(
      (best, next) => (next.distance < (best?.distance ?? UNRELATED) ? next : best),
      null,
    )
    explanations.push({
      ...sides(wrong, nearest?.match ?? null),
      reasons: nearest?.reasons ?? [
        {
          code: 'unrelated',
          text: missed.length === 0 ? 'no gene of the truth is missed here' : 'no missed gene resembles it',
        },
      ],
    })
  }
  for (const { match, gene } of missed) {
    const left = calls.find((call) => whyLeftOut(call, input.options) !== null && isSame(call, gene, tables))
    if (left === undefined) continue
    const why = whyLeftOut(left, input.options) ?? ''
    explanations.push({
      ...sides({ ...match, callSymbol: left.geneSymbol, callLine: left.line }, match),
      reasons: [{ code: 'left_out', text: `reported as ${left.geneSymbol} but left out: ${why}` }],
    })
  }
  return explanations
}

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

const isSame = (call: AmrCall, gene: AmrTruthGene, tables: NameTables): boolean => {
  const [left, right] = [ontologyTerm(call, tables), ontologyTerm(gene, tables)]
  if (left !== null && right !== null && left.id === right.id) return true
  return normaliseSymbol(call.geneSymbol) === normaliseSymbol(gene.geneSymbol)
}

const compare = (call: AmrCall, gene: AmrTruthGene, tables: NameTables): Comparison => {
  const findings = [byPlace(call, gene), byName(call, gene, tables), byFamily(call, gene, tables)].filter(
    (finding) => finding !== null,
  )
  const classes = byClass(call, gene, tables)
  const nearest = Math.min(UNRELATED, ...findings.map(({ distance }) => distance), classes?.distance ?? UNRELATED)
  return {
    distance: nearest,
    reasons: [...findings, ...(classes === null ? [] : [classes])].map(({ reason }) => reason),
  }
}

interface Finding {
  readonly reason: DifferenceReason
  readonly distance: number
}

const byPlace = (call: AmrCall, gene: AmrTruthGene): Finding | null => {
  const [found, real] = [intervalOf(call), intervalOf(gene)]
  if (found === null || real === null || found.contig !== real.contig) return null
  const overlap = reciprocalOverlap(found, real)
  if (overlap === 0)
    return {
      distance: UNRELATED,
      reason: { code: 'elsewhere_on_contig', text: `both are on ${real.contig}, in other places` },
    }
  return {
    distance: 1 - overlap,
    reason: {
      code: 'same_place',
      text: `they lie on each other (${String(Math.round(overlap * 100))} % of the longer one)`,
    },
  }
}

const byName = (call: AmrCall, gene: AmrTruthGene, tables: NameTables): Finding | null => {
  const [found, real] = [normaliseSymbol(call.geneSymbol), normaliseSymbol(gene.geneSymbol)]
  const [left, right] = [ontologyTerm(call, tables), ontologyTerm(gene, tables)]
  if (found === real) {
    const text =
      left !== null && right !== null && left.id !== right.id
        ? `the names are equal, the terms are not (${left.id}, ${right.id})`
        : 'the names are equal'
    return { distance: 1, reason: { code: 'same_name', text } }
  }
  const letters = editDistance(found, real)
  const share = letters / Math.max(found.length, real.length, 1)
  if (share > ALIKE) return null
  return {
    distance: 2 + share,
    reason: {
      code: 'similar_name',
      text: `the names differ in ${String(letters)} of ${String(Math.max(found.length, real.length))} characters`,
    },
  }
}

const byFamily = (call: AmrCall, gene: AmrTruthGene, tables: NameTables): Finding | null => {
  const ontology = tables.vocabulary?.ontology?.terms
  const [left, right] = [ontologyTerm(call, tables), ontologyTerm(gene, tables)]
  if (ontology !== undefined && left !== null && right !== null && left.id !== right.id) {
    const parents = (id: string): readonly string[] => ontology.terms.get(id)?.parents ?? []
    const [upper, lower] = ontology.lineage(left.id).some(({ id }) => id === right.id) ? [right, left] : [left, right]
    const nameOf = (id: string): string => ontology.terms.get(id)?.name ?? id
    if (ontology.lineage(lower.id).some(({ id }) => id === upper.id))
      return {
        distance: 1.4,
        reason: { code: 'same_parent', text: `${nameOf(lower.id)} is a kind of ${nameOf(upper.id)} in the ontology` },
      }
    const shared = parents(left.id).find((parent) => parents(right.id).includes(parent))
    if (shared !== undefined)
      return {
        distance: 1.5,
        reason: { code: 'same_parent', text: `both are ${nameOf(shared)} in the ontology` },
      }
  }
  const [found, real] = [familyIdentity(call, tables), familyIdentity(gene, tables)]
  const isSameFamily = (found.strong !== null && found.strong.id === real.strong?.id) || found.weak.id === real.weak.id
  if (!isSameFamily) return null
  return {
    distance: 1.6,
    reason: { code: 'same_family', text: `both are of the family ${real.weak.id}, another gene or allele of it` },
  }
}

const byClass = (call: AmrCall, gene: AmrTruthGene, tables: NameTables): Finding | null => {
  const classesOf = (of: AmrCall | AmrTruthGene): readonly string[] =>
    classIdentities(of, { tables, truthStatesClasses: true, unmapped: () => undefined }, 'first').map(
      ({ weak }) => weak.id,
    )
  const [found, real] = [classesOf(call), classesOf(gene)]
  if (found.length === 0 || real.length === 0) return null
  const shared = found.filter((one) => real.includes(one))
  if (shared.length > 0)
    return { distance: 3, reason: { code: 'same_class', text: `both confer resistance to ${shared.join(', ')}` } }
  return {
    distance: UNRELATED,
    reason: { code: 'other_class', text: `the classes differ: ${found.join(', ')}, not ${real.join(', ')}` },
  }
}
