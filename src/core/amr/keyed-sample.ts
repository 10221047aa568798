import type { Identity, Vocabulary } from '../names/vocabulary.ts'
import type { AmrCall } from './call.ts'
import type { KeyRules } from './level-keys.ts'
import type { KeyRung } from './scoring.ts'
import type { AmrTruthGene } from './truth.ts'

/** A key the truth holds, and the genes that gave it. */
export interface TruthKey {
  readonly key: string
  readonly rung: KeyRung
  readonly genes: readonly AmrTruthGene[]
}

/** A key the tool reported, and the rows that gave it. */
export interface CallKey {
  readonly key: string
  readonly rung: KeyRung
  /** Spellings of these rows, for universes given as symbols. */
  readonly names: ReadonlySet<string>
  readonly calls: readonly AmrCall[]
}

/** Truth and findings of one sample as sets of distinct keys of one level. */
export interface KeyedSample {
  readonly truth: ReadonlyMap<string, TruthKey>
  readonly found: ReadonlyMap<string, CallKey>
}

/** Whether a truth row is a gene that is there (a sample without genes has rows of empty symbol or none). */
export const isPresent = (gene: AmrTruthGene): boolean => gene.status === 'present' && gene.geneSymbol.trim() !== ''

/** Distinct keys of genes that are there. */
export const truthKeys = (
  genes: readonly AmrTruthGene[],
  rules: KeyRules,
  vocabulary: Vocabulary<KeyRung>,
): ReadonlyMap<string, TruthKey> => {
  const keys = new Map<string, { key: string; rung: KeyRung; genes: AmrTruthGene[] }>()
  for (const gene of genes)
    for (const identity of rules.truth(gene)) {
      const { id, rung } = vocabulary.keyOf(identity)
      const entry = keys.get(id) ?? { key: id, rung, genes: [] }
      entry.genes.push(gene)
      keys.set(id, entry)
    }
  return keys
}

/** Distinct keys of calls, in the truth's words where it has one. */
export const callKeys = (
  calls: readonly AmrCall[],
  rules: KeyRules,
  vocabulary: Vocabulary<KeyRung>,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, CallKey> => {
  const keys = new Map<string, { key: string; rung: KeyRung; names: Set<string>; calls: AmrCall[] }>()
  for (const call of calls)
    for (const identity of rules.call(call)) {
      const { id, rung } = vocabulary.resolve(identity, wanted)
      const entry = keys.get(id) ?? { key: id, rung, names: new Set<string>(), calls: [] }
      entry.names.add(identity.weak.id)
      entry.calls.push(call)
      keys.set(id, entry)
    }
  return keys
}

/** Every identity of a list of things. */
export const identitiesOf = <Item>(
  items: readonly Item[],
  rule: (item: Item) => readonly Identity<KeyRung>[],
): readonly Identity<KeyRung>[] => items.flatMap((item) => rule(item))
