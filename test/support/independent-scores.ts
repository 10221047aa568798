import { readFileSync } from 'node:fs'

/**
 * A second, deliberately naive way to the scores of gene presence, sharing no code with the program: symbols are
 * compared as text, per sample, against every gene the truth lists for that sample as present or absent.
 */
export interface Counts {
  readonly tp: number
  readonly fp: number
  readonly fn: number
  readonly tn: number
}

/** sample -> symbol -> whether it is there. */
export type TruthTable = Map<string, Map<string, boolean>>

export const naiveTruth = (file: string): TruthTable => {
  const [header, ...lines] = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
  const status = header!.indexOf('status')
  const table: TruthTable = new Map()
  for (const cells of lines) {
    const sample = table.get(cells[0]!) ?? new Map<string, boolean>()
    table.set(cells[0]!, sample)
    if (cells[1] !== '') sample.set(cells[1]!, cells[status] === 'present')
  }
  return table
}

/**
 * Symbols of a report: one column of a tab-separated file, up to the first blank (KMA repeats the whole FASTA header)
 * and without the `_1_ACCESSION` that ResFinder's entries end in.
 */
export const symbolsIn = (file: string, column: number, options: { hasHeader: boolean }): Set<string> => {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  const cells = lines.slice(options.hasHeader ? 1 : 0).map((line) => line.split('\t')[column]!)
  return new Set(cells.map((cell) => cell.split(' ')[0]!.replace(/_\d+_[A-Za-z0-9_.]+$/, '')))
}

export const count = (
  truth: ReadonlyMap<string, boolean>,
  called: ReadonlySet<string>,
): Counts & { fpInPanel: number } => {
  let [tp, fn, tn, fpInPanel] = [0, 0, 0, 0]
  for (const [symbol, isThere] of truth) {
    if (isThere && called.has(symbol)) tp++
    else if (isThere) fn++
    else if (called.has(symbol)) fpInPanel++
    else tn++
  }
  const strangers = [...called].filter((symbol) => !truth.has(symbol)).length
  return { tp, fn, tn, fp: fpInPanel + strangers, fpInPanel }
}

/** null where the formula divides nothing by nothing. */
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

export const naiveScores = (counts: Counts & { fpInPanel: number }): Record<string, number | null> => ({
  true_positives: counts.tp,
  false_positives: counts.fp,
  false_negatives: counts.fn,
  true_negatives: counts.tn,
  sensitivity: share(counts.tp, counts.tp + counts.fn),
  precision: share(counts.tp, counts.tp + counts.fp),
  f1_score: share(2 * counts.tp, 2 * counts.tp + counts.fp + counts.fn),
  specificity: share(counts.tn, counts.tn + counts.fpInPanel),
})

export const mean = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
