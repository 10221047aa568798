import type { TreeFile, TreePart } from './output-tree.ts'

/** Tables of the quality of bins, best first: format id, and their folder below GenomeBinning/QC. */
const CHECKS: readonly (readonly [format: string, folder: string])[] = [
  ['checkm2', 'CheckM2'],
  ['checkm', 'CheckM'],
  ['busco', 'BUSCO'],
]
/** Tables of the bins of all assemblers, binners and samples, best first. */
const SUMMARIES: readonly (readonly [format: string, path: string])[] = [
  ['mag-bin-summary', 'GenomeBinning/bin_summary.tsv'],
  ['checkm2', 'GenomeBinning/QC/checkm2_summary.tsv'],
  ['checkm', 'GenomeBinning/QC/checkm_summary.tsv'],
  ['busco', 'GenomeBinning/QC/busco_summary.tsv'],
]
const TABLE =
  /(?:[-_.](?:checkm2?|busco))?(?:[-_.](?:report|wf|qa|batch_summary|summary|quality_report))?\.(?:tsv|txt)$/i
const BIN = /[._]\d+\.(?:fa|fasta|fna)(?:\.gz)?$/
// Kept beside the bins; the contigs in there are in no bin.
const NO_BIN = /(?:^|[./_-])(?:unbinned|discarded|noclass|lowDepth|tooShort)(?:[./_-]|$)/i

/** Whose bins a name is about: `<ASM>-<BINNER>[-<domain>-<refinement>]-<sample>`. */
interface BinSet {
  readonly assembler: string
  readonly binner: string
  /** Domain and refinement, or empty. */
  readonly kind: string
  readonly sample: string
  /** The name of its bins without their number. */
  readonly stem: string
}

/** One part for each set of bins (assembler, binner and, where there are several kinds, domain and refinement). */
export const binSets = (
  paths: readonly string[],
  samples: readonly string[],
  assemblers: readonly string[],
): readonly TreePart[] => {
  const tables = CHECKS.flatMap(([format, folder]) =>
    paths.flatMap((path) => {
      const name = nameBelow(`GenomeBinning/QC/${folder}/`, path)
      const set = name !== null && TABLE.test(name) ? binSetOf(name.replace(TABLE, ''), samples, assemblers) : null
      return set === null ? [] : [{ set, file: { path, format, sample: set.sample } }]
    }),
  )
  const checked = new Set(tables.map(({ set }) => keyOf({ ...set, kind: '' })))
  const bins = paths.flatMap((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (!path.startsWith('GenomeBinning/') || NO_BIN.test(path) || !BIN.test(name)) return []
    const set = binSetOf(name.replace(BIN, ''), samples, assemblers)
    return set === null || checked.has(keyOf({ ...set, kind: '' })) ? [] : [{ set, file: null }]
  })
  const groups = new Map<string, Member[]>()
  for (const one of [...tables, ...bins]) {
    const key = keyOf(one.set)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const summaries = SUMMARIES.filter(([, path]) => paths.includes(path))
  return [...groups.values()].flatMap((members) => partOf(members, summaries))
}

interface Member {
  readonly set: BinSet
  readonly file: TreeFile | null
}

const partOf = (members: readonly Member[], summaries: typeof SUMMARIES): readonly TreePart[] => {
  const [first] = members
  if (first === undefined) return []
  const { assembler, binner, kind } = first.set
  const files = members.flatMap(({ file }) => file ?? [])
  const samples = new Map(members.map(({ set }) => [set.stem, set.sample]))
  // Tables of this set alone come first; without any, its rows of a table of all bins.
  const own = CHECKS.map(([format]) => files.filter((file) => file.format === format))
  const shared = summaries.map(([format, path]) =>
    [...samples].map(([bins, sample]) => ({ path, format, sample, bins })),
  )
  return [
    {
      params: { assembler, binner, ...(kind === '' ? {} : { bins: kind }) },
      alternatives: (files.length > 0 ? own : shared).filter((list) => list.length > 0),
      ran: [...new Set(samples.values())],
      notRun: null,
      processes: [binner.toUpperCase()],
      atLeastTools: null,
    },
  ]
}

const keyOf = ({ assembler, binner, kind }: Pick<BinSet, 'assembler' | 'binner' | 'kind'>): string =>
  JSON.stringify([assembler, binner, kind])

const nameBelow = (folder: string, path: string): string | null => {
  const name = path.startsWith(folder) ? path.slice(folder.length) : null
  return name === null || name.includes('/') ? null : name
}

const binSetOf = (stem: string, samples: readonly string[], assemblers: readonly string[]): BinSet | null => {
  const assembler = assemblers.find((name) => stem.startsWith(`${name}-`))
  if (assembler === undefined) return null
  const rest = stem.slice(assembler.length + 1)
  // Samples may hold dashes themselves: of those the name ends with, the longest is meant.
  const sample = samples.filter((one) => rest.endsWith(`-${one}`)).sort((left, right) => right.length - left.length)[0]
  if (sample === undefined) return null
  const [binner = '', ...kind] = rest.slice(0, -sample.length - 1).split('-')
  return binner === '' ? null : { assembler, binner, kind: kind.join('-'), sample, stem }
}
