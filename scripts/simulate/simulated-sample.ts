import type { InsertedGene } from './inserted-gene.ts'
import type { Random } from './seeded-random.ts'
import { randomSequence, reverseComplement } from './sequence.ts'

/** An inserted gene and where it lies: 1-based, both ends included. */
export interface PlacedGene extends InsertedGene {
  readonly start: number
  readonly stop: number
  readonly strand: '+' | '-'
}

interface SimulatedContig {
  readonly id: string
  readonly sequence: string
  /** Mean depth the reads are to have. */
  readonly depth: number
  readonly genes: readonly PlacedGene[]
}

export interface SimulatedSample {
  readonly id: string
  readonly contigs: readonly SimulatedContig[]
}

/** What one contig is to hold. */
export interface ContigDesign {
  readonly depth: number
  readonly genes: readonly InsertedGene[]
}

export const simulateSample = (
  random: Random,
  id: string,
  designs: readonly ContigDesign[],
  spacer: number,
): SimulatedSample => ({
  id,
  contigs: designs.map((design, index) => {
    const contigId = `${id}_c${index + 1}`
    return simulateContig(random.stream(contigId), contigId, design, spacer)
  }),
})

/** Random background around the genes, `spacer` bases before, between and after them; strands are drawn. */
const simulateContig = (random: Random, id: string, design: ContigDesign, spacer: number): SimulatedContig => {
  let sequence = randomSequence(random, spacer)
  const genes: PlacedGene[] = []
  for (const gene of design.genes) {
    const strand = random.pick(['+', '-'] as const)
    const start = sequence.length + 1
    sequence += strand === '+' ? gene.sequence : reverseComplement(gene.sequence)
    genes.push({ ...gene, start, stop: sequence.length, strand })
    // Uneven spacers: a tool must not profit from a fixed distance.
    sequence += randomSequence(random, spacer + random.below(200))
  }
  return { id, sequence, depth: design.depth, genes }
}
