import { Problem } from '../problem.ts'

/** Fixed ends of a scale: `worst` has utility 0 and `best` utility 1. Never taken from what is being ranked. */
export interface Anchor {
  readonly worst: number
  readonly best: number
  /** `log`: equal ratios are equal steps; both ends are then above 0. */
  readonly scale: 'linear' | 'log'
}

/** Utility of a value: 0 at the worst anchor, 1 at the best, and beyond both where the value is. */
export const unclampedUtility = (value: number, { worst, best, scale }: Anchor): number => {
  // + 0: where the scale points down, the worst value would be -0.
  if (scale === 'linear') return (value - worst) / (best - worst) + 0
  // A time of 0 is below what a clock shows, not infinitely good: the lower end of the scale.
  if (value <= 0) return best < worst ? 1 : 0
  return Math.log(value / worst) / Math.log(best / worst) + 0
}

/** The utility kept inside 0..1: what counts in a score. */
export const clamped = (utility: number): number => Math.min(1, Math.max(0, utility))

/** The value at a utility: the inverse of `unclampedUtility`. */
export const valueAtUtility = (utility: number, { worst, best, scale }: Anchor): number =>
  scale === 'linear' ? worst + utility * (best - worst) : worst * (best / worst) ** utility

/** Whether a larger value is better on this scale. */
export const higherIsBetter = ({ worst, best }: Anchor): boolean => best > worst

/**
 * The smallest effect of interest in units of utility: an absolute difference on a linear scale, a relative one
 * (0.05 = 5 %) on a logarithmic one.
 */
export const sesoiInUtility = (sesoi: number, { worst, best, scale }: Anchor): number =>
  scale === 'linear' ? Math.abs(sesoi / (best - worst)) : Math.log(1 + sesoi) / Math.abs(Math.log(best / worst))

/** Ends a factor of four around a reference run, for times and bytes (statistics §6.7). */
export const anchorAround = (reference: number): Anchor => ({ worst: reference * 4, best: reference / 4, scale: 'log' })

/** Throws a Problem (E_CONFIG) when nothing can be measured on this scale. */
export const requireUsableAnchor = (name: string, { worst, best, scale }: Anchor): void => {
  const why =
    !Number.isFinite(worst) || !Number.isFinite(best)
      ? 'must be finite numbers'
      : worst === best
        ? 'must differ'
        : scale === 'log' && !(worst > 0 && best > 0)
          ? 'must be above 0 on a logarithmic scale'
          : null
  if (why !== null)
    throw new Problem('E_CONFIG', `The anchors of ${name} (worst ${String(worst)}, best ${String(best)}) ${why}.`)
}
