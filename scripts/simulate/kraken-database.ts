import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOST, type PathogenWorld } from './pathogen-world.ts'
import { formatFasta } from './sequence.ts'

/** Builds the Kraken 2 database of a world in `folder`, without a network: taxonomy and genomes are our own. */
export const writeKrakenDatabase = (folder: string, { species, host }: PathogenWorld): void => {
  // Its scripts do not bear blanks in paths.
  const building = mkdtempSync(join(tmpdir(), 'kraken2-'))
  try {
    mkdirSync(join(building, 'db', 'taxonomy'), { recursive: true })
    const nodes = taxonomyOf(species)
    const dump = (rows: readonly (readonly string[])[]): string =>
      rows.map((cells) => `${cells.join('\t|\t')}\t|\n`).join('')
    // The rank is only read right when another column follows it.
    writeFileSync(
      join(building, 'db/taxonomy/nodes.dmp'),
      dump(nodes.map(([taxid, parent, rank]) => [taxid, parent, rank, ''])),
    )
    writeFileSync(
      join(building, 'db/taxonomy/names.dmp'),
      dump(nodes.map(([taxid, , , name]) => [taxid, name, '', 'scientific name'])),
    )
    const genomes = [
      ...species.map(({ taxid, reference }) => ({ taxid, sequence: reference })),
      { taxid: HOST.taxid, sequence: host },
    ]
    writeFileSync(
      join(building, 'genomes.fasta'),
      formatFasta(
        genomes.map(({ taxid, sequence }) => ({ id: `g${taxid}|kraken:taxid|${taxid}`, description: '', sequence })),
      ),
    )
    const build = (...words: readonly string[]): unknown =>
      execFileSync('kraken2-build', [...words, '--db', 'db'], { cwd: building, stdio: ['ignore', 'ignore', 'pipe'] })
    build('--add-to-library', 'genomes.fasta', '--no-masking')
    build('--build', '--fast-build', '--threads', '1')
    mkdirSync(folder, { recursive: true })
    for (const file of ['hash.k2d', 'opts.k2d', 'taxo.k2d']) cpSync(join(building, 'db', file), join(folder, file))
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
}

type Node = readonly [taxid: string, parent: string, rank: string, name: string]

/** Every rank has a node in every lineage: Kraken 2.1.2 of Debian leaves out rank codes, and gaps could not be filled. */
const taxonomyOf = (species: PathogenWorld['species']): readonly Node[] => {
  const nodes = new Map<string, Node>([['1', ['1', '1', 'no rank', 'root']]])
  const addLineage = (lineage: readonly (readonly [taxid: string, name: string])[]): void => {
    let parent = '1'
    for (const [place, [taxid, name]] of lineage.entries()) {
      nodes.set(taxid, [taxid, parent, NODE_RANKS[place] ?? '', name])
      parent = taxid
    }
  }
  for (const { taxid, genus, name } of species)
    addLineage([
      ['2', 'Bacteria'],
      ...UPPER_RANKS.map((rank, place) => [`${5 + place}`, `Bacterial ${rank}`] as const),
      [genus.taxid, genus.name],
      [taxid, name],
    ])
  addLineage([
    ['2759', 'Eukaryota'],
    ...[...UPPER_RANKS, 'genus'].map((rank, place) => [`${9000 + place}`, `Host ${rank}`] as const),
    [HOST.taxid, HOST.name],
  ])
  return [...nodes.values()]
}

const UPPER_RANKS = ['phylum', 'class', 'order', 'family']
const NODE_RANKS = ['superkingdom', ...UPPER_RANKS, 'genus', 'species']
