import { Problem } from '../problem.ts'
import type { Binning } from './binning.ts'

/** What one file says. */
interface BinningPart {
  readonly file: string
  readonly binning: Binning
}

interface Names {
  readonly sequences: Set<string>
  readonly bins: Set<string>
}

/** The bins of one sample, from however many files: most binners write one for each bin. */
export interface BinningParts {
  readonly parts: readonly BinningPart[]
  /** Of all parts; handed on and added to, as there may be hundreds. Null as long as none has been joined. */
  readonly names: Names | null
}

/** Puts files together. Throws `E_INPUT` for a bin that two of them have, and for a sequence in two bins. */
export const joinParts = (left: BinningParts, right: BinningParts): BinningParts => {
  if (left.parts.length === 0) return right
  const names = left.names ?? namesOf(left.parts)
  for (const part of right.parts) {
    const bin = part.binning.bins.find((name) => names.bins.has(name))
    if (bin !== undefined) throw sharedBin(bin, left.parts, part)
    const sequence = part.binning.sequences.find((name) => names.sequences.has(name))
    if (sequence !== undefined) throw inTwoBins(sequence, left.parts, part)
    addNames(names, part)
  }
  return { parts: [...left.parts, ...right.parts], names }
}

/** All of it as one. */
export const wholeBinning = ({ parts }: BinningParts): Binning => {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only.binning
  const binnings = parts.map(({ binning }) => binning)
  let count = 0
  const offsets = binnings.map(({ bins }) => (count += bins.length) - bins.length)
  return {
    bins: binnings.flatMap(({ bins }) => bins),
    sequences: binnings.flatMap(({ sequences }) => sequences),
    binOf: binnings.flatMap(({ binOf }, index) => binOf.map((bin) => bin + (offsets[index] ?? 0))),
    lengths: binnings.flatMap(({ lengths }) => lengths),
    lines: binnings.flatMap(({ lines }) => lines),
  }
}

const namesOf = (parts: readonly BinningPart[]): Names => {
  const names: Names = { sequences: new Set(), bins: new Set() }
  for (const part of parts) addNames(names, part)
  return names
}

const addNames = (names: Names, { binning }: BinningPart): void => {
  for (const bin of binning.bins) names.bins.add(bin)
  for (const sequence of binning.sequences) names.sequences.add(sequence)
}

const ONE_LABEL_EACH = 'Files of one prediction complete each other; give those of another binner a label of their own.'

const sharedBin = (bin: string, parts: readonly BinningPart[], { file }: BinningPart): Problem => {
  const other = parts.find(({ binning }) => binning.bins.includes(bin))
  return new Problem('E_INPUT', `${other?.file ?? ''} and ${file} both have a bin ${bin}.`, {
    location: { file },
    hints: [ONE_LABEL_EACH],
  })
}

const inTwoBins = (sequence: string, parts: readonly BinningPart[], part: BinningPart): Problem => {
  const other = parts.find(({ binning }) => binning.sequences.includes(sequence))
  const here = placeOf(sequence, part)
  const there = other && placeOf(sequence, other)
  return new Problem(
    'E_INPUT',
    `The sequence ${sequence} is in the bin ${here.bin} and in the bin ${there?.bin ?? ''} (${other?.file ?? ''}:${there?.line ?? ''}).`,
    { location: { file: part.file, line: here.line }, hints: ['A sequence may be in one bin only.', ONE_LABEL_EACH] },
  )
}

const placeOf = (sequence: string, { binning }: BinningPart): { readonly bin: string; readonly line: number } => {
  const row = binning.sequences.indexOf(sequence)
  return { bin: binning.bins[binning.binOf[row] ?? 0] ?? '', line: binning.lines[row] ?? 1 }
}
