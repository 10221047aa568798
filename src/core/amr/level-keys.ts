import { drugClasses } from '../names/drug-class.ts'
import { type NameTables, ontologyTerm, symbolIdentifier } from '../names/gene-identity.ts'
import { familyOfName, familyOfSymbol, geneOfSymbol } from '../names/series.ts'
import { normaliseSymbol } from '../names/symbol.ts'
import type { Identity } from '../names/vocabulary.ts'
import type { AmrLevel } from '../scoring-options.ts'
import type { AmrCall } from './call.ts'
import type { KeyRung } from './scoring.ts'
import type { AmrTruthGene } from './truth.ts'

/** Levels that compare sets of keys. `locus` compares places and uses the keys of `gene`. */
export type KeyedLevel = Exclude<AmrLevel, 'locus'>

/** What both a call and a truth gene say about a gene, as far as keys need it. */
interface Described {
  readonly geneSymbol: string
  readonly aro: string | null
  readonly accession?: string | null
  readonly geneFamily: string | null
  readonly drugClasses: readonly string[]
}

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
export const keyRules = (level: KeyedLevel, tables: NameTables, unmapped: (name: string) => void): KeyRules => {
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
        remembered(
          (gene) => geneIdentity(gene, tables),
          (gene) => `${gene.geneSymbol}\t${gene.aro ?? ''}\t${gene.accession ?? ''}`,
        ),
        true,
      )
    case 'family':
      return namedRules(
        remembered(
          (gene) => familyIdentity(gene, tables),
          (gene) => `${gene.geneSymbol}\t${gene.geneFamily ?? ''}`,
        ),
        false,
      )
    case 'drug_class': {
      const classes = remembered(
        (gene: Described) => classIdentities(gene, unmapped),
        (gene) => `${gene.geneSymbol}\t${gene.drugClasses.join('\t')}`,
      )
      return { truth: classes, call: classes, symbol: () => [], strict: true }
    }
    case 'mechanism':
      // The truth has no mechanism column, so only calls have keys here, and nothing is scored.
      return {
        truth: () => [],
        call: ({ mechanism }) =>
          mechanism === null ? [] : [{ strong: null, weak: { id: mechanism.trim().toLowerCase(), rung: 'text' } }],
        symbol: () => [],
        strict: true,
      }
  }
}

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

const geneIdentity = (gene: Described, tables: NameTables): Identity<KeyRung> => {
  const symbol = symbolIdentifier(gene.geneSymbol, tables.aliases)
  return { strong: ontologyTerm(gene, tables), weak: { ...symbol, id: geneOfSymbol(symbol.id) } }
}

const familyIdentity = (gene: Described, tables: NameTables): Identity<KeyRung> => {
  const symbol = symbolIdentifier(gene.geneSymbol, tables.aliases)
  const named = gene.geneFamily === null ? '' : familyOfName(gene.geneFamily)
  return {
    strong: named === '' ? null : { id: named, rung: 'family_column' },
    weak: { id: familyOfSymbol(symbol.id, /^bla/i.test(gene.geneSymbol)), rung: 'family_series' },
  }
}

const classIdentities = (gene: Described, unmapped: (name: string) => void): readonly Identity<KeyRung>[] => {
  const symbol = normaliseSymbol(gene.geneSymbol)
  const found = new Map<string, Identity<KeyRung>>()
  for (const text of gene.drugClasses)
    for (const { id, known } of drugClasses(text, symbol)) {
      if (!known) unmapped(id)
      found.set(id, { strong: null, weak: { id, rung: known ? 'class_table' : 'class_text' } })
    }
  return [...found.values()]
}
