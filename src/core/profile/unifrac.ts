import { missing, type Quantity, ratio, known } from '../score.ts'
import type { ProfileTaxon, SampleProfile } from './profile.ts'

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
  /** Entries of the lineage from the parent down to the node itself. */
  readonly steps: number
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
  if (truth.taxa.length === 0) {
    const none = missing('no_truth')
    return { weighted: none, unweighted: none, weightedCami: none, unweightedCami: none }
  }
  return {
    ...byDepth(treeOf(truth, predicted, 'file'), truth.ranks.length),
    ...byRank(treeOf(truth, predicted, 'kin')),
  }
}

const byDepth = (nodes: readonly Node[], ranks: number): Pick<UnifracDistances, 'weighted' | 'unweighted'> => {
  const flow = flowOver(nodes, ({ depth }) => 1 / depth)
  const [ofTruth, ofPrediction] = massesOf(nodes)
  const [inTruth, inPrediction] = [presence(shares(ofTruth)), presence(shares(ofPrediction))]
  const nothing = nodes.map(() => 0)
  return {
    // Percent to share, and then OPAL's scale: 200 percent spread over the ranks the truth declares.
    weighted: known(flow(ofTruth, ofPrediction) / 100 / (200 / ranks)),
    unweighted: ratio(flow(inTruth, inPrediction), flow(inTruth, nothing)),
  }
}

const byRank = (nodes: readonly Node[]): Pick<UnifracDistances, 'weightedCami' | 'unweightedCami'> => {
  const flow = flowOver(nodes, ({ steps }) => steps)
  const [ofTruth, ofPrediction] = massesOf(nodes)
  const [sharesOfTruth, sharesOfPrediction] = [shares(ofTruth), shares(ofPrediction)]
  return {
    weightedCami: known(flow(sharesOfTruth, sharesOfPrediction)),
    unweightedCami: known(flow(presence(sharesOfTruth), presence(sharesOfPrediction))),
  }
}

const massesOf = (nodes: readonly Node[]): readonly [truth: readonly number[], predicted: readonly number[]] => [
  nodes.map(({ truth }) => truth),
  nodes.map(({ predicted }) => predicted),
]

/**
 * In which order children are taken from their parent. It decides whether a taxon that equals the sum of its children
 * keeps a mass of 0 or of 1e-16, and so whether it counts as there. OPAL takes them in the order of the file (`file`);
 * in its CAMI variant those whose lineage names the parent right above them come first (`kin`), then those in between
 * which an entry without a row of its own stands.
 */
type ChildOrder = 'file' | 'kin'

const treeOf = (truth: SampleProfile, predicted: SampleProfile, childOrder: ChildOrder): readonly Node[] => {
  const indices = new Map<string, number>()
  for (const { taxid } of [...truth.taxa, ...predicted.taxa]) if (!indices.has(taxid)) indices.set(taxid, indices.size)
  const nodes: Node[] = []
  const add = (profile: SampleProfile, side: 'truth' | 'predicted'): void => {
    const own = new Set(profile.taxa.map(({ taxid }) => taxid))
    const [kin, others]: [ProfileTaxon[], ProfileTaxon[]] = [[], []]
    for (const taxon of profile.taxa) {
      const { taxid, path, percentage } = taxon
      const place = parentPlace(own, taxon, childOrder)
      const index = indices.get(taxid) ?? -1
      const node = (nodes[index] ??= {
        depth: path.length,
        parent: place < 0 ? -1 : (indices.get(path[place] ?? '') ?? -1),
        steps: path.length - 1 - place,
        truth: 0,
        predicted: 0,
      })
      node[side] = percentage
      if (place < 0) continue
      const isBetween = path.slice(place + 1, -1).some((entry) => entry !== '' && entry !== taxid)
      ;(childOrder === 'kin' && isBetween ? others : kin).push(taxon)
    }
    for (const taxon of [...kin, ...others]) {
      // What is taken from the parent is taken within the profile, whatever tree the other side makes of it.
      const parent = nodes[indices.get(taxon.path[parentPlace(own, taxon, childOrder)] ?? '') ?? -1]
      if (parent) parent[side] -= taxon.percentage
    }
  }
  add(truth, 'truth')
  add(predicted, 'predicted')
  return nodes
}

/** Where in the lineage of a taxon its parent stands: the last other entry with a row of its own; -1 for none. */
const parentPlace = (own: ReadonlySet<string>, { taxid, path }: ProfileTaxon, childOrder: ChildOrder): number => {
  // A lineage normally ends with the taxon. Where it does not, OPAL takes its last entry for the parent, or skips it.
  const last = childOrder === 'kin' || path.length < 2 ? path.length - 2 : path.length - 1
  for (let at = last; at >= 0; at--) {
    const ancestor = path[at] ?? ''
    if (ancestor !== taxid && own.has(ancestor)) return at
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

/** How much mass crosses how much of the branches to make one distribution of the other. */
const flowOver = (nodes: readonly Node[], lengthOf: (node: Node) => number) => {
  const order = leavesFirst(nodes)
  return (from: readonly number[], to: readonly number[]): number => {
    const surplus = from.map((mass, index) => mass - (to[index] ?? 0))
    let moved = 0
    for (const index of order) {
      const node = nodes[index]
      if (node === undefined) continue
      const difference = surplus[index] ?? 0
      moved += lengthOf(node) * Math.abs(difference)
      if (node.parent >= 0) surplus[node.parent] = (surplus[node.parent] ?? 0) + difference
    }
    return moved
  }
}
