import { drugClasses } from '../names/drug-class.ts'
import { type NameTables, ontologyTerm, symbolIdentifier } from '../names/gene-identity.ts'
import { familyOfName, familyOfSymbol, geneOfSymbol } from '../names/series.ts'
import { normaliseSymbol } from '../names/symbol.ts'
import { type Identity } from '../names/vocabulary.ts'
import { type AmrLevel } from '../scoring-options.ts'
import { type AmrCall } from './call.ts'
import { type KeyRung } from './scoring.ts'
import { type AmrTruthGene } from './truth.ts'

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
      const allele = (symbol: string): readonly Identity<KeyRung>[] => [
        { strong: null, weak: symbolIdentifier(symbol, tables.aliases) },
      ]
      return {
        truth: (gene) => allele(gene.allele ?? gene.geneSymbol),
        call: (call) => allele(call.geneSymbol),
        symbol: allele,
        strict: true,
      }
    }
    case 'gene':
      return namedRules((gene) => geneIdentity(gene, tables), true)
    case 'family':
      return namedRules((gene) => familyIdentity(gene, tables), false)
    case 'drug_class': {
      const classes = (gene: Described): readonly Identity<KeyRung>[] => classIdentities(gene, unmapped)
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
