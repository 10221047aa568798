import { findMetric } from '../metrics/registry.ts'
import { Problem } from '../problem.ts'
import { byImportance } from '../profile/ranks.ts'
import { defaultAnchor, defaultSesoi } from './default-anchors.ts'
import { byCodeUnits, type MetricSeries, type Observation, seriesKey, seriesName } from './observation.ts'
import { type Anchor, higherIsBetter, requireUsableAnchor } from './utility.ts'

/** A metric that counts, and how. */
export interface BoardMetric extends MetricSeries {
  /** Share of the score, all weights together 1. 0: shown, not counted. */
  readonly weight: number
  /** Without it a candidate is not ranked. Optional: it is ranked with a score interval. */
  readonly required: boolean
  readonly anchor: Anchor
  /** Anchors pinned for one dataset and, for resources, one class of machines. */
  readonly pinned: readonly PinnedAnchor[]
  /** Smallest effect of interest: absolute on a linear scale, relative on a logarithmic one. */
  readonly sesoi: number
}

/** An anchor that holds for a dataset; `machine` null: on every machine. */
interface PinnedAnchor {
  readonly dataset: string
  readonly machine: string | null
  readonly anchor: Anchor
}

/** A dataset and the samples every candidate is expected to have. */
export interface BoardDataset {
  readonly dataset: string
  /** Share among the datasets, all together 1. */
  readonly weight: number
  readonly samples: readonly string[]
}

/**
 * How metrics make one score. `arithmetic`: Σ w u. `geometric`: exp Σ w ln max(u, 0.01), where a bad metric cannot be
 * bought off by good ones.
 */
export type ScoreAggregate = 'arithmetic' | 'geometric'

/** Everything a ranking follows, fixed before any result is seen. */
export interface Board {
  readonly metrics: readonly BoardMetric[]
  readonly datasets: readonly BoardDataset[]
  readonly aggregate: ScoreAggregate
}

/** What a caller declares of a metric; the rest has defaults. */
export type DeclaredMetric = MetricSeries & Partial<Omit<BoardMetric, keyof MetricSeries>>

/** What a caller declares; the order of metrics and datasets does not matter. */
export interface BoardRequest {
  readonly metrics: readonly DeclaredMetric[]
  readonly datasets: readonly (Omit<BoardDataset, 'weight'> & { readonly weight?: number })[]
  readonly aggregate?: ScoreAggregate
}

/**
 * A board with anchors and weights filled in. Throws a Problem (E_CONFIG) when a metric has no anchors, stands twice,
 * or when all weights are 0: a guess would decide the ranking.
 */
export const makeBoard = (request: BoardRequest): Board => {
  const metrics = request.metrics
    .map(withDefaults)
    .sort((left, right) => byCodeUnits(seriesKey(left), seriesKey(right)))
  const datasets = request.datasets
    .map((dataset) => ({
      ...dataset,
      weight: requireWeight(dataset.dataset, dataset.weight ?? 1),
      samples: [...new Set(dataset.samples)].sort(byCodeUnits),
    }))
    // A dataset without samples can say nothing.
    .filter(({ samples, weight }) => samples.length > 0 && weight > 0)
    .sort((left, right) => byCodeUnits(left.dataset, right.dataset))
  requireOnce(metrics.map(seriesName), 'metric')
  requireOnce(
    datasets.map(({ dataset }) => dataset),
    'dataset',
  )
  return {
    metrics: normalised(metrics, 'No metric of the ranking has a weight above 0.'),
    datasets: normalised(datasets, 'No dataset of the ranking has samples and a weight above 0.'),
    aggregate: request.aggregate ?? 'arithmetic',
  }
}

const withDefaults = (declared: DeclaredMetric): BoardMetric => {
  const name = seriesName(declared)
  const anchor = declared.anchor ?? defaultAnchor(declared.metric)
  if (anchor === null)
    throw new Problem('E_CONFIG', `${name} cannot be ranked: nothing says which value is worst and which is best.`, {
      hints: [`Give anchors for ${name} in the benchmark definition.`],
    })
  const pinned = declared.pinned ?? []
  for (const each of [anchor, ...pinned.map((pin) => pin.anchor)]) {
    requireUsableAnchor(name, each)
    if (each.scale !== anchor.scale || higherIsBetter(each) !== higherIsBetter(anchor))
      throw new Problem('E_CONFIG', `The anchors of ${name} for single datasets must have its scale and direction.`)
  }
  return {
    metric: declared.metric,
    level: declared.level,
    rank: declared.rank,
    weight: requireWeight(name, declared.weight ?? 1),
    required: declared.required ?? true,
    anchor,
    pinned,
    sesoi: declared.sesoi ?? defaultSesoi(declared.metric, anchor),
  }
}

const requireWeight = (name: string, weight: number): number => {
  if (Number.isFinite(weight) && weight >= 0) return weight
  throw new Problem('E_CONFIG', `The weight of ${name} must be a number from 0, not ${String(weight)}.`)
}

const requireOnce = (names: readonly string[], what: string): void => {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Problem('E_CONFIG', `The ${what} ${twice} stands twice in the ranking.`)
}

const normalised = <T extends { readonly weight: number }>(items: readonly T[], otherwise: string): readonly T[] => {
  const total = items.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) throw new Problem('E_CONFIG', otherwise)
  return items.map((item) => ({ ...item, weight: item.weight / total }))
}

/**
 * Datasets and samples as the rows have them, for boards whose definition lists none. A candidate with further samples
 * then adds to what all are expected to have; a definition is the better source.
 */
export const datasetsSeen = (
  rows: readonly Pick<Observation, 'dataset' | 'sample'>[],
): readonly Omit<BoardDataset, 'weight'>[] => {
  const seen = new Map<string, Set<string>>()
  for (const { dataset, sample } of rows) {
    if (sample === null) continue
    const samples = seen.get(dataset) ?? new Set()
    seen.set(dataset, samples.add(sample))
  }
  return [...seen].map(([dataset, samples]) => ({ dataset, samples: [...samples] }))
}

/** The part of `registry/benchmarks/<type>/benchmark.json` that says how to rank. */
export interface RankingDefinition {
  readonly primary_metrics: readonly { readonly metric: string; readonly level: string | null }[]
  readonly anchors: readonly (Anchor & { readonly metric: string; readonly level: string | null })[]
  /** The level a metric with match levels means when none is named. */
  readonly match_level: string | null
  /** Metric, or metric@level, to weight. */
  readonly weights: Weights
}

type Weights = Readonly<Record<string, number | undefined>>

/**
 * Metrics of a benchmark definition: its primary ones, which are required, and those it only weights, which are
 * optional. A user's own priorities (by id, alias or metric@level) take the place of the weights; without any weights
 * the primary metrics count alike.
 */
export const metricsOfDefinition = (
  definition: RankingDefinition,
  priority: Weights = {},
): readonly DeclaredMetric[] => {
  const weights = readWeights(Object.keys(priority).length > 0 ? priority : definition.weights, definition.match_level)
  const primary = definition.primary_metrics.map(({ metric, level }) => {
    // A weight without a level is meant for the level the definition has the metric at.
    const own = weights.filter((weight) => weight.metric === metric)
    const found = own.find((weight) => weight.level === level) ?? own.find((weight) => !weight.isLevelNamed)
    return { metric, level, required: true, weight: found?.weight ?? (weights.length === 0 ? 1 : 0), of: found }
  })
  const others = weights
    .filter((weight) => primary.every(({ of }) => of !== weight))
    .map(({ metric, level, weight }) => ({ metric, level, required: false, weight }))
  return [...primary, ...others].map(({ metric, level, required, weight }) => {
    const anchor =
      definition.anchors.find((each) => each.metric === metric && each.level === level) ??
      definition.anchors.find((each) => each.metric === metric && each.level === null)
    return {
      metric,
      level,
      rank: null,
      required,
      weight,
      ...(anchor && { anchor: { worst: anchor.worst, best: anchor.best, scale: anchor.scale } }),
    }
  })
}

interface ReadWeight {
  readonly metric: string
  readonly level: string | null
  readonly isLevelNamed: boolean
  readonly weight: number
}

const readWeights = (weights: Weights, matchLevel: string | null): readonly ReadWeight[] =>
  Object.entries(weights).flatMap(([name, weight]) => {
    if (weight === undefined) return []
    const [written = name, givenLevel] = name.split('@')
    const found = findMetric(written)
    const named = givenLevel ?? found?.level ?? null
    return [
      {
        metric: found?.definition.id ?? written,
        level: named ?? (found?.definition.family === 'classification' ? matchLevel : null),
        isLevelNamed: named !== null,
        weight,
      },
    ]
  })

/**
 * Metrics (or constraints) with the taxonomic rank that is meant where none is named: none for what has none, else the most telling
 * one there is (species before genus before all others), as in comparisons. A caller who wants another one names it.
 */
export const atTellingRanks = <T extends MetricSeries>(
  metrics: readonly T[],
  rows: readonly MetricSeries[],
): readonly T[] => {
  const seen = new Map<string, Set<string | null>>()
  for (const { metric, level, rank } of rows) {
    const key = JSON.stringify([metric, level])
    const ranks = seen.get(key) ?? new Set()
    seen.set(key, ranks.add(rank))
  }
  return metrics.map((declared) => {
    const ranks = seen.get(JSON.stringify([declared.metric, declared.level]))
    if (declared.rank !== null || !ranks || ranks.has(null)) return declared
    const [telling = null] = byImportance([...ranks].filter((rank) => rank !== null).sort(byCodeUnits))
    return { ...declared, rank: telling }
  })
}
