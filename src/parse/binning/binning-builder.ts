import type { Binning } from '../../core/binning/binning.ts'

/** Gathers the sequences of one sample's bins. */
export interface BinningBuilder {
  /** Null when it was added; else where the sequence stands already. */
  add(sequence: string, bin: string, length: number | null, line: number): Earlier | null
  readonly binning: Binning
}

interface Earlier {
  readonly bin: string
  readonly length: number | null
  readonly line: number
}

export const createBinningBuilder = (): BinningBuilder => {
  const rows = new Map<string, number>()
  const places = new Map<string, number>()
  const bins: string[] = []
  const sequences: string[] = []
  const binOf: number[] = []
  const lengths: (number | null)[] = []
  const lines: number[] = []
  const placeOf = (bin: string): number => {
    const known = places.get(bin)
    if (known !== undefined) return known
    places.set(bin, bins.length)
    return bins.push(bin) - 1
  }
  return {
    add: (sequence, bin, length, line) => {
      const row = rows.get(sequence)
      if (row !== undefined)
        return { bin: bins[binOf[row] ?? 0] ?? '', length: lengths[row] ?? null, line: lines[row] ?? 0 }
      rows.set(sequence, sequences.length)
      sequences.push(sequence)
      binOf.push(placeOf(bin))
      lengths.push(length)
      lines.push(line)
      return null
    },
    binning: { bins, sequences, binOf, lengths, lines },
  }
}
