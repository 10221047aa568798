import { setFlagsFromString } from 'node:v8'

/** Eight times what V8 11 (Node 20) takes by itself; later ones have another compiler in between, and other options. */
const BUDGET = 540_672

/**
 * Makes V8 wait longer until it optimises a function (decision 131). Most commands are over within a few tenths of a
 * second, and what is optimised in them is seldom run again: half of their processor time went into it.
 */
export const optimiseLate = (): void => {
  if (process.versions.v8.startsWith('11.')) setFlagsFromString(`--interrupt-budget=${BUDGET}`)
}
