import { missing, type Quantity, ratio, known } from '../score.ts'
import type { SampleProfile } from './profile.ts'

/** The four ways OPAL compares two profiles over the taxonomic tree. */
export interface UnifracDistances {
  /** Branches of length 1/depth; masses as stated. */
  readonly weighted: Quantity
  /** Branches of length 1/depth; what is there counts 1; divided by the distance of the truth to nothing. */
  readonly unweighted: Quantity
  /** Branches of length 1; masses scaled to sum 1. */
  readonly weightedCami: Quantity
  /** Branches of length 1; what is there counts 1. */
  readonly unweightedCami: Quantity
}

/**
 * The taxa of both sides with a number each: first those of the truth, then those of the prediction alone, as they stand
 * in the profiles. Lists, because there are thousands of taxa and several distances to compute over them.
 */
interface Tree {
  /** Entries of the lineage, the skipped ones included. */
  readonly depth: Int32Array
  /** Number of the parent, or -1 for the root. */
  readonly parent: Int32Array
  /** Entries of the lineage from the parent down to the taxon itself. */
  readonly steps: Int32Array
  /** Percentage of its own: without that of its direct children. */
  readonly truth: Float64Array
  readonly predicted: Float64Array
}

/**
 * Distance of a prediction to the truth over the tree that the lineages of both span, as OPAL computes it (Meyer et al.,
 * Genome Biol. 20 (2019) 51; EMDUnifrac of McClelland and Koslicki, J. Math. Biol. 77 (2018) 935). A taxon stands under
 * the nearest entry of its lineage that has a row of its own; where the two sides disagree, the truth's lineage counts.
 */
export const unifrac = (truth: SampleProfile, predicted: SampleProfile): UnifracDistances => {
  if (truth.taxa.length === 0) {
    const none = missing('no_truth')
    return { weighted: none, unweighted: none, weightedCami: none, unweightedCami: none }
  }
  const { byFile, byKin } = treesOf(truth, predicted)
  const order = deepestFirst(byFile)
  return {
    ...byDepth(byFile, order, truth.ranks.length),
    ...byRank(byKin, isSame(byFile.parent, byKin.parent) ? order : deepestFirst(byKin)),
  }
}

const isSame = (left: Int32Array, right: Int32Array): boolean => {
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false
  return true
}

const byDepth = (
  { depth, parent, truth, predicted }: Tree,
  order: Int32Array,
  ranks: number,
): Pick<UnifracDistances, 'weighted' | 'unweighted'> => {
  const [ofTruth, ofPrediction] = [wholeOf(truth), wholeOf(predicted)]
  const masses = new Float64Array(depth.length)
  // Children that exceed their parent by rounding leave it a negative mass; OPAL keeps that, and so the tables agree.
  const taxa = new Float64Array(depth.length)
  const trueTaxa = new Float64Array(depth.length)
  const lengths = new Float64Array(depth.length)
  for (let at = 0; at < depth.length; at++) {
    const expected = truth[at] ?? 0
    const found = predicted[at] ?? 0
    const share = expected / ofTruth
    const foundShare = found / ofPrediction
    const there = share > 0 ? 1 : share
    masses[at] = expected - found
    taxa[at] = there - (foundShare > 0 ? 1 : foundShare)
    trueTaxa[at] = there
    lengths[at] = 1 / (depth[at] ?? 0)
  }
  return {
    // Percent to share, and then OPAL's scale: 200 percent spread over the ranks the truth declares.
    weighted: known(flow(masses, order, parent, lengths) / 100 / (200 / ranks)),
    unweighted: ratio(flow(taxa, order, parent, lengths), flow(trueTaxa, order, parent, lengths)),
  }
}

const byRank = (
  { parent, steps, truth, predicted }: Tree,
  order: Int32Array,
): Pick<UnifracDistances, 'weightedCami' | 'unweightedCami'> => {
  const [ofTruth, ofPrediction] = [wholeOf(truth), wholeOf(predicted)]
  const masses = new Float64Array(parent.length)
  const taxa = new Float64Array(parent.length)
  for (let at = 0; at < parent.length; at++) {
    const expected = (truth[at] ?? 0) / ofTruth
    const found = (predicted[at] ?? 0) / ofPrediction
    masses[at] = expected - found
    taxa[at] = (expected > 0 ? 1 : expected) - (found > 0 ? 1 : found)
  }
  return {
    weightedCami: known(flow(masses, order, parent, steps)),
    unweightedCami: known(flow(taxa, order, parent, steps)),
  }
}

const emptyTree = (size: number): Tree => ({
  depth: new Int32Array(size),
  parent: new Int32Array(size),
  steps: new Int32Array(size),
  truth: new Float64Array(size),
  predicted: new Float64Array(size),
})

/**
 * The tree twice, because the order in which children are taken from their parent decides whether a taxon that equals
 * the sum of its children keeps a mass of 0 or of 1e-16, and so whether it counts as there. OPAL takes them in the order
 * of the file (`byFile`); in its CAMI variant those whose lineage names the parent right above them come first (`byKin`),
 * then those it does not find at once: an entry without a row of its own stands between, or the top of the lineage is meant.
 */
interface Trees {
  readonly byFile: Tree
  readonly byKin: Tree
}

const treesOf = (truth: SampleProfile, predicted: SampleProfile): Trees => {
  const numbers = new Map<string, number>()
  const [ofTruth, ofPrediction] = [numbered(truth, numbers), numbered(predicted, numbers)]
  const trees = { byFile: emptyTree(numbers.size), byKin: emptyTree(numbers.size) }
  // Where the two sides disagree about a lineage, that of the first counts.
  addSide(trees, 'truth', truth, ofTruth, numbers)
  addSide(trees, 'predicted', predicted, ofPrediction, numbers)
  return trees
}

/** The number of each taxon of a profile; new ones get the next. */
const numbered = ({ taxa }: SampleProfile, numbers: Map<string, number>): Int32Array => {
  const own = new Int32Array(taxa.length)
  for (let at = 0; at < taxa.length; at++) {
    const { taxid = '' } = taxa[at] ?? {}
    let number = numbers.get(taxid)
    if (number === undefined) numbers.set(taxid, (number = numbers.size))
    own[at] = number
  }
  return own
}

const addSide = (
  { byFile, byKin }: Trees,
  side: 'truth' | 'predicted',
  { taxa }: SampleProfile,
  own: Int32Array,
  numbers: ReadonlyMap<string, number>,
): void => {
  const [ofFile, ofKin] = [byFile[side], byKin[side]]
  const isOwn = new Uint8Array(numbers.size)
  for (let at = 0; at < own.length; at++) {
    const number = own[at] ?? -1
    isOwn[number] = 1
    ofFile[number] = ofKin[number] = taxa[at]?.percentage ?? 0
  }
  const late: { readonly above: number; readonly percentage: number }[] = []
  for (let at = 0; at < own.length; at++) {
    const taxon = taxa[at]
    if (taxon === undefined) break
    const { taxid, path, percentage } = taxon
    const number = own[at] ?? -1
    const last = path.length - 1
    const kin = parentPlace(taxid, path, last - 1, isOwn, numbers)
    // A lineage normally ends with the taxon. Where it does not, OPAL takes its last entry for the parent, or skips it.
    const file = last < 1 || path[last] === taxid ? kin : parentPlace(taxid, path, last, isOwn, numbers)
    const aboveKin = kin < 0 ? -1 : (numbers.get(path[kin] ?? '') ?? -1)
    const aboveFile = kin === file ? aboveKin : (numbers.get(path[file] ?? '') ?? -1)
    if (byFile.depth[number] === 0) {
      place(byFile, number, path.length, aboveFile, last - file)
      place(byKin, number, path.length, aboveKin, last - kin)
    }
    // What is taken from the parent is taken within the profile, whatever tree the other side makes of it.
    if (aboveFile >= 0) ofFile[aboveFile] = (ofFile[aboveFile] ?? 0) - percentage
    if (aboveKin < 0) continue
    if (isSkipping(path, kin, taxid)) late.push({ above: aboveKin, percentage })
    else ofKin[aboveKin] = (ofKin[aboveKin] ?? 0) - percentage
  }
  for (const { above, percentage } of late) ofKin[above] = (ofKin[above] ?? 0) - percentage
}

/** The last other entry of a lineage, up to `last`, with a row of its own; -1 for none. */
const parentPlace = (
  taxid: string,
  path: readonly string[],
  last: number,
  isOwn: Uint8Array,
  numbers: ReadonlyMap<string, number>,
): number => {
  for (let at = last; at >= 0; at--) {
    const entry = path[at] ?? ''
    if (entry !== taxid && isOwn[numbers.get(entry) ?? -1] === 1) return at
  }
  return -1
}

const place = ({ depth, parent, steps }: Tree, number: number, entries: number, above: number, way: number): void => {
  depth[number] = entries
  parent[number] = above
  steps[number] = way
}

/**
 * Whether another taxon stands between a taxon and its parent in the lineage, one without a row. OPAL does not see a parent at
 * the top of the lineage either, unless it is right above.
 */
const isSkipping = (path: readonly string[], parentAt: number, taxid: string): boolean => {
  if (parentAt === 0 && path.length > 2) return true
  for (let at = parentAt + 1; at < path.length - 1; at++) if (path[at] !== '' && path[at] !== taxid) return true
  return false
}

/**
 * The deepest taxa first, and of equally deep ones children before parents. Where the lineages of the two sides
 * contradict each other a parent can be the deeper one: what its children have left over then goes nowhere, as in OPAL.
 */
const deepestFirst = ({ depth, parent }: Tree): Int32Array => {
  const children = new Int32Array(parent.length)
  for (let number = 0; number < parent.length; number++) {
    const above = parent[number] ?? -1
    if (above >= 0) children[above] = (children[above] ?? 0) + 1
  }
  const upwards = new Int32Array(parent.length)
  const isTaken = new Uint8Array(parent.length)
  let taken = 0
  const takeUpwards = (from: number): void => {
    for (let at = from; at >= 0 && isTaken[at] !== 1;) {
      isTaken[at] = 1
      upwards[taken++] = at
      const above = parent[at] ?? -1
      if (above < 0) return
      children[above] = (children[above] ?? 0) - 1
      if (children[above] !== 0) return
      at = above
    }
  }
  for (let number = 0; number < parent.length; number++) if (children[number] === 0) takeUpwards(number)
  if (taken < parent.length) for (let number = 0; number < parent.length; number++) takeUpwards(number)
  return byFalling(upwards, depth)
}

/** Sorts numbers by their depth, the greatest first; equally deep ones stay in their order. */
const byFalling = (numbers: Int32Array, depth: Int32Array): Int32Array => {
  let deepest = 0
  for (let at = 0; at < depth.length; at++) deepest = Math.max(deepest, depth[at] ?? 0)
  const places = new Int32Array(deepest + 2)
  for (let at = 0; at < depth.length; at++) places[depth[at] ?? 0] = (places[depth[at] ?? 0] ?? 0) + 1
  // From how many there are of each depth to where those begin.
  for (let at = places.length - 2, before = 0; at >= 0; at--) {
    const here = places[at] ?? 0
    places[at] = before
    before += here
  }
  const sorted = new Int32Array(numbers.length)
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] ?? 0
    const at = depth[number] ?? 0
    const place = places[at] ?? 0
    sorted[place] = number
    places[at] = place + 1
  }
  return sorted
}

/** What masses are shares of. */
const wholeOf = (masses: Float64Array): number => {
  let total = 0
  for (let at = 0; at < masses.length; at++) total += masses[at] ?? 0
  return total > 0 ? total : 1
}

/** How much crosses how much of the branches to level out what each taxon has too much or too little; overwrites `surplus`. */
const flow = (
  surplus: Float64Array,
  order: Int32Array,
  parent: Int32Array,
  lengths: Float64Array | Int32Array,
): number => {
  let moved = 0
  for (let index = 0; index < order.length; index++) {
    const number = order[index] ?? 0
    const difference = surplus[number] ?? 0
    moved += (lengths[number] ?? 0) * Math.abs(difference)
    const above = parent[number] ?? -1
    if (above >= 0) surplus[above] = (surplus[above] ?? 0) + difference
  }
  return moved
}
