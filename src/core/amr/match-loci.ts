import type { AmrCall } from './call.ts'
import { intervalOf, reciprocalOverlap, sharedBases, type SequenceInterval } from './interval.ts'
import type { AmrTruthGene } from './truth.ts'

/** Two stretches are one locus when each is covered at least this much by the other. */
const MIN_RECIPROCAL_OVERLAP = 0.5

/** A place with a gene key. Several rows of one key at one place are one locus. */
export interface Locus<Member> {
  readonly geneKey: string
  readonly at: SequenceInterval | null
  readonly members: readonly Member[]
}

/** Who was paired with whom. */
export interface LocusMatches {
  readonly pairs: readonly (readonly [Locus<AmrTruthGene>, Locus<AmrCall>])[]
  readonly missed: readonly Locus<AmrTruthGene>[]
  readonly unmatched: readonly Locus<AmrCall>[]
}

/** `contig:start-stop key`, the key of a locus in match lists. */
export const locusName = ({ at, geneKey }: Locus<unknown>): string =>
  at === null ? `?:${geneKey}` : `${at.contig}:${String(at.start)}-${String(at.stop)} ${geneKey}`

/** Joins rows that give one key at one place; from left to right, so that the order of rows does not matter. */
export const lociOf = <Member extends AmrCall | AmrTruthGene>(
  members: readonly Member[],
  geneKeyOf: (member: Member) => string,
): readonly Locus<Member>[] => {
  const byPlace = new Map<string, { geneKey: string; at: SequenceInterval | null; members: Member[] }[]>()
  const placed = members
    .map((member) => ({ member, at: intervalOf(member) }))
    .sort(
      (left, right) => (left.at?.start ?? 0) - (right.at?.start ?? 0) || (left.at?.stop ?? 0) - (right.at?.stop ?? 0),
    )
  for (const { member, at } of placed) {
    const geneKey = geneKeyOf(member)
    const place = `${at?.contig ?? ''}\t${geneKey}`
    const known = byPlace.get(place) ?? []
    const same = known.find((locus) =>
      at === null || locus.at === null ? at === locus.at : reciprocalOverlap(locus.at, at) >= MIN_RECIPROCAL_OVERLAP,
    )
    if (same) same.members.push(member)
    else known.push({ geneKey, at, members: [member] })
    byPlace.set(place, known)
  }
  return [...byPlace.values()].flat()
}

/** Pairs loci of one gene key one to one, the largest reciprocal overlap first. */
export const matchLoci = (truth: readonly Locus<AmrTruthGene>[], found: readonly Locus<AmrCall>[]): LocusMatches => {
  const byKey = new Map<string, Locus<AmrCall>[]>()
  for (const call of found) {
    const alike = byKey.get(call.geneKey)
    if (alike) alike.push(call)
    else byKey.set(call.geneKey, [call])
  }
  const candidates = truth
    .flatMap((gene) => (byKey.get(gene.geneKey) ?? []).map((call) => ({ gene, call })))
    .map((pair) => ({ ...pair, ...bestOverlap(pair.gene, pair.call) }))
    .filter(({ overlap }) => overlap >= MIN_RECIPROCAL_OVERLAP)
    .sort((left, right) => right.overlap - left.overlap || right.shared - left.shared)
  const takenGenes = new Set<Locus<AmrTruthGene>>()
  const takenCalls = new Set<Locus<AmrCall>>()
  const pairs: (readonly [Locus<AmrTruthGene>, Locus<AmrCall>])[] = []
  for (const { gene, call } of candidates) {
    if (takenGenes.has(gene) || takenCalls.has(call)) continue
    takenGenes.add(gene)
    takenCalls.add(call)
    pairs.push([gene, call])
  }
  return {
    pairs,
    missed: truth.filter((gene) => !takenGenes.has(gene)),
    unmatched: found.filter((call) => !takenCalls.has(call)),
  }
}

const bestOverlap = (
  gene: Locus<AmrTruthGene>,
  call: Locus<AmrCall>,
): { readonly overlap: number; readonly shared: number } => {
  const at = gene.at
  if (at === null) return { overlap: 0, shared: 0 }
  const places = call.members.flatMap((member) => intervalOf(member) ?? [])
  return {
    overlap: places.reduce((most, place) => Math.max(most, reciprocalOverlap(at, place)), 0),
    shared: places.reduce((most, place) => Math.max(most, sharedBases(at, place)), 0),
  }
}
