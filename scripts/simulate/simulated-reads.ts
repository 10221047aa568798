import type { Random } from './seeded-random.ts'
import { reverseComplement, substitute } from './sequence.ts'
import type { SimulatedSample } from './simulated-sample.ts'

export interface ReadModel {
  readonly readLength: number
  readonly fragmentLength: { readonly from: number; readonly to: number }
  /** Substitutions for each 1000 bases. */
  readonly errorsPerThousand: number
}

/**
 * Pairs of reads from random fragments of every contig, as two FASTQ texts. The error model is plain on purpose:
 * independent substitutions at one rate, which all qualities state truthfully; no indels, no bias.
 */
export const simulateReads = (
  random: Random,
  sample: SimulatedSample,
  model: ReadModel,
): { reads1: string; reads2: string } => {
  const quality = String.fromCharCode(33 + Math.round(-10 * Math.log10(model.errorsPerThousand / 1000)))
  const texts = { reads1: '', reads2: '' }
  let serial = 0
  for (const contig of sample.contigs) {
    const draw = random.stream(contig.id)
    const { from, to } = model.fragmentLength
    // Fragments never hang over the ends, so all bases but those near the ends get the wanted depth.
    const fragmentStarts = contig.sequence.length - (from + to) / 2 + 1
    const pairs = Math.round((contig.depth * fragmentStarts) / (2 * model.readLength))
    for (let pair = 0; pair < pairs; pair++) {
      const length = from + draw.below(to - from + 1)
      const start = draw.below(contig.sequence.length - length + 1)
      const fragment = contig.sequence.slice(start, start + length)
      const forward = draw.below(2) === 0 ? fragment : reverseComplement(fragment)
      serial++
      const record = (bases: string, mate: 1 | 2): string =>
        `@${sample.id}.${serial}/${mate}\n${withErrors(draw, bases, model.errorsPerThousand)}\n+\n${quality.repeat(bases.length)}\n`
      texts.reads1 += record(forward.slice(0, model.readLength), 1)
      texts.reads2 += record(reverseComplement(forward).slice(0, model.readLength), 2)
    }
  }
  return texts
}

const withErrors = (random: Random, bases: string, errorsPerThousand: number): string => {
  let errors = 0
  for (let index = 0; index < bases.length; index++) if (random.below(1000) < errorsPerThousand) errors++
  return errors === 0 ? bases : substitute(random, bases, errors)
}
