import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { AssemblyTruth, Reference } from '../core/assembly/assembly.ts'
import { totalLength } from '../core/assembly/assembly.ts'
import { nearest, Problem } from '../core/problem.ts'
import { fasta } from './assembly/fasta.ts'
import { camiBinning } from './binning/cami-binning.ts'
import { collectFindings, type Findings } from './findings.ts'
import { readText } from './index.ts'
import { eachLine } from './lines.ts'
import { normalizeColumnName } from './table-header.ts'
import { openTextFile, type TextFile } from './text-file.ts'

const COLUMNS = ['sample', 'reference'] as const

/**
 * Reads the truth of an assembly-quality dataset: a FASTA, which holds for any sample, or a table with the columns
 * `sample` and `reference` (a FASTA; a relative path starts at the table). Throws one `E_INPUT` with every fault.
 */
export const readAssemblyTruth = async (file: string): Promise<AssemblyTruth> => {
  const text = await openTextFile(file)
  try {
    if (fasta.sniff(text.head) > 0) {
      await text.close()
      return { samples: new Map(), anySample: await readReference(file), files: [], sha256: await digest([file]) }
    }
    if (camiBinning.sniff(text.head) > 0)
      throw new Problem(
        'E_INPUT',
        `${file} says which genome each contig is from: the truth of bins, not of assemblies.`,
        {
          location: { file },
          hints: ['Pass --type binning (in a configuration, type: binning) to score bins against it.'],
        },
      )
    const findings = collectFindings(file, 'a truth of assemblies', [
      'Give a FASTA, or a table with the columns sample and reference, separated by tabs.',
    ])
    const rows = await readTable(text, findings)
    const references = await readReferences(rows, dirname(file), findings)
    const samples = new Map(rows.map(({ sample, path }) => [sample, references.get(resolve(dirname(file), path))]))
    const complete = new Map([...samples].flatMap(([sample, found]) => (found ? [[sample, found] as const] : [])))
    const files = [...references.keys()].sort()
    return { samples: complete, anySample: null, files, sha256: await digest([file, ...files]) }
  } finally {
    await text.close()
  }
}

interface Row {
  readonly sample: string
  readonly path: string
  readonly line: number
  readonly column: number
}

const readTable = async (text: TextFile, findings: Findings): Promise<readonly Row[]> => {
  const rows: Row[] = []
  const lines = new Map<string, number>()
  let slots: { sample: number; reference: number } | undefined
  const take = (written: string, line: number): void => {
    if (written.trim() === '' || (slots === undefined && written.startsWith('##'))) return
    const cells = written.split('\t').map((cell) => cell.trim())
    if (slots === undefined) {
      slots = slotsOf(cells, line, findings)
      return
    }
    const [sample = '', path = ''] = [cells[slots.sample], cells[slots.reference]]
    if (sample === '') findings.add('The sample is missing.', line, 1)
    if (path === '') findings.add('The reference is missing.', line, 1, 'columns must be separated by tabs')
    const before = lines.get(sample)
    if (before !== undefined)
      findings.add(`The sample ${sample} has a reference already on line ${String(before)}.`, line, 1)
    lines.set(sample, line)
    const column = 1 + written.split('\t').slice(0, slots.reference).join('\t').length + (slots.reference > 0 ? 1 : 0)
    rows.push({ sample, path, line, column })
  }
  await text.each((block, firstLine) => eachLine(block, firstLine, take))
  if (slots === undefined) findings.add('The file has no header line.', 1, 1)
  else if (rows.length === 0) findings.add('There is no sample.', 1, 1)
  findings.finish()
  return rows
}

const slotsOf = (
  cells: readonly string[],
  line: number,
  findings: Findings,
): { readonly sample: number; readonly reference: number } => {
  const names = cells.map(normalizeColumnName)
  for (const column of COLUMNS)
    if (!names.includes(column)) {
      const similar = nearest(column, names, 1)[0]
      const hint = similar === undefined ? undefined : `did you mean it by ${similar}?`
      findings.add(`There is no column ${column}.`, line, 1, hint)
    }
  findings.finish()
  return { sample: names.indexOf('sample'), reference: names.indexOf('reference') }
}

const readReferences = async (
  rows: readonly Row[],
  folder: string,
  findings: Findings,
): Promise<ReadonlyMap<string, Reference>> => {
  const references = new Map<string, Reference>()
  for (const { path, line, column } of rows) {
    const file = resolve(folder, path)
    if (references.has(file)) continue
    try {
      references.set(file, await readReference(file))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      findings.add(`${error.message}${error.findings[0] ? ` ${error.findings[0].message}` : ''}`, line, column)
    }
  }
  findings.finish()
  return references
}

const readReference = async (file: string): Promise<Reference> => {
  const text = await openTextFile(file)
  try {
    const output = await readText(text, fasta, undefined)
    const fact = output.kind === 'assembly' ? output.facts[0] : undefined
    const lengths = fact?.what === 'contigs' ? fact.lengths : []
    if (totalLength(lengths) === 0)
      throw new Problem('E_INPUT', `The reference ${file} has no sequence.`, { location: { file } })
    return { file, lengths }
  } finally {
    await text.close()
  }
}

const digest = async (files: readonly string[]): Promise<string> => {
  const hash = createHash('sha256')
  for (const file of files) await pipeline(createReadStream(file), hash, { end: false })
  return hash.digest('hex')
}
