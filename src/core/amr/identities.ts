import { drugClasses } from '../names/drug-class.ts'
import { type NamedGene, type NameTables, ontologyTerm, symbolIdentifier } from '../names/gene-identity.ts'
import type { Ontology } from '../names/ontology.ts'
import { familyOfName, familyOfSymbol, geneOfSymbol } from '../names/series.ts'
import { normaliseSymbol } from '../names/symbol.ts'
import type { Identity } from '../names/vocabulary.ts'
import type { KeyRung } from './scoring.ts'

/** What both a call and a truth gene say about a gene, as far as keys need it. */
export interface Described extends NamedGene {
  readonly geneFamily: string | null
  readonly drugClasses: readonly string[]
  readonly mechanism?: string | null
}

/** What the key rules of a level are made from. */
export interface KeyContext {
  readonly tables: NameTables
  /** The truth states drug classes of its own; where it states none, both sides take them from the ontology. */
  readonly truthStatesClasses: boolean
  /** A class that stands in no table. */
  readonly unmapped: (name: string) => void
}

export const geneIdentity = (gene: Described, tables: NameTables): Identity<KeyRung> => {
  const symbol = symbolIdentifier(gene.geneSymbol, tables.aliases)
  return { strong: ontologyTerm(gene, tables), weak: { ...symbol, id: geneOfSymbol(symbol.id) } }
}

export const familyIdentity = (gene: Described, tables: NameTables): Identity<KeyRung> => {
  const family = ontologyFamily(gene, tables)
  const named = gene.geneFamily === null ? '' : familyOfName(gene.geneFamily)
  const strong: Identity<KeyRung>['strong'] =
    family === null
      ? named === ''
        ? null
        : { id: named, rung: 'family_column' }
      : { id: family, rung: 'ontology_family' }
  return { strong, weak: { id: seriesOf(gene, tables), rung: 'family_series' } }
}

const seriesOf = ({ geneSymbol }: Described, tables: NameTables): string =>
  familyOfSymbol(symbolIdentifier(geneSymbol, tables.aliases).id, /^bla/i.test(geneSymbol))

/** The family of the gene's own term, else the one that the ontology calls like the gene's family. */
const ontologyFamily = (gene: Described, tables: NameTables): string | null => {
  const ontology = tables.vocabulary?.ontology
  if (!ontology) return null
  const term = ontologyTerm(gene, tables)
  const known = term === null ? null : ontology.terms.familyOf(term.id)
  if (known !== null) return known
  const names = [gene.geneFamily === null ? '' : familyOfName(gene.geneFamily), seriesOf(gene, tables)]
  return names.flatMap((name) => ontology.names.family(name) ?? [])[0] ?? null
}

/** What the ontology says of a gene, or of its family where it does not know the gene itself. */
const inherited = (
  gene: Described,
  tables: NameTables,
  of: (ontology: Ontology, id: string) => readonly string[],
): readonly string[] => {
  const ontology = tables.vocabulary?.ontology?.terms
  if (ontology === undefined) return []
  const term = ontologyTerm(gene, tables)?.id ?? ontologyFamily(gene, tables)
  return term === null ? [] : of(ontology, term)
}

export const classIdentities = (
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

export const mechanismIdentities = (gene: Described, tables: NameTables): readonly Identity<KeyRung>[] => {
  const known = inherited(gene, tables, (ontology, id) => ontology.mechanismsOf(id))
  if (known.length > 0) return known.map((id) => ({ strong: null, weak: { id, rung: 'ontology_mechanism' } }))
  const texts = (gene.mechanism ?? '').split(/[;,/]/).map((text) => text.trim().toLowerCase())
  return [...new Set(texts)].flatMap((id) => (id === '' ? [] : [{ strong: null, weak: { id, rung: 'text' } }]))
}
