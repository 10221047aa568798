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

interface Node {
  /** Entries of the lineage, the skipped ones included. */
  readonly depth: number
  /** Index of the parent, or -1 for the root. */
  readonly parent: number
  /** Percentage of its own: without that of its direct children. */
  truth: number
  predicted: number
}

/**
 * Distance of a prediction to the truth over the tree that the lineages of both span, as OPAL computes it (Meyer et al.,
 * Genome Biol. 20 (2019) 51; EMDUnifrac of McClelland and Koslicki, J. Math. Biol. 77 (2018) 935). A taxon stands under
 * the nearest entry of its lineage that has a row of its own; where the two sides disagree, the truth's lineage counts.
 */
export const unifrac = (truth: SampleProfile, predicted: SampleProfile): UnifracDistances => {
  const nodes = treeOf(truth, predicted)
  const order = leavesFirst(nodes)
  const masses = (of: 'truth' | 'predicted'): readonly number[] => nodes.map((node) => node[of])
  const [ofTruth, ofPrediction] = [masses('truth'), masses('predicted')]
  const [sharesOfTruth, sharesOfPrediction] = [shares(ofTruth), shares(ofPrediction)]
  const [inTruth, inPrediction] = [presence(sharesOfTruth), presence(sharesOfPrediction)]
  const nothing = nodes.map(() => 0)
  const byDepth = nodes.map(({ depth }) => 1 / depth)
  const unit = nodes.map(({ depth, parent }) => depth - (nodes[parent]?.depth ?? 0))
  const flow = (lengths: readonly number[], from: readonly number[], to: readonly number[]): number =>
    earthMoved(nodes, order, lengths, from, to)
  if (truth.taxa.length === 0) {
    const none = missing('no_truth')
    return { weighted: none, unweighted: none, weightedCami: none, unweightedCami: none }
  }
  return {
    // Percent to share, and then OPAL's scale: 200 percent spread over the ranks the truth declares.
    weighted: known(flow(byDepth, ofTruth, ofPrediction) / 100 / (200 / truth.ranks.length)),
    unweighted: ratio(flow(byDepth, inTruth, inPrediction), flow(byDepth, inTruth, nothing)),
    weightedCami: known(flow(unit, sharesOfTruth, sharesOfPrediction)),
    unweightedCami: known(flow(unit, inTruth, inPrediction)),
  }
}

const treeOf = (truth: SampleProfile, predicted: SampleProfile): readonly Node[] => {
  const indices = new Map<string, number>()
  for (const { taxid } of [...truth.taxa, ...predicted.taxa]) if (!indices.has(taxid)) indices.set(taxid, indices.size)
  const nodes: Node[] = []
  const add = (profile: SampleProfile, side: 'truth' | 'predicted'): void => {
    const own = new Set(profile.taxa.map(({ taxid }) => taxid))
    for (const { taxid, path, percentage } of profile.taxa) {
      const index = indices.get(taxid) ?? -1
      const node = (nodes[index] ??= {
        depth: path.length,
        parent: parentIn(own, taxid, path, indices),
        truth: 0,
        predicted: 0,
      })
      node[side] = percentage
    }
    for (const { taxid, path, percentage } of profile.taxa) {
      // What is taken from the parent is taken within the profile, whatever tree the other side makes of it.
      const parent = nodes[parentIn(own, taxid, path, indices)]
      if (parent) parent[side] -= percentage
    }
  }
  add(truth, 'truth')
  add(predicted, 'predicted')
  return nodes
}

const parentIn = (
  own: ReadonlySet<string>,
  taxid: string,
  path: readonly string[],
  indices: ReadonlyMap<string, number>,
): number => {
  for (let at = path.length - 1; at >= 0; at--) {
    const ancestor = path[at] ?? ''
    if (ancestor !== taxid && own.has(ancestor)) return indices.get(ancestor) ?? -1
  }
  return -1
}

/** Every node before its parent. Lineages that contradict each other in a circle are cut at their first node. */
const leavesFirst = (nodes: readonly Node[]): readonly number[] => {
  const children = nodes.map(() => 0)
  for (const { parent } of nodes) if (parent >= 0) children[parent] = (children[parent] ?? 0) + 1
  const order: number[] = []
  const taken = new Set<number>()
  const takeUpwards = (from: number): void => {
    for (let at = from; at >= 0 && !taken.has(at);) {
      taken.add(at)
      order.push(at)
      const parent = nodes[at]?.parent ?? -1
      if (parent < 0) return
      children[parent] = (children[parent] ?? 0) - 1
      if (children[parent] !== 0) return
      at = parent
    }
  }
  for (const index of nodes.keys()) if (children[index] === 0) takeUpwards(index)
  for (const index of nodes.keys()) takeUpwards(index)
  return order
}

const shares = (masses: readonly number[]): readonly number[] => {
  const total = masses.reduce((sum, mass) => sum + mass, 0)
  return total > 0 ? masses.map((mass) => mass / total) : masses
}

// Children that exceed their parent by rounding leave it a negative mass; OPAL keeps that, and so the tables agree.
const presence = (masses: readonly number[]): readonly number[] => masses.map((mass) => (mass > 0 ? 1 : mass))

const earthMoved = (
  nodes: readonly Node[],
  order: readonly number[],
  lengths: readonly number[],
  from: readonly number[],
  to: readonly number[],
): number => {
  const surplus = from.map((mass, index) => mass - (to[index] ?? 0))
  let moved = 0
  for (const index of order) {
    const difference = surplus[index] ?? 0
    moved += (lengths[index] ?? 0) * Math.abs(difference)
    const parent = nodes[index]?.parent ?? -1
    if (parent >= 0) surplus[parent] = (surplus[parent] ?? 0) + difference
  }
  return moved
}
