import type { AliasTable } from './aliases.ts'
import type { GeneVocabulary } from './gene-vocabulary.ts'
import { geneOfSymbol } from './series.ts'
import { normaliseSymbol } from './symbol.ts'

/** How a name was identified, rung by rung of the ladder. Match lists tell it. */
type NameRung = 'aro' | 'accession' | 'ontology_name' | 'symbol' | 'alias'

/** One identifier of a gene and the rung of the ladder it came from. */
export interface Identifier<Rung extends string = NameRung> {
  readonly id: string
  readonly rung: Rung
}

/** What a tool or a truth says about which gene it means. */
export interface NamedGene {
  readonly geneSymbol: string
  readonly aro: string | null
  readonly geneName?: string | null
  readonly accession?: string | null
  readonly database?: string | null
  readonly tool?: string | null
}

/** Tables the ladder looks into. */
export interface NameTables {
  readonly aliases: AliasTable
  /** Spellings that the user's own table replaces: what a user says goes before what the ontology calls it. */
  readonly userAliases: ReadonlySet<string>
  readonly vocabulary: GeneVocabulary | null
}

/** `ARO:3000873` from any way tools write it (`3000873`, `ARO_3000873`, a URL), or null when it is none. */
export const normaliseAro = (text: string | null): string | null => {
  const digits = text === null ? undefined : /^(?:.*ARO[:_])?(\d{7})$/i.exec(text.trim())?.[1]
  return digits === undefined ? null : `ARO:${digits}`
}

/**
 * Rungs 1 to 3: the ontology term of a gene, given by the tool, found by the entry of the reference database, or by
 * what the ontology calls it.
 */
export const ontologyTerm = (gene: NamedGene, tables: NameTables): Identifier | null => {
  const given = normaliseAro(gene.aro)
  if (given !== null) return { id: given, rung: 'aro' }
  const mapped = tables.vocabulary?.referenceTerm(gene) ?? null
  return mapped === null ? termOfSymbol(gene.geneSymbol, tables) : { id: mapped, rung: 'accession' }
}

const termOfSymbol = (symbol: string, { aliases, userAliases, vocabulary }: NameTables): Identifier | null => {
  const own = normaliseSymbol(symbol)
  const canonical = aliases.get(own) ?? own
  const named = /^aro(\d{7})$/.exec(canonical)?.[1]
  if (named !== undefined) return { id: `ARO:${named}`, rung: 'alias' }
  const names = vocabulary?.ontology?.names
  if (names === undefined) return null
  if (userAliases.has(own)) {
    const found = names.gene([canonical, geneOfSymbol(canonical)])
    return found === null ? null : { id: found, rung: 'alias' }
  }
  const found = names.gene([own, canonical, geneOfSymbol(own)])
  return found === null ? null : { id: found, rung: 'ontology_name' }
}

/** Rungs 4 and 5: the normalised symbol, replaced where the alias table knows a canonical one. */
export const symbolIdentifier = (symbol: string, aliases: AliasTable): Identifier => {
  const id = normaliseSymbol(symbol)
  const canonical = aliases.get(id)
  // A symbol of punctuation only still is a name of its own.
  if (id === '') return { id: symbol.trim(), rung: 'symbol' }
  return canonical === undefined || canonical === id ? { id, rung: 'symbol' } : { id: canonical, rung: 'alias' }
}
