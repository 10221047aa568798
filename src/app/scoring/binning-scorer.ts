import { type BinningParts, joinParts, wholeBinning } from '../../core/binning/binning-parts.ts'
import type { BinningTruth } from '../../core/binning/binning.ts'
import { scoreBinnings } from '../../core/binning/score-binnings.ts'
import { type BinningScoringOptions, DEFAULT_BINNING_SCORING } from '../../core/binning/scoring-options.ts'
import type { BinningObservations, Observations } from '../../core/observations.ts'
import { Problem } from '../../core/problem.ts'
import type { ScoringOptions } from '../../core/scoring-options.ts'
import { createScorer } from './benchmark-scorer.ts'
import { wrongKind } from './wrong-kind.ts'

/** Genome bins. */
export const binningScorer = createScorer<BinningTruth, BinningParts>({
  benchmarkType: 'binning',
  readTruth: (reader, file) => reader.binningTruth(file),
  truthWarnings: () => [],
  whole: (output) => {
    const { binnings, file } = binningsOf(output)
    const [, second] = binnings
    if (second !== undefined)
      throw new Problem('E_INPUT', `${file} holds bins of ${binnings.length} samples; one was expected.`, {
        location: { file, line: second.line },
      })
    return { parts: binnings.map((binning) => ({ file, binning })), names: null }
  },
  sort: (output, samples) => {
    const { binnings, file } = binningsOf(output)
    const known = new Set(samples)
    const bySample = new Map<string, BinningParts>()
    const strangers = new Map<string, number>()
    let unnamedLine: number | null = null
    for (const binning of binnings)
      if (binning.sample === null) unnamedLine ??= binning.line
      else if (known.has(binning.sample)) bySample.set(binning.sample, { parts: [{ file, binning }], names: null })
      else strangers.set(binning.sample, binning.line)
    return { bySample, strangers, unnamedLine }
  },
  join: joinParts,
  nothing: { parts: [], names: null },
  score: (truth, reported, samples, options) => {
    const predictions = new Map([...reported].map(([sample, one]) => [sample, one && wholeBinning(one)]))
    const { scores, comparability, warnings } = scoreBinnings({
      truth,
      predictions,
      samples,
      options: optionsOf(options),
    })
    return { scores, comparability, warnings, matches: [], universe: null }
  },
})

const optionsOf = (options: ScoringOptions): BinningScoringOptions => options.binning ?? DEFAULT_BINNING_SCORING

const binningsOf = (output: Observations): BinningObservations => {
  if (output.kind === 'binning') return output
  throw wrongKind(output, 'binning', 'genome bins: a table, or the folder with a FASTA for each')
}
