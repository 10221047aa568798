import type { Random } from './seeded-random.ts'

export interface FastaRecord {
  readonly id: string
  readonly description: string
  readonly sequence: string
}

/** Records of a FASTA text; the id ends at the first blank. */
export const parseFasta = (text: string): FastaRecord[] =>
  text
    .split(/^>/m)
    .slice(1)
    .map((block) => {
      const [header = '', ...lines] = block.split(/\r?\n/)
      const [id = '', ...words] = header.trim().split(/\s+/)
      return { id, description: words.join(' '), sequence: lines.join('').replace(/\s/g, '').toUpperCase() }
    })

export const formatFasta = (records: readonly FastaRecord[]): string =>
  records
    .map(({ id, description, sequence }) => {
      const lines = sequence.match(/.{1,70}/g) ?? []
      return `>${description === '' ? id : `${id} ${description}`}\n${lines.join('\n')}\n`
    })
    .join('')

const COMPLEMENT: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A' }

export const reverseComplement = (sequence: string): string => {
  let result = ''
  for (let index = sequence.length - 1; index >= 0; index--) result += COMPLEMENT[sequence[index]!] ?? 'N'
  return result
}

/** Bases drawn independently, each equally often. */
export const randomSequence = (random: Random, length: number): string => {
  let result = ''
  for (let index = 0; index < length; index++) result += 'ACGT'[random.below(4)]!
  return result
}

/** The sequence with exactly `count` bases exchanged for another base, at different positions in `from`..`to` (half open). */
export const substitute = (
  random: Random,
  sequence: string,
  count: number,
  [from, to]: readonly [number, number] = [0, sequence.length],
): string => {
  const positions = random.shuffled(Array.from({ length: to - from }, (_, index) => from + index)).slice(0, count)
  const bases = Array.from(sequence)
  for (const position of positions) {
    const others = ['A', 'C', 'G', 'T'].filter((base) => base !== bases[position])
    bases[position] = random.pick(others)
  }
  return bases.join('')
}
