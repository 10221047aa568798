import type { RankedField } from '../../../app/rank/rank-category.ts'
import type { Basis, Candidate } from '../../../core/ranking/observation.ts'
import type { Standing } from '../../../core/ranking/rank-candidates.ts'

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

interface FieldOf {
  hub: string | null
  synced_at: string | null
  datasets: string[]
}

/** A candidate as documents name it. */
export const candidateOf = ({ project, pipeline, version, params }: Candidate): Mutable<Candidate> => ({
  project,
  pipeline,
  version,
  params: { ...params },
})

/** Where the results are from. */
export const fieldOf = ({ hub, syncedAt, datasets }: RankedField): FieldOf => ({
  hub,
  synced_at: syncedAt,
  datasets: [...datasets],
})

export const trustOf = (trust: Standing['trust']): { trust: string; runs: number }[] =>
  trust.map(({ trust: state, runs }) => ({ trust: state, runs }))

export const basisDocument = (basis: Basis): Omit<Basis, 'warnings'> & { warnings: string[] } => ({
  ...basis,
  warnings: [...basis.warnings],
})
