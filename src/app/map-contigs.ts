import { type ContigOrigin, createOriginFinder } from '../core/binning/contig-origins.ts'
import { Problem, problemOf } from '../core/problem.ts'
import type { Aligner, Files, OutputReader } from './ports.ts'

interface Deps {
  readonly aligner: Aligner
  readonly reader: OutputReader
  readonly files: Files
}

export interface MapContigsRequest {
  readonly contigs: string
  /** A FASTA for each genome; the genome is called like its file. */
  readonly genomes: readonly string[]
  readonly sample: string
  /** The truth to write. */
  readonly output: string
  readonly force: boolean
}

/** What became of the contigs. */
export interface MappedContigs {
  readonly output: string
  readonly sample: string
  readonly genomes: readonly { readonly genome: string; readonly contigs: number; readonly bases: number }[]
  readonly unmapped: { readonly contigs: number; readonly bases: number }
}

/**
 * Writes a truth of bins for contigs of one's own: the genome each is from, by alignment. Contigs that are from none, or
 * could be from more than one, are left out, so that what a binner does with them counts for nothing. Throws
 * `E_EXECUTOR` without the program, `E_USAGE` when the truth is there already, `E_INPUT` for what holds no sequences.
 */
export const mapContigs = async (deps: Deps, request: MapContigsRequest): Promise<MappedContigs> => {
  const { contigs, sample, output } = request
  const genomes = namedGenomes(request.genomes)
  check(deps, request)
  for (const file of [contigs, ...genomes.values()]) await requireSequences(deps.reader, file)
  const finder = createOriginFinder()
  for (const [genome, file] of genomes)
    await deps.aligner.align(contigs, file, async (paf) => {
      const read = await deps.reader.read(paf, { format: 'paf' })
      const fact = read.kind === 'assembly' ? read.facts[0] : undefined
      finder.add(genome, fact?.what === 'alignment' ? fact.contigs : [])
    })
  const origins = finder.origins()
  deps.files.writeAtomically(output, truthText(sample, origins))
  const of = (genome: string | null): { contigs: number; bases: number } => {
    const own = origins.filter((one) => one.genome === genome)
    return { contigs: own.length, bases: own.reduce((sum, { length }) => sum + length, 0) }
  }
  return {
    output,
    sample,
    genomes: [...genomes.keys()].map((genome) => ({ genome, ...of(genome) })),
    unmapped: of(null),
  }
}

/** The aligner itself takes reads, folders and empty files, and finds nothing. */
const requireSequences = async (reader: OutputReader, file: string): Promise<void> => {
  const read = await reader.read(file, { format: 'fasta' })
  const fact = read.kind === 'assembly' ? read.facts[0] : undefined
  if (fact?.what === 'contigs' && fact.lengths.length > 0) return
  throw new Problem('E_INPUT', `There are no sequences in ${file}.`, {
    location: { file },
    hints: ['Give a FASTA of the contigs, and one of each genome.'],
  })
}

const check = ({ aligner, files }: Deps, { contigs, genomes, sample, output, force }: MapContigsRequest): void => {
  if (sample.trim() === '') throw new Problem('E_USAGE', 'The sample has no name.', { hints: ['Pass --sample ID.'] })
  const missing = [contigs, ...genomes].filter((file) => !files.exists(file))
  if (missing.length > 0)
    throw problemOf(
      'E_NOT_FOUND',
      'Files are missing.',
      missing.map((file) => ({ message: `There is no file ${file}.` })),
    )
  if (files.exists(output) && !force)
    throw new Problem('E_USAGE', `${output} is there already.`, { hints: ['Pass --force to replace it.'] })
  if (!aligner.isInstalled())
    throw new Problem('E_EXECUTOR', `${aligner.name} is needed to map contigs, and is not installed.`, {
      hints: [aligner.howToInstall],
    })
}

const namedGenomes = (files: readonly string[]): ReadonlyMap<string, string> => {
  const genomes = new Map<string, string>()
  for (const file of files) {
    const name = (file.split(/[\\/]/).at(-1) ?? file).replace(/(?:\.(?:fa|fna|fasta))?(?:\.gz)?$/i, '')
    const other = genomes.get(name)
    if (other !== undefined)
      throw new Problem('E_USAGE', `${other} and ${file} would both be the genome ${name}.`, {
        hints: ['Genomes are called like their files: rename one.'],
      })
    genomes.set(name, file)
  }
  return genomes
}

const truthText = (sample: string, origins: readonly ContigOrigin[]): string =>
  [
    '@Version:0.10.0',
    `@SampleID:${sample}`,
    '',
    '@@SEQUENCEID\tBINID\tLENGTH',
    ...origins.flatMap(({ name, length, genome }) =>
      genome === null ? [] : [`${name}\t${genome}\t${String(length)}`],
    ),
    '',
  ].join('\n')
