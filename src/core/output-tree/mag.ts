import { binSets } from './mag-bins.ts'
import type { OutputTree, TreeContent, TreeFile, TreePart } from './output-tree.ts'

/** Folder of an assembler -> beginnings of its Nextflow processes. */
const ASSEMBLERS: Readonly<Record<string, readonly string[]>> = {
  MEGAHIT: ['MEGAHIT'],
  SPAdes: ['SPADES', 'METASPADES'],
  SPAdesHybrid: ['SPADESHYBRID', 'METASPADESHYBRID'],
  FLYE: ['FLYE', 'METAFLYE'],
  METAMDBG: ['METAMDBG'],
}

/** nf-core/mag: assemblies and bins. Releases name them differently, so names decide, never the version. */
export const mag: OutputTree = {
  id: 'nf-core/mag',
  benchmarkTypes: ['assembly-quality'],
  patterns: [
    'Assembly/*/*',
    'Assembly/*/QC/*/QUAST/report.tsv',
    'Assembly/*/QC/*/report.tsv',
    'GenomeBinning/*/*',
    'GenomeBinning/*/bins/*',
    'GenomeBinning/*/bins/*/*',
    'GenomeBinning/contig_to_bin/contig_to_bin_map.tsv',
    'GenomeBinning/bin_summary.tsv',
    'GenomeBinning/QC/CheckM/*',
    'GenomeBinning/QC/CheckM2/*',
    'GenomeBinning/QC/BUSCO/*',
    'Taxonomy/GTDB-Tk/*.tsv',
  ],
  // Of several assemblers none speaks for the others.
  whole: (parts) => {
    const assemblies = parts.filter(({ params }) => Object.keys(params).join() === 'assembler')
    return assemblies.length === 1 ? (assemblies[0] ?? null) : null
  },
  sharedReport: () => null,
  read: (content) => {
    const paths = [...content.paths]
    const groups = new Set(paths.flatMap((path) => /^Assembly\/[^/]+\/.*?\b(group-[^./]+)[./_]/.exec(path)?.[1] ?? []))
    const known = new Set(content.samples)
    const unlisted = [...groups].filter((group) => !known.has(group)).sort()
    const bins = binSets(paths, content.samples, Object.keys(ASSEMBLERS))
    const unchecked = bins.filter(({ alternatives }) => alternatives.length === 0)
    const parts = [...assemblyParts(content, paths), ...bins]
    const used = new Set(parts.flatMap(({ alternatives }) => alternatives.flat().map(({ path }) => path)))
    const unsplit = paths.filter((path) => UNSPLIT.test(path) && !used.has(path)).sort()
    return {
      parts: parts.length === 0 ? [] : [wholeOf(parts), ...parts],
      warnings: [
        ...unlisted.map(
          (group) =>
            `${group} is a co-assembly of several samples and was left out; give it a row of its own in the truth or the sample sheet to have it scored`,
        ),
        ...unchecked.map(
          ({ params }) =>
            `${Object.values(params).join(' ')}: there are bins, but no table of CheckM2, CheckM or BUSCO; they were not scored`,
        ),
        ...(unsplit.length === 0
          ? []
          : [`tables over all assemblers, binners and samples that were not scored: ${unsplit.join(', ')}`]),
      ],
    }
  },
}

/** What all of it cost; no file speaks for the pipeline as a whole. */
const wholeOf = (parts: readonly TreePart[]): TreePart => ({
  params: {},
  alternatives: [],
  ran: [...new Set(parts.flatMap(({ ran }) => ran))],
  notRun: null,
  processes: null,
  atLeastTools: null,
})

const UNSPLIT =
  /^(?:GenomeBinning\/(?:contig_to_bin\/contig_to_bin_map|bin_summary)\.tsv|GenomeBinning\/QC\/[^/]+\.tsv|Taxonomy\/.+\.tsv)$/

const assemblyParts = ({ samples }: TreeContent, paths: readonly string[]): readonly TreePart[] => {
  const known = new Set(samples)
  return Object.entries(ASSEMBLERS).flatMap(([assembler, processes]) => {
    const folder = `Assembly/${assembler}/`
    const names = paths.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length))
    const named = (format: string, sampleOf: (name: string) => string | undefined): TreeFile[] =>
      names.flatMap((name) => {
        const sample = sampleOf(name)
        return sample !== undefined && known.has(sample) ? [{ path: folder + name, format, sample }] : []
      })
    const scaffolds = named('fasta', sequencesOf(assembler, 'scaffolds'))
    const haveScaffolds = new Set(scaffolds.map(({ sample }) => sample))
    // SPAdes keeps both; its scaffolds are the assembly.
    const contigs = named('fasta', sequencesOf(assembler, '(?:contigs|assembly)')).filter(
      ({ sample }) => !haveScaffolds.has(sample),
    )
    const reports = named('quast-report', (name) => quastOf(assembler, name))
    const ran = [...new Set([...scaffolds, ...contigs, ...reports].flatMap(({ sample }) => sample ?? []))]
    if (ran.length === 0) return []
    return {
      params: { assembler },
      // QUAST's report says of the contigs what they say themselves.
      alternatives: [[...scaffolds, ...contigs], reports].filter((files) => files.length > 0),
      ran,
      notRun: null,
      processes,
      atLeastTools: null,
    }
  })
}

// `MEGAHIT-S1.contigs.fa.gz`, `SPAdes-S1_scaffolds.fasta.gz`; early releases leave out the assembler.
const sequencesOf = (assembler: string, kind: string): ((name: string) => string | undefined) => {
  const pattern = new RegExp(String.raw`^(?:${assembler}-)?([^/]+)[._]${kind}\.(?:fa|fasta|fna)(?:\.gz)?$`)
  return (name) => pattern.exec(name)?.[1]
}

const quastOf = (assembler: string, name: string): string | undefined => {
  const folder = /^QC\/([^/]+)\/(?:QUAST\/)?report\.tsv$/.exec(name)?.[1]
  return folder?.startsWith(`${assembler}-`) === true ? folder.slice(assembler.length + 1) : folder
}
