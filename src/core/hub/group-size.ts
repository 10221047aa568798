/** Whether a machine and a benchmark together would say who somebody is. */

/** What could be recognised. Null in a search: anything. */
export interface Traits {
  readonly cpuFamily: string | null
  readonly cpus: number | null
  readonly memoryBytes: number | null
  readonly gpu: string | null
  readonly os: string | null
  readonly benchmarkType: string
  readonly dataset: string | null
}

/** `hardware`: the machine had to be left out. `held`: even then the group is too small. */
export interface GroupCheck {
  readonly outcome: 'as-is' | 'without-hardware' | 'held'
  /** Contributors that share what would be told, this one included. */
  readonly groupSize: number
}

/**
 * Counts who else shares these traits. `others` counts distinct contributors of the index whose runs match (this one not
 * among them). One who stands alone is generalised one step, to no machine at all; one who then still stands alone is held.
 */
export const checkGroup = (traits: Traits, others: (traits: Traits) => number, groupSize: number): GroupCheck => {
  const exact = others(traits) + 1
  if (exact >= groupSize) return { outcome: 'as-is', groupSize: exact }
  const general = others(withoutHardware(traits)) + 1
  return { outcome: general >= groupSize ? 'without-hardware' : 'held', groupSize: general }
}

const withoutHardware = ({ benchmarkType, dataset }: Traits): Traits => ({
  cpuFamily: null,
  cpus: null,
  memoryBytes: null,
  gpu: null,
  os: null,
  benchmarkType,
  dataset,
})
