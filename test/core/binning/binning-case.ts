import type { Binning, BinningTruth, GenomeMapping } from '../../../src/core/binning/binning.ts'
import { type BinningScoring, scoreBinnings } from '../../../src/core/binning/score-binnings.ts'
import { type BinningScoringOptions, DEFAULT_BINNING_SCORING } from '../../../src/core/binning/scoring-options.ts'
import type { Quantity } from '../../../src/core/score.ts'

/** Sequences written `name bin [length]`, in that order. */
export const binning = (...rows: readonly string[]): Binning => {
  const cells = rows.map((row) => row.split(' '))
  const bins = [...new Set(cells.map(([, bin = '']) => bin))]
  return {
    bins,
    sequences: cells.map(([name = '']) => name),
    binOf: cells.map(([, bin = '']) => bins.indexOf(bin)),
    lengths: cells.map(([, , length]) => (length === undefined ? null : Number(length))),
    lines: cells.map((_row, index) => index + 1),
  }
}

/** Sequences written `name genome length`. */
export const genomes = (...rows: readonly string[]): GenomeMapping => {
  const { bins, sequences, binOf, lengths } = binning(...rows)
  return {
    genomes: bins,
    rows: new Map(sequences.map((name, row) => [name, row])),
    genomeOf: binOf,
    lengths: lengths.map((length) => length ?? 0),
  }
}

export const scoringOf = (
  truth: GenomeMapping,
  prediction: Binning | null,
  options: Partial<BinningScoringOptions> = {},
): BinningScoring & { readonly value: (metric: string) => Quantity['value'] | Quantity['reason'] } => {
  const of: BinningTruth = { samples: new Map([['S1', truth]]), sha256: 'truth' }
  const scoring = scoreBinnings({
    truth: of,
    predictions: new Map([['S1', prediction]]),
    samples: ['S1'],
    options: { ...DEFAULT_BINNING_SCORING, ...options },
  })
  return {
    ...scoring,
    value: (metric) => {
      const score = scoring.scores.find((one) => one.metric === metric)
      return score?.value ?? score?.reason ?? null
    },
  }
}
