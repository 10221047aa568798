import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFasta } from './sequence.ts'

/** One sequence of the ResFinder database, with what its tables say about it. */
export interface ReferenceGene {
  /** `sul1_2_U12338`: symbol, number of the variant, accession. */
  readonly id: string
  readonly symbol: string
  readonly accession: string
  readonly family: string
  readonly drugClasses: readonly string[]
  /** Name of the (first) file it stands in, without `.fsa`. */
  readonly classFile: string
  readonly sequence: string
}

/** Reads the class files (`*.fsa`) and `phenotypes.txt` of a ResFinder database folder, sorted by id. */
export const readResfinderDatabase = (folder: string): ReferenceGene[] => {
  const classes = phenotypeClasses(readFileSync(join(folder, 'phenotypes.txt'), 'utf8'))
  const genes = new Map<string, ReferenceGene>()
  const fastaFiles = readdirSync(folder).filter((name) => name.endsWith('.fsa'))
  for (const fastaFile of fastaFiles.sort()) {
    const classFile = fastaFile.replace(/\.fsa$/, '')
    for (const { id, sequence } of parseFasta(readFileSync(join(folder, fastaFile), 'utf8'))) {
      // A gene against several classes stands in several files, with the same sequence.
      if (genes.has(id) || !/^[ACGT]+$/.test(sequence)) continue
      const { symbol, accession } = splitId(id)
      const drugClasses = drugClassesOf(classes.get(id) ?? [], classFile)
      genes.set(id, { id, symbol, accession, family: familyOf(symbol), drugClasses, classFile, sequence })
    }
  }
  return [...genes.values()].sort((left, right) => (left.id < right.id ? -1 : 1))
}

const splitId = (id: string): { symbol: string; accession: string } => {
  const parts = /^(.+?)_\d+_(.+)$/.exec(id)
  if (!parts) throw new Error(`Not a ResFinder sequence id (symbol_number_accession): ${id}`)
  return { symbol: parts[1]!, accession: parts[2]! }
}

const phenotypeClasses = (text: string): Map<string, string[]> => {
  const classes = new Map<string, string[]>()
  for (const line of text.split('\n').slice(1)) {
    const [id = '', column = ''] = line.split('\t')
    const known = classes.get(id.trim()) ?? []
    classes.set(id.trim(), [...new Set([...known, ...column.split(',').map((name) => name.trim().toLowerCase())])])
  }
  return classes
}

/** The table puts sulphonamides and trimethoprim under one name; its files, like most tools, keep them apart. */
const drugClassesOf = (fromTable: readonly string[], classFile: string): string[] =>
  [
    ...new Set(fromTable.map((name) => (name === 'folate pathway antagonist' ? classFile : name)).filter(Boolean)),
  ].sort()

/**
 * The family of a symbol in the series whose last number names an allele: beta-lactamases (`blaCTX-M-15` is a
 * `blaCTX-M`), quinolone resistance proteins (`qnrS1` is a `qnrS`) and mobile colistin resistance (`mcr-1.1` is an
 * `mcr-1`). Other numbers name genes.
 */
export const familyOf = (symbol: string): string => {
  for (const series of [/^(bla[A-Z]+(?:-[A-Z]+)?)-?\d+[A-Za-z]?$/, /^(qnr[A-Z]+)\d+$/, /^(mcr-\d+)\.\d+$/]) {
    const family = series.exec(symbol)?.[1]
    if (family !== undefined) return family
  }
  return symbol
}
