import { normaliseSymbol } from './symbol.ts'

/** Older names of genes that databases and papers still use, and today's name (rung 4 of the name ladder). */
const OLDER_NAMES: Readonly<Record<string, string>> = {
  strA: "aph(3'')-Ib",
  strB: 'aph(6)-Id',
  // What CARD calls so has the sequence that NCBI and ResFinder call aadA1.
  "ant(3'')-IIa": 'aadA1',
  aadB: "ant(2'')-Ia",
  aadE: 'ant(6)-Ia',
  aacA4: "aac(6')-Ib",
  aacC1: 'aac(3)-Ia',
  aacC2: 'aac(3)-IIa',
  aacC4: 'aac(3)-IVa',
  aphA1: "aph(3')-Ia",
  aphA2: "aph(3')-IIa",
  nptII: "aph(3')-IIa",
  aphA3: "aph(3')-IIIa",
  aphA6: "aph(3')-VIa",
  catI: 'catA1',
  catII: 'catA2',
  catIII: 'catA3',
  dhfrI: 'dfrA1',
  sulI: 'sul1',
  sulII: 'sul2',
  sulIII: 'sul3',
}

/** Normalised alias -> normalised canonical symbol. */
export type AliasTable = ReadonlyMap<string, string>

/**
 * The built-in older names, overridden and extended by the user's table. Chains are followed to their end; a circle
 * stops where it started, so that every symbol has one canonical form.
 */
export const aliasTable = (userAliases: Readonly<Record<string, string>>): AliasTable => {
  const direct = new Map<string, string>()
  for (const [alias, canonical] of [...Object.entries(OLDER_NAMES), ...Object.entries(userAliases)])
    direct.set(normaliseSymbol(alias), normaliseSymbol(canonical))
  const resolved = new Map<string, string>()
  for (const alias of direct.keys()) resolved.set(alias, endOfChain(alias, direct))
  return resolved
}

const endOfChain = (start: string, direct: ReadonlyMap<string, string>): string => {
  const seen = new Set([start])
  for (let at = start; ;) {
    const next = direct.get(at)
    if (next === undefined) return at
    // In a circle every member takes the smallest name: the same one wherever the walk began.
    if (seen.has(next)) return [...seen].sort()[0] ?? at
    seen.add(next)
    at = next
  }
}
