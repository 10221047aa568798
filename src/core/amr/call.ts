/** What kind of finding a tool reports. Only gene presence is scored by default. */
type VariationType = 'gene_presence' | 'protein_variant' | 'nucleotide_variant'

/** One row of an AMR tool's report, in the field's terms. Null = the tool does not say. */
export interface AmrCall {
  /** The sample the file itself names (a combined report), or null for a file of one sample. */
  readonly sample: string | null
  /** As reported, unchanged. */
  readonly geneSymbol: string
  readonly geneName: string | null
  readonly database: string | null
  readonly accession: string | null
  /** `ARO:3000873` when the tool gives it. */
  readonly aro: string | null
  readonly geneFamily: string | null
  /** Classes as reported, split at the tool's own separator, not yet mapped to canonical ones. */
  readonly drugClasses: readonly string[]
  readonly mechanism: string | null
  /** Sequence id cut at the first blank. */
  readonly contig: string | null
  /** 1-based, start <= stop always; the strand says the rest. */
  readonly start: number | null
  readonly stop: number | null
  readonly strand: '+' | '-' | null
  /** Percent, 0..100. */
  readonly identity: number | null
  readonly coverage: number | null
  /** Mean read depth over the gene. */
  readonly depth: number | null
  /** Whatever the tool ranks its hits by (bitscore, probability, template score); higher = surer. */
  readonly score: number | null
  readonly variationType: VariationType
  /** Tool's own quality words that filters use: RGI Cut_Off, AMRFinder type, AMR++ SNP confirmation, DeepARG potential. */
  readonly flags: Readonly<Record<string, string>>
  readonly tool: string | null
  /** 1-based line of the report. */
  readonly line: number
  /** How many rows of the report this one stands for, when rows that score alike were condensed; absent = 1. */
  readonly rows?: number
}
