import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { BinningTruth, GenomeMapping, NamedBinning } from '../core/binning/binning.ts'
import { type Finding, problemOf } from '../core/problem.ts'
import { readTruthOutput } from './truth-output.ts'

/** Reads the truth of a binning dataset: a CAMI binning whose bins are genomes, with names of samples and lengths. */
export const readBinningTruth = async (file: string): Promise<BinningTruth> => {
  const output = await readTruthOutput(
    file,
    'cami-binning',
    'a CAMI binning (@SampleID, @@SEQUENCEID, BINID and _LENGTH)',
  )
  const binnings = output.kind === 'binning' ? output.binnings : []
  const faults = binnings.flatMap((binning) => faultsOf(file, binning))
  if (faults.length > 0) throw problemOf('E_INPUT', `${file} cannot be used as a truth.`, faults)
  return {
    samples: new Map(binnings.map((binning) => [binning.sample ?? '', mappingOf(binning)])),
    sha256: createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  }
}

const faultsOf = (file: string, { sample, line, lengths, lines }: NamedBinning): readonly Finding[] => {
  const faults: Finding[] = []
  if (sample === null)
    faults.push({
      message: 'The binning does not name its sample.',
      location: { file, line, column: 1 },
      hint: 'add a header @SampleID:NAME',
    })
  const missing = lengths.indexOf(null)
  if (missing >= 0)
    faults.push({
      message: 'The length of the sequence is missing; a truth needs a column LENGTH (or _LENGTH).',
      location: { file, line: lines[missing] ?? line },
    })
  return faults
}

const mappingOf = ({ bins, sequences, binOf, lengths }: NamedBinning): GenomeMapping => ({
  genomes: bins,
  rows: new Map(sequences.map((sequence, row) => [sequence, row])),
  genomeOf: binOf,
  lengths: lengths.map((length) => length ?? 0),
})
