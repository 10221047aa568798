import type { AliasTable } from './aliases.ts'
import { normaliseSymbol } from './symbol.ts'

/** How a name was identified, rung by rung of the ladder. Match lists tell it. */
type NameRung = 'aro' | 'accession' | 'symbol' | 'alias'

/** One identifier of a gene and the rung of the ladder it came from. */
export interface Identifier<Rung extends string = NameRung> {
  readonly id: string
  readonly rung: Rung
}

/** What a tool or a truth says about which gene it means. */
export interface NamedGene {
  readonly geneSymbol: string
  readonly aro: string | null
  readonly accession?: string | null
}

/** Tables the ladder looks into. */
export interface NameTables {
  readonly aliases: AliasTable
  /** Rung 2: database accession (upper case, no version) or database entry name -> ARO. */
  readonly accessions: ReadonlyMap<string, string>
}

/** `ARO:3000873` from any way tools write it (`3000873`, `ARO_3000873`, a URL), or null when it is none. */
export const normaliseAro = (text: string | null): string | null => {
  const digits = text === null ? undefined : /^(?:.*ARO[:_])?(\d{7})$/i.exec(text.trim())?.[1]
  return digits === undefined ? null : `ARO:${digits}`
}

/** Rungs 1 and 2: the ontology term of a gene, given by the tool or found by its database accession. */
export const ontologyTerm = (gene: NamedGene, tables: NameTables): Identifier | null => {
  const given = normaliseAro(gene.aro)
  if (given !== null) return { id: given, rung: 'aro' }
  const mapped =
    tables.accessions.get(gene.geneSymbol.trim()) ??
    tables.accessions.get(
      (gene.accession ?? '')
        .trim()
        .toUpperCase()
        .replace(/\.\d+$/, ''),
    )
  return mapped === undefined ? null : { id: mapped, rung: 'accession' }
}

/** Rungs 3 and 4: the normalised symbol, replaced where the alias table knows a canonical one. */
export const symbolIdentifier = (symbol: string, aliases: AliasTable): Identifier => {
  const id = normaliseSymbol(symbol)
  const canonical = aliases.get(id)
  // A symbol of punctuation only still is a name of its own.
  if (id === '') return { id: symbol.trim(), rung: 'symbol' }
  return canonical === undefined || canonical === id ? { id, rung: 'symbol' } : { id: canonical, rung: 'alias' }
}
