import { symbolIdentifier } from '../names/gene-identity.ts'
import type { Identity } from '../names/vocabulary.ts'
import type { AmrLevel } from '../scoring-options.ts'
import type { AmrCall } from './call.ts'
import {
  classIdentities,
  type Described,
  familyIdentity,
  geneIdentity,
  type KeyContext,
  mechanismIdentities,
} from './identities.ts'
import type { KeyRung } from './scoring.ts'
import type { AmrTruthGene } from './truth.ts'

/** Levels that compare sets of keys. `locus` compares places and uses the keys of `gene`. */
export type KeyedLevel = Exclude<AmrLevel, 'locus'>

/** How a level names things. A gene of several drug classes has several identities at that level. */
export interface KeyRules {
  readonly truth: (gene: AmrTruthGene) => readonly Identity<KeyRung>[]
  readonly call: (call: AmrCall) => readonly Identity<KeyRung>[]
  /** A bare symbol of a universe list; none at levels that symbols say nothing about. */
  readonly symbol: (symbol: string) => readonly Identity<KeyRung>[]
  /** Two different strong identifiers are never the same thing. */
  readonly strict: boolean
}

/** The key rules of a match level: which identifiers are compared, strongest first. */
export const keyRules = (level: KeyedLevel, context: KeyContext): KeyRules => {
  const { tables } = context
  switch (level) {
    case 'allele': {
      const allele = remembered(
        (symbol: string): readonly Identity<KeyRung>[] => [
          { strong: null, weak: symbolIdentifier(symbol, tables.aliases) },
        ],
        (symbol) => symbol,
      )
      return {
        truth: (gene) => allele(gene.allele ?? gene.geneSymbol),
        call: (call) => allele(call.geneSymbol),
        symbol: allele,
        strict: true,
      }
    }
    case 'gene':
      return namedRules(
        remembered((gene) => geneIdentity(gene, tables), nameOf),
        true,
      )
    case 'family':
      return namedRules(
        remembered(
          (gene) => familyIdentity(gene, tables),
          (gene) => `${nameOf(gene)}\t${gene.geneFamily ?? ''}`,
        ),
        false,
      )
    case 'drug_class': {
      const rule = (stated: 'first' | 'last'): ((gene: Described) => readonly Identity<KeyRung>[]) =>
        remembered(
          (gene) => classIdentities(gene, context, stated),
          (gene) => `${nameOf(gene)}\t${gene.drugClasses.join('\t')}`,
        )
      return {
        truth: rule('first'),
        call: rule(context.truthStatesClasses ? 'first' : 'last'),
        symbol: () => [],
        strict: true,
      }
    }
    case 'mechanism': {
      const mechanisms = remembered(
        (gene: Described) => mechanismIdentities(gene, tables),
        (gene) => `${nameOf(gene)}\t${gene.mechanism ?? ''}`,
      )
      return { truth: mechanisms, call: mechanisms, symbol: () => [], strict: true }
    }
  }
}

// Everything the ladder looks at.
const nameOf = ({ geneSymbol, aro, accession, geneName, database, tool }: Described): string =>
  `${geneSymbol}\t${aro ?? ''}\t${accession ?? ''}\t${geneName ?? ''}\t${database ?? ''}\t${tool ?? ''}`

// A report of reads names a few thousand genes hundreds of thousands of times.
const remembered = <Item, Result>(
  compute: (item: Item) => Result,
  nameOf: (item: Item) => string,
): ((item: Item) => Result) => {
  const known = new Map<string, Result>()
  return (item) => {
    const name = nameOf(item)
    const before = known.get(name)
    if (before !== undefined) return before
    const result = compute(item)
    known.set(name, result)
    return result
  }
}

/** Levels whose keys are names of genes. The truth's allele is a second name of its gene. */
const namedRules = (identity: (gene: Described) => Identity<KeyRung>, strict: boolean): KeyRules => {
  const bare = (geneSymbol: string): Identity<KeyRung> =>
    identity({ geneSymbol, aro: null, geneFamily: null, drugClasses: [] })
  return {
    truth: (gene) => {
      const own = identity(gene)
      return [gene.allele === null ? own : { ...own, otherNames: [bare(gene.allele).weak.id] }]
    },
    call: (call) => [identity(call)],
    symbol: (symbol) => [bare(symbol)],
    strict,
  }
}
