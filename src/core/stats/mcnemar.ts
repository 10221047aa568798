import { binomialCdf } from './distributions.ts'

/** Exact two-sided p of McNemar's test: of the samples that changed, whether one way is more common than the other. */
export const mcNemarTest = (newlyFailing: number, newlyWorking: number): number =>
  Math.min(1, 2 * binomialCdf(Math.min(newlyFailing, newlyWorking), newlyFailing + newlyWorking, 0.5))
