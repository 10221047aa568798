import { known, missing, type Quantity, ratio } from '../score.ts'

/** −Σ q ln q with q = percentage / 100 as stated, not scaled to the rank's sum. OPAL: Shannon diversity. */
export const statedShannon = (percentages: readonly number[]): number => {
  let shannon = 0
  for (const percentage of percentages) shannon -= (percentage / 100) * Math.log(percentage / 100)
  return shannon
}

/** How diverse one rank of a sample is, each taxon's share taken of the rank's own sum. */
export interface AlphaDiversity {
  /** Taxa with a share above 0. */
  readonly richness: number
  /** −Σ p ln p (nats). Shannon, Bell Syst. Tech. J. 27 (1948) 379. */
  readonly shannon: number
  /** 1 − Σ p². Simpson, Nature 163 (1949) 688. */
  readonly simpson: number
  /** 1 / Σ p². Hill, Ecology 54 (1973) 427. */
  readonly inverseSimpson: number
  /** Shannon / ln richness; undefined for a single taxon. Pielou, J. Theor. Biol. 13 (1966) 131. */
  readonly pielou: Quantity
}

/** Alpha diversity of amounts above 0 in any unit; null for none at all. */
export const alphaDiversity = (amounts: readonly number[]): AlphaDiversity | null => {
  if (amounts.length === 0) return null
  let total = 0
  for (const amount of amounts) total += amount
  let shannon = 0
  let concentration = 0
  for (const amount of amounts) {
    const share = amount / total
    shannon -= share * Math.log(share)
    concentration += share * share
  }
  return {
    richness: amounts.length,
    shannon,
    simpson: 1 - concentration,
    inverseSimpson: 1 / concentration,
    pielou: ratio(shannon, Math.log(amounts.length)),
  }
}

/**
 * How many taxa there are, those too rare to be seen included: S + F₁(F₁ − 1) / (2 (F₂ + 1)), with F₁ taxa counted once
 * and F₂ counted twice. Bias-corrected form of Chao, Scand. J. Stat. 11 (1984) 265.
 */
export const chao1 = (counts: readonly number[]): number => {
  const once = counts.filter((count) => count === 1).length
  const twice = counts.filter((count) => count === 2).length
  return counts.length + (once * (once - 1)) / (2 * (twice + 1))
}

/** |predicted − true|, and the same as a share of the true value. */
export const errorsOf = (predicted: Quantity, truth: Quantity): { absolute: Quantity; relative: Quantity } => {
  if (truth.value === null) return { absolute: truth, relative: truth }
  if (predicted.value === null) return { absolute: predicted, relative: predicted }
  const error = Math.abs(predicted.value - truth.value)
  return {
    absolute: known(error),
    relative: truth.value === 0 ? missing('undefined_0/0') : known(error / truth.value),
  }
}
