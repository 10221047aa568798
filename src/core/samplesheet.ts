import { placeholdersIn, parseTemplate } from './placeholders.ts'
import type { Sample } from './sample.ts'

/** Placeholders a sample sheet column can be made of. */
const SAMPLESHEET_PLACEHOLDERS = ['sample', 'group', 'reads_1', 'reads_2', 'fasta'] as const

/**
 * The sample sheet (CSV) in the columns a pipeline wants: column -> template, such as
 * `{short_reads_1: "{reads_1}", short_reads_platform: ILLUMINA}`. A file the sample lacks leaves its cell empty; the
 * group of a sample without one is the sample itself, the neutral choice for pipelines that insist on a group.
 */
export const renderSamplesheet = (columns: Readonly<Record<string, string>>, samples: readonly Sample[]): string => {
  const header = Object.keys(columns)
  const rows = samples.map((sample) => Object.values(columns).map((template) => fillCell(template, sample)))
  return [header, ...rows].map((cells) => cells.map(quoteCell).join(',') + '\n').join('')
}

/** The columns used when a pipeline declares none: those `benchmark run --input` reads. */
export const DEFAULT_SAMPLESHEET: Readonly<Record<string, string>> = {
  sample: '{sample}',
  fastq_1: '{reads_1}',
  fastq_2: '{reads_2}',
  fasta: '{fasta}',
  group: '{group}',
}

/** Placeholders of a column template that mean nothing in a sample sheet. */
export const unknownSamplesheetPlaceholders = (template: string): readonly string[] =>
  placeholdersIn(template)
    .filter(({ kind, name }) => kind !== 'name' || !(SAMPLESHEET_PLACEHOLDERS as readonly string[]).includes(name))
    .map(({ written }) => written)

const fillCell = (template: string, { id, group, files }: Sample): string => {
  const values: Readonly<Record<string, string | null>> = {
    sample: id,
    group: group ?? id,
    reads_1: files.reads1,
    reads_2: files.reads2,
    fasta: files.fasta,
  }
  return parseTemplate(template)
    .map((part) => (typeof part === 'string' ? part : (values[part.name] ?? '')))
    .join('')
}

const quoteCell = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
