import { drugClasses } from '../names/drug-class.ts'
import { type NamedGene, type NameTables, ontologyTerm, symbolIdentifier } from '../names/gene-identity.ts'
import type { Ontology } from '../names/ontology.ts'
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
interface Described extends NamedGene {
  readonly geneFamily: string | null
  readonly drugClasses: readonly string[]
  readonly mechanism?: string | null
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

/** What the key rules of a level are made from. */
export interface KeyContext {
  readonly tables: NameTables
  /** The truth states drug classes of its own; where it states none, both sides take them from the ontology. */
  readonly truthStatesClasses: boolean
  /** A class that stands in no table. */
  readonly unmapped: (name: string) => void
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

const geneIdentity = (gene: Described, tables: NameTables): Identity<KeyRung> => {
  const symbol = symbolIdentifier(gene.geneSymbol, tables.aliases)
  return { strong: ontologyTerm(gene, tables), weak: { ...symbol, id: geneOfSymbol(symbol.id) } }
}

const familyIdentity = (gene: Described, tables: NameTables): Identity<KeyRung> => {
  const symbol = symbolIdentifier(gene.geneSymbol, tables.aliases)
  const named = gene.geneFamily === null ? '' : familyOfName(gene.geneFamily)
  const series = familyOfSymbol(symbol.id, /^bla/i.test(gene.geneSymbol))
  const term = ontologyFamily(gene, [named, series], tables)
  return {
    strong: term ?? (named === '' ? null : { id: named, rung: 'family_column' }),
    weak: { id: series, rung: 'family_series' },
  }
}

/** The family of the gene's own term, else the one that the ontology gives this name. */
const ontologyFamily = (gene: Described, names: readonly string[], tables: NameTables): Identity<KeyRung>['strong'] => {
  const ontology = tables.vocabulary?.ontology
  if (!ontology) return null
  const term = ontologyTerm(gene, tables)
  const family =
    (term && ontology.terms.familyOf(term.id)) ?? names.flatMap((name) => ontology.names.family(name) ?? [])[0]
  return family === undefined ? null : { id: family, rung: 'ontology_family' }
}

/** What the ontology says of a gene, and only where it says something. */
const inherited = (
  gene: Described,
  tables: NameTables,
  of: (ontology: Ontology, id: string) => readonly string[],
): readonly string[] => {
  const ontology = tables.vocabulary?.ontology?.terms
  const term = ontology === undefined ? null : ontologyTerm(gene, tables)
  return ontology === undefined || term === null ? [] : of(ontology, term.id)
}

const classIdentities = (
  gene: Described,
  { tables, unmapped }: KeyContext,
  stated: 'first' | 'last',
): readonly Identity<KeyRung>[] => {
  const symbol = normaliseSymbol(gene.geneSymbol)
  const own = gene.drugClasses.flatMap((text) => drugClasses(tables.aliases.get(normaliseSymbol(text)) ?? text, symbol))
  const fromOntology = (): readonly string[] =>
    inherited(gene, tables, (ontology, id) => ontology.drugsOf(id)).flatMap((name) =>
      // A drug that stands in no table is the business of the table, not of the report.
      drugClasses(name, symbol).flatMap(({ id, known }) => (known ? [id] : [])),
    )
  const ontologyFirst = stated === 'last' ? fromOntology() : []
  const found = new Map<string, Identity<KeyRung>>()
  const add = (id: string, rung: KeyRung): void => void found.set(id, { strong: null, weak: { id, rung } })
  if (ontologyFirst.length === 0)
    for (const { id, known } of own) {
      if (!known) unmapped(id)
      add(id, known ? 'class_table' : 'class_text')
    }
  if (found.size === 0)
    for (const id of ontologyFirst.length === 0 ? fromOntology() : ontologyFirst) add(id, 'ontology_class')
  return [...found.values()]
}

const mechanismIdentities = (gene: Described, tables: NameTables): readonly Identity<KeyRung>[] => {
  const known = inherited(gene, tables, (ontology, id) => ontology.mechanismsOf(id))
  if (known.length > 0) return known.map((id) => ({ strong: null, weak: { id, rung: 'ontology_mechanism' } }))
  const texts = (gene.mechanism ?? '').split(/[;,/]/).map((text) => text.trim().toLowerCase())
  return [...new Set(texts)].flatMap((id) => (id === '' ? [] : [{ strong: null, weak: { id, rung: 'text' } }]))
}
