import { globalIdentity } from './global-identity.ts'
import type { ReferenceGene } from './resfinder-database.ts'
import type { Random } from './seeded-random.ts'
import { substitute } from './sequence.ts'
import { wordIndex, type WordIndex } from './word-index.ts'

/** `exact`, `mutated` and `confusable` are resistance genes and stand in the truth; `decoy` only resembles one. */
type InsertKind = 'exact' | 'mutated' | 'confusable' | 'decoy'

/** A sequence to put into a contig. */
export interface InsertedGene {
  readonly gene: ReferenceGene
  readonly kind: InsertKind
  readonly sequence: string
  /** Percent identity with `gene`: measured by global alignment. */
  readonly identity: number
}

export const exactGene = (gene: ReferenceGene): InsertedGene => ({
  gene,
  kind: 'exact',
  sequence: gene.sequence,
  identity: 100,
})

/** An allele with substitutions only, as close to `identity` percent as whole bases allow. */
export const mutatedAllele = (
  random: Random,
  gene: ReferenceGene,
  identity: number,
  kind: 'mutated' | 'confusable' = 'mutated',
): InsertedGene => {
  const changes = Math.round(gene.sequence.length * (1 - identity / 100))
  const sequence = substitute(random, gene.sequence, changes)
  return { gene, kind, sequence, identity: 100 - (100 * changes) / gene.sequence.length }
}

/**
 * Something that resembles a resistance gene but is under 80 % identical to every reference gene, by alignment.
 * `uniform`: changed all over. `domain`: its first two fifths are conserved, as when an unrelated protein shares a domain.
 */
export const decoyOf = (
  random: Random,
  gene: ReferenceGene,
  shape: 'uniform' | 'domain',
  references: References,
): InsertedGene => {
  const length = gene.sequence.length
  const conserved = shape === 'domain' ? Math.round(length * 0.4) : 0
  const changedShare = shape === 'domain' ? 0.42 : 0.23
  const changes = Math.round((length - conserved) * changedShare)
  const sequence = substitute(random, gene.sequence, changes, [conserved, length])
  const closest = references.closest(sequence)
  if (closest.identity >= 80)
    throw new Error(`The decoy of ${gene.id} is ${closest.identity.toFixed(1)} % identical to ${closest.id}`)
  return { gene, kind: 'decoy', sequence, identity: globalIdentity(sequence, gene.sequence) }
}

/** Looks a sequence up among the reference genes. */
export interface References {
  /** The most similar reference gene by global alignment, among the four that share most short words. */
  closest(sequence: string): { readonly id: string; readonly identity: number }
}

export const referencesOf = (genes: readonly ReferenceGene[]): References => {
  const sequences = new Map(genes.map(({ id, sequence }) => [id, sequence]))
  let words: WordIndex | undefined
  return {
    closest(sequence) {
      words ??= wordIndex(genes, 11)
      const candidates = [...words.containment(sequence)].sort(
        ([leftId, left], [rightId, right]) => right - left || (leftId < rightId ? -1 : 1),
      )
      let best = { id: 'nothing', identity: 0 }
      for (const [id] of candidates.slice(0, 4)) {
        const identity = globalIdentity(sequence, sequences.get(id)!)
        if (identity > best.identity) best = { id, identity }
      }
      return best
    },
  }
}
