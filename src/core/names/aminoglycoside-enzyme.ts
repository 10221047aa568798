import { squash } from './squash.ts'

/** Sites that occur with one number of primes only, so that a name without primes is still clear. */
const PRIMES: Readonly<Record<string, string>> = {
  aac2: "'",
  aac6: "'",
  ant2: "''",
  ant3: "''",
  ant4: "'",
  aph2: "''",
  aph7: "''",
}
const ENZYME = /^(aac|ant|aph)\(?(\d+)('*)\)?[-_ ]?(.*)$/i

/**
 * Aminoglycoside-modifying enzymes, `aac(6')-Ib-cr` = enzyme, site, subclass (Roman), variant: `aac6'i.bcr`.
 * Upper case tells the subclass from the variant (`-IId` = II d, `-Iid` = I id); in a name of one case the longest
 * Roman number is the subclass. Fused enzymes are joined with `+`. Undefined for any other symbol.
 * Naming: Shaw et al., Microbiol. Rev. 57 (1993) 138.
 */
export const normaliseEnzyme = (symbol: string): string | undefined => {
  const parts = symbol.split(/[-/](?=(?:aac|ant|aph)\()/i).map(oneEnzyme)
  return parts.every((part) => part !== undefined) ? parts.join('+') : undefined
}

const oneEnzyme = (symbol: string): string | undefined => {
  const match = ENZYME.exec(symbol)
  if (!match) return undefined
  const [, enzyme = '', site = '', primes = '', designation = ''] = match
  const base = `${enzyme.toLowerCase()}${site}`
  const subclass = /^[IVX]+/.exec(designation)?.[0] ?? /^[ivx]+(?=[^A-Z]*$)/.exec(designation)?.[0] ?? ''
  const variant = squash(designation.slice(subclass.length))
  const position = `${base}${primes === '' ? (PRIMES[base] ?? '') : primes}`
  if (subclass === '') return variant === '' ? position : `${position}.${variant}`
  return `${position}${subclass.toLowerCase()}${variant === '' ? '' : `.${variant}`}`
}
