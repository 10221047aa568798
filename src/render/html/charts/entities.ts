import { cleanName } from '../../../core/clean-text.ts'
import { fnv1a } from '../../../core/hash.ts'
import { SERIES, TOKENS } from '../theme/tokens.ts'
import type { Entities, EntityStyle } from './spec.ts'

const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye', 'hexagon', 'cross'] as const

/**
 * Colours and shapes of the named entities of a project. Each name asks for the slot of its hash and takes the next free
 * one; names are served in the order of their hashes, so that neither sorting nor hiding recolours anything. The ninth
 * and further names share a colour with another one, never colour and shape.
 */
export const bindEntities = (names: Iterable<string>): Entities => {
  const bySlot = new Map<number, string>()
  const slots = new Map<string, number>()
  const hashed = [...new Set([...names].map(cleanName))].map((name) => ({ name, hash: fnv1a(name) }))
  hashed.sort((one, other) => (one.hash < other.hash ? -1 : one.hash > other.hash ? 1 : one.name < other.name ? -1 : 1))
  for (const { name, hash } of hashed) {
    const round = SERIES.length * Math.floor(bySlot.size / SERIES.length)
    let slot = Number(hash % BigInt(SERIES.length))
    while (bySlot.has(round + slot)) slot = (slot + 1) % SERIES.length
    bySlot.set(round + slot, name)
    slots.set(name, round + slot)
  }
  return (name) => {
    const shown = cleanName(name)
    return styleOfSlot(slots.get(shown) ?? Number(fnv1a(shown) % BigInt(SERIES.length * SHAPES.length)))
  }
}

/** Slots 0–7 have colour and shape of the same index; every further eight turn the shapes on by one. */
const styleOfSlot = (slot: number): EntityStyle => {
  const hue = slot % SERIES.length
  const token = SERIES[hue] ?? 's1'
  const turn = Math.floor(slot / SERIES.length)
  return { token, colour: TOKENS[token].light, shape: SHAPES[(hue + turn) % SHAPES.length] ?? 'circle' }
}
