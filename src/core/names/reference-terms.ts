/** What one database entry was mapped to, by a table in the form argNorm publishes. */
export interface ReferenceMapping {
  /** The entry as its database writes it. */
  readonly entry: string
  readonly aro: string
  /** RGI's cut-off of the hit behind it is Loose: a relative at best, so it identifies nothing. */
  readonly isWeak: boolean
}

/** The entries of one reference database (`ncbi`, `resfinder`, `deeparg`, `megares`, …). */
export interface ReferenceTable {
  readonly database: string
  readonly mappings: readonly ReferenceMapping[]
}

/** What a tool says about the reference sequence it hit. */
export interface ReferenceHit {
  readonly geneSymbol: string
  readonly geneName?: string | null
  readonly accession?: string | null
  readonly database?: string | null
  readonly tool?: string | null
}

/** Ontology term of the reference sequence that was hit, or null where no table knows it for certain. */
export type ReferenceTerms = (hit: ReferenceHit) => string | null

/** Databases that tools search although their reports do not name them. */
const DATABASE_OF_TOOL: readonly (readonly [tool: RegExp, database: string])[] = [
  [/amrfinder/, 'ncbi'],
  [/resfinder|staramr/, 'resfinder'],
  [/deeparg/, 'deeparg'],
  [/amrplusplus|amr\+\+/, 'megares'],
]

// The tail of a ResFinder name: `_1_X04555`; RefSeq accessions bring an underscore of their own.
const RESFINDER = /^(.+)_\d+_([A-Z]{2}_[A-Z]*\d+|[A-Z]+\d+)(?:\.\d+)?$/

/**
 * Builds the lookup. A hit is looked up in the table of the database it names (or its tool searches), and only where
 * neither is known in all of them; an entry that tables disagree on identifies nothing.
 */
export const openReferenceTerms = (tables: readonly ReferenceTable[]): ReferenceTerms => {
  const opened = tables.map(openTable)
  return (hit) => {
    const names = namesOf(hit)
    const found = new Set(
      tablesFor(hit, opened).flatMap((table) => {
        const terms = table.terms()
        const name = names.find((one) => terms.has(one))
        return name === undefined ? [] : [terms.get(name) ?? null]
      }),
    )
    return found.size === 1 ? ([...found][0] ?? null) : null
  }
}

interface OpenTable {
  readonly database: string
  readonly terms: () => ReadonlyMap<string, string | null>
}

// A report usually is about one database: the tables of the others are never worked through.
const openTable = ({ database, mappings }: ReferenceTable): OpenTable => {
  let terms: ReadonlyMap<string, string | null> | undefined
  return { database, terms: () => (terms ??= termsByKey(database, mappings)) }
}

const tablesFor = ({ database, tool }: ReferenceHit, tables: readonly OpenTable[]): readonly OpenTable[] => {
  const searched = (database ?? '').toLowerCase()
  const byTool = DATABASE_OF_TOOL.find(([pattern]) => pattern.test((tool ?? '').toLowerCase()))?.[1]
  if (searched !== '') {
    const named = tables.filter((table) => isNamed(table.database, searched))
    if (named.length > 0 || byTool === undefined) return named
  }
  return byTool === undefined ? tables : tables.filter((table) => table.database === byTool)
}

// `NCBI Reference Gene Database`, `deeparg_db`, `card`: the table `abricate_card` is the one for the last.
const isNamed = (table: string, searched: string): boolean => searched.includes(table) || table.includes(searched)

/** Null = mappings of one key disagree. */
const termsByKey = (database: string, mappings: readonly ReferenceMapping[]): ReadonlyMap<string, string | null> => {
  const terms = new Map<string, string | null>()
  for (const { entry, aro, isWeak } of mappings)
    if (!isWeak)
      for (const key of keysOf(database, entry.toUpperCase())) {
        const before = terms.get(key)
        terms.set(key, before === undefined || before === aro ? aro : null)
      }
  return terms
}

/** Under which names the entry of a database occurs in reports. */
const keysOf = (database: string, entry: string): readonly string[] => {
  if (database === 'resfinder') {
    const [, gene, accession] = RESFINDER.exec(entry) ?? []
    return gene === undefined || accession === undefined ? [entry] : [entry, `${gene}\t${accession}`]
  }
  const [first = '', second = '', third = ''] = entry.split('|')
  // NCBI: protein number|protein accession|nucleotide accession|...
  if (database === 'ncbi') return [entry, ...[second, third].filter((one) => one !== '').map(withoutVersion)]
  return first === entry ? [entry] : [entry, first, withoutVersion(first)]
}

/** From the most to the least specific. */
const namesOf = ({ geneSymbol, geneName, accession }: ReferenceHit): readonly string[] => {
  const symbol = geneSymbol.trim().toUpperCase()
  const number = withoutVersion((accession ?? '').trim().toUpperCase())
  const names = [symbol, (geneName ?? '').trim().toUpperCase()]
  // ABRicate leaves ResFinder's running number at the gene (`TET(A)_6`), other tools take it off.
  if (number !== '') names.push(`${symbol}\t${number}`, `${symbol.replace(/_\d{1,3}$/, '')}\t${number}`)
  if (number !== '') names.push((accession ?? '').trim().toUpperCase(), number)
  const [, gene, tail] = RESFINDER.exec(symbol) ?? []
  if (gene !== undefined && tail !== undefined) names.push(`${gene}\t${tail}`)
  return names.filter((name) => name !== '')
}

const withoutVersion = (accession: string): string => accession.replace(/\.\d+$/, '')
