/** Random sequences and changes to them whose effect on an assembly is known. Places count from 0. */

/** Numbers from 0 up to 1, the same for the same seed. */
const randomNumbers = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export const randomSequence = (length: number, seed: number): string => {
  const next = randomNumbers(seed)
  let sequence = ''
  for (let at = 0; at < length; at++) sequence += 'ACGT'[Math.floor(next() * 4)] ?? ''
  return sequence
}

const COMPLEMENT: Readonly<Record<string, string>> = { A: 'T', C: 'G', G: 'C', T: 'A', N: 'N' }

export const reverseComplement = (sequence: string): string =>
  Array.from(sequence)
    .reverse()
    .map((base) => COMPLEMENT[base] ?? 'N')
    .join('')

/** Another base at every `step`-th place, from `from` on. */
export const mutated = (sequence: string, from: number, step: number): string =>
  Array.from(sequence)
    .map((base, at) => (at >= from && (at - from) % step === 0 ? (COMPLEMENT[base] ?? 'N') : base))
    .join('')

export const fastaOf = (sequences: Readonly<Record<string, string>>): string =>
  Object.entries(sequences)
    .map(([name, sequence]) => `>${name}\n${sequence}\n`)
    .join('')
