import { Problem } from '../problem.ts'
import type { Quantity } from '../score.ts'
import type { AssemblyFact, BinEstimate, BinEstimator, ContigLengths } from './assembly.ts'

/** All that the files of one prediction say of one sample. A part that no file is about is null. */
export interface AssemblyEvidence {
  readonly contigs: { readonly file: string; readonly lengths: ContigLengths } | null
  readonly report: {
    readonly files: readonly string[]
    readonly level: string
    readonly values: ReadonlyMap<string, Quantity>
  } | null
  readonly bins: {
    readonly files: readonly string[]
    readonly estimator: BinEstimator
    readonly bins: readonly BinEstimate[]
  } | null
}

/** The tool ran, and no file says anything of the sample. */
export const NO_EVIDENCE: AssemblyEvidence = { contigs: null, report: null, bins: null }

/** What one fact says. */
export const evidenceOf = (fact: AssemblyFact, file: string): AssemblyEvidence => {
  switch (fact.what) {
    case 'contigs':
      return { ...NO_EVIDENCE, contigs: { file, lengths: fact.lengths } }
    case 'report':
      return { ...NO_EVIDENCE, report: { files: [file], level: fact.level, values: fact.values } }
    case 'bins':
      return { ...NO_EVIDENCE, bins: { files: [file], estimator: fact.estimator, bins: fact.bins } }
  }
}

/** Puts together what two files say of one sample. Throws `E_INPUT` when they cannot both hold. */
export const joinEvidence = (left: AssemblyEvidence, right: AssemblyEvidence, sample: string): AssemblyEvidence => {
  if (left.contigs !== null && right.contigs !== null)
    throw contradiction([left.contigs.file, right.contigs.file], `both hold the contigs of ${sample}`)
  return {
    contigs: left.contigs ?? right.contigs,
    report: joinReports(left.report, right.report, sample),
    bins: joinBins(left.bins, right.bins, sample),
  }
}

const joinReports = (
  left: AssemblyEvidence['report'],
  right: AssemblyEvidence['report'],
  sample: string,
): AssemblyEvidence['report'] => {
  if (left === null || right === null) return left ?? right
  const values = new Map(left.values)
  for (const [metric, quantity] of right.values) {
    const before = values.get(metric)?.value ?? null
    if (before !== null && quantity.value !== null && before !== quantity.value)
      throw contradiction(
        [...left.files, ...right.files],
        `say of ${sample} that ${metric} is ${String(before)} and ${String(quantity.value)}`,
      )
    if (before === null) values.set(metric, quantity)
  }
  const levels = [...new Set([left.level, right.level])].sort()
  return { files: [...left.files, ...right.files], level: levels.join(' and '), values }
}

const joinBins = (
  left: AssemblyEvidence['bins'],
  right: AssemblyEvidence['bins'],
  sample: string,
): AssemblyEvidence['bins'] => {
  if (left === null || right === null) return left ?? right
  const files = [...left.files, ...right.files]
  if (left.estimator !== right.estimator)
    throw contradiction(files, `hold estimates of ${left.estimator} and ${right.estimator} for the bins of ${sample}`)
  const names = new Set(left.bins.map(({ name }) => name))
  const twice = right.bins.find(({ name }) => names.has(name))
  if (twice !== undefined) throw contradiction(files, `both hold the bin ${twice.name} of ${sample}`)
  return { files, estimator: left.estimator, bins: [...left.bins, ...right.bins] }
}

const contradiction = (files: readonly string[], what: string): Problem =>
  new Problem('E_INPUT', `${files.join(' and ')} ${what}.`, {
    hints: ['Files of one prediction complete each other: give what contradicts another a label of its own.'],
  })
