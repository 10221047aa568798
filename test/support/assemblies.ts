import type { AssemblyFact, ContigLengths } from '../../src/core/assembly/assembly.ts'
import { createLengthTally } from '../../src/core/assembly/length-tally.ts'
import type { AssemblyObservations } from '../../src/core/observations.ts'
import { readOutput } from '../../src/parse/index.ts'
import { fixture } from './parse-fixtures.ts'

/** What a fixture says of assemblies, recognised by its content unless a format is given. */
export const assemblyOf = async (path: string, format = 'auto'): Promise<AssemblyObservations> => {
  const output = await readOutput(fixture(path), { format })
  if (output.kind !== 'assembly') throw new Error(`${path} was read as a ${output.kind}`)
  return output
}

/** The only fact of a fixture, of the wanted kind. */
export const factOf = async <What extends AssemblyFact['what']>(
  path: string,
  what: What,
  format?: string,
): Promise<Extract<AssemblyFact, { what: What }>> => {
  const { facts } = await assemblyOf(path, format)
  const [only, second] = facts
  if (second !== undefined || only?.what !== what) throw new Error(`${path} does not hold one fact of ${what}`)
  return only as Extract<AssemblyFact, { what: What }>
}

/** Contigs of these lengths, all of A. */
export const contigsOf = (...lengths: readonly number[]): ContigLengths => {
  const tally = createLengthTally()
  for (const length of lengths) tally.add({ length, gc: 0, at: length })
  return tally.lengths()
}
