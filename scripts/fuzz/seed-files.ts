import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formats } from '../../src/parse/index.ts'

const folder = fileURLToPath(new URL('../../test/fixtures/parse', import.meta.url))

/** A good file of a format, which mutations start from. */
export interface SeedFile {
  readonly format: string
  /** Relative to the folder of fixtures. */
  readonly file: string
  readonly bytes: Buffer
  readonly columns?: Readonly<Record<string, string>>
}

/** Fixtures that cannot be read without declared columns. */
const DECLARED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'blast6/lengths.tsv': { outfmt: 'qseqid sseqid pident length qlen slen qstart qend sstart send evalue bitscore' },
  'blast6/gene-query.tsv': {
    outfmt: 'qseqid sseqid pident length qlen slen qstart qend sstart send evalue bitscore qcovs',
    gene: 'query',
  },
  'tsv/other-names.tsv': { gene_symbol: 'Gene', start: 'From', stop: 'To', identity_fraction: 'PctId' },
}

/** The fixtures of a format are the files in the folder of its name. Throws for a format that has none. */
export const seedFilesOf = (format: string): readonly SeedFile[] => {
  const names = existsSync(join(folder, format)) ? readdirSync(join(folder, format)).sort() : []
  if (names.length === 0)
    throw new Error(`The format ${format} has no fixture: put one into test/fixtures/parse/${format}/.`)
  return names.map((name) => {
    const file = `${format}/${name}`
    const columns = DECLARED[file]
    return { format, file, bytes: readFileSync(join(folder, file)), ...(columns === undefined ? {} : { columns }) }
  })
}

/** The fixtures of every registered format. */
export const seedFiles = (): readonly SeedFile[] => formats.flatMap(({ id }) => seedFilesOf(id))
