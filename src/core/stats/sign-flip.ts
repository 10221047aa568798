import { mean } from './correlation.ts'
import { type RandomSource } from './random.ts'
import { ascending } from './spread.ts'
import type { Bounds } from './t-interval.ts'

/** Up to so many differences every pattern of signs is looked at. */
export const ENUMERATED = 16
/** Above, so many random ones. */
export const RANDOM_FLIPS = 10_000
// Sums of the same numbers in another order differ in the last bits; they are ties all the same.
const ROUNDING = 1e-12

/** A permutation test: its two-sided p, and whether it looked at every permutation. */
export interface PermutationP {
  readonly p: number
  readonly isExact: boolean
}

/**
 * Sign-flip test of a mean difference of 0 (Fisher, The Design of Experiments (1935) 21): how often the mean would be as
 * far from 0 if every difference were as likely to have the other sign. Differences of 0 change nothing and are left
 * out. With more than 16 others, 10,000 random patterns and p = (b + 1) / (B + 1).
 */
export const signFlipTest = (differences: readonly number[], random: RandomSource): PermutationP => {
  const sizes = differences
    .filter((value) => value !== 0)
    .map(Math.abs)
    .sort(ascending)
  if (sizes.length === 0) return { p: 1, isExact: true }
  const total = sum(sizes)
  const positive = sum(differences.filter((value) => value > 0).sort(ascending))
  // |sum of signed| = |2 · positive - total|.
  const limit = Math.abs(2 * positive - total) - total * ROUNDING
  return sizes.length <= ENUMERATED
    ? { p: shareAsFar(subsetSums(sizes.slice(1)), total, limit), isExact: true }
    : { p: randomShare(sizes, total, limit, random), isExact: false }
}

// One sign can stay as it is: the other half of the patterns is the mirror image.
const shareAsFar = (sums: Float64Array, total: number, limit: number): number => {
  let count = 0
  for (const flipped of sums) if (Math.abs(total - 2 * flipped) >= limit) count++
  return count / sums.length
}

// Plain loops over a typed array, without branches on random bits: a large comparison takes a tenth of the time.
const randomShare = (values: readonly number[], total: number, limit: number, random: RandomSource): number => {
  const sizes = Float64Array.from(values)
  let count = 0
  for (let flip = 0; flip < RANDOM_FLIPS; flip++) {
    let [flipped, bits] = [0, 0]
    for (let index = 0; index < sizes.length; index++) {
      bits = index % BITS === 0 ? randomBits(random) : bits >>> 1
      flipped += (sizes[index] ?? 0) * (bits & 1)
    }
    if (Math.abs(total - 2 * flipped) >= limit) count++
  }
  return (count + 1) / (RANDOM_FLIPS + 1)
}

/** So many fair coins from one random number: drawing them one by one took most of the time. */
const BITS = 30
const randomBits = (random: RandomSource): number => Math.floor(random() * 2 ** BITS)

/** Sums of all subsets; bit i of the index says whether value i is in it. */
const subsetSums = (values: readonly number[]): Float64Array => {
  const sums = new Float64Array(2 ** values.length)
  for (const [index, value] of values.entries()) {
    const size = 2 ** index
    for (let subset = 0; subset < size; subset++) sums[size + subset] = (sums[subset] ?? 0) + value
  }
  return sums
}

/** Bounds of a mean difference at one or more levels; null at a level that so few differences cannot give. */
type BoundsAt = (level: number) => Bounds | null

/**
 * The mean differences the sign-flip test does not rule out: with k = ⌊2^m (1 - level) / 2⌋, the k-th smallest and
 * largest mean of all subsets but the empty one (Hartigan, J. Am. Stat. Assoc. 64 (1969) 1303). It leaves out 0 exactly
 * when the test rejects. With more than 16 differences, 10,000 random subsets.
 */
export const signFlipBounds = (differences: readonly number[], random: RandomSource): BoundsAt => {
  // With the larger sum upwards, so that differences taken the other way round give the mirrored bounds.
  const isUpwards = sum([...differences].sort(ascending)) >= 0
  const sorted = differences.map((value) => (isUpwards ? value : -value)).sort(ascending)
  const [smallest, largest] = [sorted[0], sorted.at(-1)]
  if (smallest === undefined || largest === undefined) return () => null
  const isEnumerated = sorted.length <= ENUMERATED
  const patterns = isEnumerated ? 2 ** sorted.length : RANDOM_FLIPS + 1
  const means =
    smallest === largest
      ? new Float64Array(patterns - 1).fill(smallest)
      : (isEnumerated ? subsetMeans(sorted) : randomSubsetMeans(sorted, random)).sort()
  return (level) => {
    const k = Math.floor(((1 - level) / 2) * patterns + 1e-9)
    const [low, high] = [means[k - 1], means[means.length - k]]
    if (low === undefined || high === undefined) return null
    return isUpwards ? { low, high } : { low: -high, high: -low }
  }
}

const subsetMeans = (values: readonly number[]): Float64Array => {
  const sums = subsetSums(values)
  const sizes = subsetSums(values.map(() => 1))
  return sums.map((total, subset) => total / (sizes[subset] ?? 1)).subarray(1)
}

const randomSubsetMeans = (differences: readonly number[], random: RandomSource): Float64Array => {
  const values = Float64Array.from(differences)
  const means = new Float64Array(RANDOM_FLIPS)
  for (let draw = 0; draw < RANDOM_FLIPS; draw++) {
    let [total, size, bits] = [0, 0, 0]
    for (let index = 0; index < values.length; index++) {
      bits = index % BITS === 0 ? randomBits(random) : bits >>> 1
      total += (values[index] ?? 0) * (bits & 1)
      size += bits & 1
    }
    // An empty one is drawn about never; the mean of all stands in for it.
    means[draw] = size === 0 ? mean(differences) : total / size
  }
  return means
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
