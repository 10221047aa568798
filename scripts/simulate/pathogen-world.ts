import type { Random } from './seeded-random.ts'
import { randomSequence, substitute } from './sequence.ts'

const GENOME_LENGTH = 30_000
const HOST_LENGTH = 100_000
/** Of 1000 bases: between the two species of a genus, of a wild strain to the reference, of an unknown relative. */
const SPECIES_APART = 70
const STRAIN_APART = 20
const RELATIVE_APART = 50

export const HOST = { taxid: '9606', name: 'Host' }

/** One species of the little taxonomy: what the database knows, and what is really in the samples. */
export interface SimulatedSpecies {
  readonly taxid: string
  readonly name: string
  readonly genus: { readonly taxid: string; readonly name: string }
  /** The genome in the database. */
  readonly reference: string
  /** The genome in the samples, a strain of the same species. */
  readonly strain: string
}

export interface PathogenWorld {
  /** Three genera of two species each, near neighbours of each other. */
  readonly species: readonly SimulatedSpecies[]
  /** For each genus, by its taxid, a third species that no database knows. */
  readonly relatives: ReadonlyMap<string, string>
  readonly host: string
}

/** Genomes of random sequence, so that all likeness is the likeness that was put there. */
export const pathogenWorld = (random: Random): PathogenWorld => {
  const relatives = new Map<string, string>()
  const species = ['Alphabacter', 'Betabacter', 'Gammabacter'].flatMap((name, index) => {
    const genus = { taxid: `${index + 1}00`, name }
    const draw = random.stream(name)
    const ancestor = randomSequence(draw, GENOME_LENGTH)
    const neighbour = mutated(draw.stream('neighbour'), ancestor, SPECIES_APART)
    relatives.set(genus.taxid, mutated(draw.stream('relative'), neighbour, RELATIVE_APART))
    return [ancestor, neighbour].map((reference, which): SimulatedSpecies => ({
      taxid: `${index + 1}${which + 1}0`,
      name: `${name} ${which === 0 ? 'verus' : 'similis'}`,
      genus,
      reference,
      strain: mutated(draw.stream(`strain ${which}`), reference, STRAIN_APART),
    }))
  })
  return { species, relatives, host: randomSequence(random.stream('host'), HOST_LENGTH) }
}

const mutated = (random: Random, sequence: string, perThousand: number): string =>
  substitute(random, sequence, Math.round((sequence.length * perThousand) / 1000))
