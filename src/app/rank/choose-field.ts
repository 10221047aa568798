/** Which runs are on one leaderboard: those measured against the same, and scored alike. */
import { BEFORE, MAY_DIFFER } from '../../core/comparison/comparability.ts'
import { datasetText } from '../../core/dataset-name.ts'
import { byCodeUnits } from '../../core/ranking/observation.ts'
import { DEMONSTRATION_DATASET } from '../embedded-benchmark.ts'
import type { CandidateRun, HubField, MeasuredDataset } from '../hub/rank-ports.ts'

/** One text for each way to score: keys that make other numbers, and nothing else. */
export const scoringKey = (comparability: CandidateRun['comparability']): string =>
  JSON.stringify(
    Object.entries({ ...BEFORE, ...comparability })
      .filter(([key]) => !MAY_DIFFER.has(key))
      .sort(([left], [right]) => byCodeUnits(left, right)),
  )

/** Whether what is known of a way to score does not contradict another one; anonymised runs do not tell everything. */
export const agreesWith = (partial: CandidateRun['comparability'], key: string): boolean => {
  const full = new Map(JSON.parse(key) as [string, string][])
  return Object.entries(partial).every(([name, value]) => MAY_DIFFER.has(name) || full.get(name) === value)
}

/** What is asked for, and what decides where nothing is. */
export interface FieldWish {
  /** Ids given by the user. */
  readonly datasets: readonly string[]
  /** Of the hub's definition of the benchmark, and of this project. */
  readonly defined: readonly string[]
  readonly configured: string | null
}

interface Counted {
  readonly dataset: MeasuredDataset | null
  readonly projects: number
  readonly places: number
}

/**
 * The datasets of a leaderboard: those asked for, else those of the definition, else the project's, else the one most
 * projects have results on. Of each one version: the one most projects have results on.
 */
export const chooseDatasets = (
  wish: FieldWish,
  fields: readonly HubField[],
  own: readonly CandidateRun[],
): readonly (MeasuredDataset | null)[] => {
  const counted = [...fields, ...ownFields(own)].sort(byCount)
  const versionOf = (id: string): MeasuredDataset | undefined =>
    counted.find(({ dataset }) => dataset?.id === id)?.dataset ?? undefined
  const named = wish.datasets.length > 0 ? wish.datasets : wish.defined
  if (named.length > 0) {
    const found = [...new Set(named)].flatMap((id) => versionOf(id) ?? [])
    if (wish.datasets.length > 0 || found.length > 0) return found
  }
  const configured = wish.configured === null ? undefined : versionOf(wish.configured)
  if (configured && configured.id !== DEMONSTRATION_DATASET) return [configured]
  // The demonstration is not one of anybody's results.
  const [largest] = counted.filter(({ dataset }) => dataset?.id !== DEMONSTRATION_DATASET)
  return largest ? [largest.dataset] : []
}

const byCount = (left: Counted, right: Counted): number =>
  // What has a name can be measured by others too.
  Number(right.dataset !== null) - Number(left.dataset !== null) ||
  right.projects - left.projects ||
  right.places - left.places ||
  byCodeUnits(datasetText(right.dataset), datasetText(left.dataset)) ||
  byCodeUnits(JSON.stringify(left.dataset), JSON.stringify(right.dataset))

const ownFields = (own: readonly CandidateRun[]): readonly Counted[] => {
  const groups = new Map<string, CandidateRun[]>()
  for (const run of own) {
    const key = JSON.stringify(run.dataset)
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups.values()].map((runs) => ({
    dataset: runs[0]?.dataset ?? null,
    projects: new Set(runs.map(({ project }) => project)).size,
    places: runs.length,
  }))
}

/**
 * Runs that were scored alike, by dataset: as the newest own run was, else as most candidates were. The others are told,
 * not compared.
 */
export const scoredAlike = (
  runs: readonly CandidateRun[],
): { readonly alike: readonly CandidateRun[]; readonly others: readonly CandidateRun[] } => {
  const alike: CandidateRun[] = []
  const others: CandidateRun[] = []
  const byDataset = new Map<string, CandidateRun[]>()
  for (const run of runs) {
    const key = JSON.stringify(run.dataset)
    byDataset.set(key, [...(byDataset.get(key) ?? []), run])
  }
  for (const group of byDataset.values()) {
    const chosen = wayOf(group)
    for (const run of group) (scoringKey(run.comparability) === chosen ? alike : others).push(run)
  }
  return { alike, others }
}

const wayOf = (runs: readonly CandidateRun[]): string => {
  const own = runs
    .filter(({ origin }) => origin === 'own')
    .sort((left, right) => byCodeUnits(right.startedAt + right.runId, left.startedAt + left.runId))
  if (own[0]) return scoringKey(own[0].comparability)
  const counts = new Map<string, number>()
  for (const run of runs) {
    const key = scoringKey(run.comparability)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([left, of], [right, others]) => others - of || byCodeUnits(left, right))
  return most?.[0] ?? scoringKey({})
}
