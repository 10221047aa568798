import type { NamedProfile } from '../../core/profile/profile.ts'
import { RANKS } from '../../core/profile/ranks.ts'
import type { ProfileFormat, ReadingContext } from '../contract.ts'
import { headLines } from '../lines.ts'
import { headerCells, requiredPresent, resolveHeader, type Slots } from '../table-header.ts'
import { rankOfPrefix } from './lineage.ts'
import { type Cells, readLines } from './line-reader.ts'
import { createTaxa } from './taxa.ts'

const COLUMNS = {
  genome: { names: ['user_genome'], required: true, use: 'a genome; each is one row' },
  classification: {
    names: ['classification'],
    required: true,
    use: 'taxa: `d__ p__ c__ o__ f__ g__ s__`; a rank without a name is not classified',
  },
}
type Columns = Slots<keyof typeof COLUMNS>

/** Domains that GTDB-Tk tells by marker genes even where it can classify no further: `Unclassified Bacteria`. */
const DOMAIN_ONLY = /^Unclassified \[?(Bacteria|Archaea)\]?$/i

/** GTDB-Tk's classification of assembled genomes: which taxa were found, not how much of each. */
export const gtdbtk: ProfileFormat = {
  id: 'gtdbtk',
  title: 'GTDB-Tk summary',
  tool: 'GTDB-Tk (`classify_wf`), nf-core/mag',
  kind: 'profile',
  abundance: 'presence',
  fileNames: ['*.bac120.summary.tsv', '*.ar53.summary.tsv', 'gtdbtk_summary.tsv'],
  columns: Object.values(COLUMNS),
  notes: [
    'A list of genomes, not a profile: a taxon is there when a genome has it. Percentages are shares of the genomes of the file, and no abundance is compared by them.',
    'A taxon is its name with the prefix of its rank, `s__Escherichia coli`; so the truth has to be.',
    'The summaries of bacteria and archaea make one prediction when they are given the same label.',
  ],
  sniff: (head) => {
    const { present, required } = requiredPresent(headerCells(headLines(head, 1)[0] ?? ''), COLUMNS)
    return present === required ? 1 : 0
  },
  open: (context) => {
    const lineages: string[][] = []
    const genomes = new Map<string, number>()
    let slots: Columns | null = null
    const take = (cells: Cells): void => {
      if (slots === null) {
        slots = resolveHeader(cells.cells, COLUMNS, cells.line, context.findings)
        context.findings.finish()
        return
      }
      const genome = cells.text(slots.genome)
      const before = genomes.get(genome)
      if (genome === '') return cells.fail(slots.genome, 'The genome is missing.')
      if (before !== undefined)
        return cells.fail(
          slots.genome,
          `The genome ${genome.slice(0, 40)} is there twice; the first time on line ${before}.`,
        )
      genomes.set(genome, cells.line)
      lineages.push(lineageOf(cells, slots, context))
    }
    return readLines(context, take, () => {
      if (slots === null)
        context.findings.add('The file has no header line; it may come from a tool that failed.', 1, 1)
      context.emit({ sample: null, ranks: RANKS, taxa: taxaOf(lineages), line: 1 })
    })
  },
}

const lineageOf = (cells: Cells, at: Columns, { findings }: ReadingContext<NamedProfile>): string[] => {
  const text = cells.text(at.classification)
  const domain = DOMAIN_ONLY.exec(text)?.[1]
  if (domain !== undefined) return [`d__${domain}`]
  if (/^(?:Unclassified|N\/A|)$/i.test(text)) return []
  const taxa = text.split(';').map((taxon) => taxon.trim())
  const before = findings.count
  for (const taxon of taxa)
    if (rankOfPrefix(taxon) === undefined)
      cells.fail(at.classification, `"${taxon.slice(0, 40)}" does not begin with a rank such as s__.`)
  return findings.count > before ? [] : taxa.filter((taxon) => !taxon.endsWith('__'))
}

const taxaOf = (lineages: readonly (readonly string[])[]): NamedProfile['taxa'] => {
  const taxa = createTaxa()
  for (const lineage of lineages)
    for (const [place, taxid] of lineage.entries())
      taxa.add({
        taxid,
        rank: rankOfPrefix(taxid) ?? '',
        path: lineage.slice(0, place + 1),
        percentage: 100 / lineages.length,
        count: null,
      })
  return taxa.list()
}
