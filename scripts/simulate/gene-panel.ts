import type { ReferenceGene } from './resfinder-database.ts'
import type { Random } from './seeded-random.ts'
import { wordIndex } from './word-index.ts'

/**
 * Draws genes that a tool can name without doubt: no gene of another symbol shares more than a hundredth of their words
 * of length 15 (two sequences 75 % identical share 1.3 %, at 90 % already a fifth), so that a call of another symbol is
 * an error of the tool and not of the truth. One entry for each symbol, drug classes in turn.
 */
export const drawPanel = (random: Random, genes: readonly ReferenceGene[], size: number): ReferenceGene[] => {
  const index = wordIndex(genes, 15)
  const symbols = new Map(genes.map(({ id, symbol }) => [id, symbol]))
  const isDistinct = (gene: ReferenceGene): boolean =>
    [...index.containment(gene.sequence)].every(([id, share]) => share <= 0.01 || symbols.get(id) === gene.symbol)

  const byClass = new Map<string, ReferenceGene[]>()
  for (const gene of random.shuffled(genes)) {
    if (isUsable(gene)) byClass.set(gene.classFile, [...(byClass.get(gene.classFile) ?? []), gene])
  }
  const panel = new Map<string, ReferenceGene>()
  const queues = random.shuffled([...byClass.values()])
  while (panel.size < size && queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      let candidate = queue.pop()
      while (candidate !== undefined && (panel.has(candidate.symbol) || !isDistinct(candidate))) candidate = queue.pop()
      if (candidate !== undefined && panel.size < size) panel.set(candidate.symbol, candidate)
    }
  }
  if (panel.size < size) throw new Error(`Only ${panel.size} of ${size} genes are distinct enough for a panel`)
  return [...panel.values()]
}

/** Long enough for paired reads to say something, short enough to be one gene, and against an antibiotic. */
const isUsable = ({ sequence, classFile }: ReferenceGene): boolean =>
  sequence.length >= 450 && sequence.length <= 2000 && classFile !== 'disinfectant'
