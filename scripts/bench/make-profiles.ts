import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Taxa that are really there; every other row is about nothing, or about a level that is not compared. */
const TAXA = 30_000
const RANKS = 'superkingdom|phylum|class|order|family|genus|species|strain'

const truthText = (): string => {
  const rows = Array.from(
    { length: 50 },
    (_, index) => `${species(index)}\tspecies\t2|||||${genus(index)}|${species(index)}\t2\n`,
  )
  return `@SampleID:S1\n@Version:0.10.0\n@Ranks:${RANKS}\n@@TAXID\tRANK\tTAXPATH\tPERCENTAGE\n${rows.join('')}`
}
const genus = (number: number): number => 100_000 + (number % (TAXA / 10))
const species = (number: number): number => 200_000 + (number % TAXA)

/** Row number `row` of each format. */
const ROWS: Readonly<Record<string, (row: number) => string>> = {
  // As with --report-zero-counts: most taxa of the database have no read; some levels are between the ranks.
  'report.kreport': (row) => {
    if (row === 0)
      return ' 10.00\t1000000\t1000000\tU\t0\tunclassified\n 90.00\t9000000\t10\tR\t1\troot\n 90.00\t9000000\t0\tD\t2\t  Bacteria\n'
    const kind = row % 10
    if (kind === 0) return `  0.01\t12\t0\tG\t${genus(row)}\t            Genus ${genus(row)}\n`
    if (kind === 1) return `  0.01\t3\t1\tS\t${species(row)}\t              Genus species ${species(row)}\n`
    if (kind === 2) return `  0.01\t5\t5\tG1\t${1_000_000 + row}\t              Genus group ${row}\n`
    return `  0.00\t0\t0\tS\t${1_000_000 + row}\t              Genus species that is not there ${row}\n`
  },
  'output.profile': (row) => {
    if (row === 0) return `@SampleID:S1\n@Version:0.10.0\n@Ranks:${RANKS}\n@@TAXID\tRANK\tTAXPATH\tPERCENTAGE\n`
    const lineage = `2|1224|1236|91347|543|${genus(row)}`
    if (row % 10 === 0) return `${genus(row)}\tgenus\t${lineage}\t0.0000001\n`
    if (row % 10 === 1) return `${species(row)}\tspecies\t${lineage}|${species(row)}\t0.0000001\n`
    return `${1_000_000 + row}\tspecies\t${lineage}|${1_000_000 + row}\t0.0\n`
  },
  'reads.kraken': (row) =>
    row % 4 === 0
      ? `U\tread.${row}/1\t0\t150\t0:116\n`
      : `C\tread.${row}/1\tGenus species ${species(row)} (taxid ${species(row)})\t150\t${species(row)}:60 0:40 ${genus(row)}:16\n`,
}

/** Names of the files that `makeProfile` can write. */
export const PROFILE_FILES = Object.keys(ROWS)

/** Writes one of `PROFILE_FILES` with at least so many bytes; answers its path. The same rows each time. */
export const makeProfile = (dir: string, name: string, bytes: number): string => {
  const path = join(dir, name)
  const rowAt = ROWS[name]
  if (rowAt === undefined) throw new Error(`no such profile: ${name}`)
  const file = openSync(path, 'w')
  let written = 0
  for (let row = 0; written < bytes;) {
    let lines = ''
    while (lines.length < 1 << 22) lines += rowAt(row++)
    written += writeSync(file, lines)
  }
  closeSync(file)
  return path
}

/** Writes the truth these profiles are scored against. */
export const makeProfileTruth = (dir: string): string => {
  const path = join(dir, 'truth.profile')
  writeFileSync(path, truthText())
  return path
}
