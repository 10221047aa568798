import type { RankedField } from '../../app/rank/rank-category.ts'
import type { Basis, Candidate } from '../../core/ranking/observation.ts'
import type { Standing } from '../../core/ranking/rank-candidates.ts'

/** A candidate as documents name it. */
export const candidateOf = ({ project, pipeline, version, params }: Candidate) => ({
  project,
  pipeline,
  version,
  params: { ...params },
})

/** Where the results are from. */
export const fieldOf = ({ hub, syncedAt, datasets }: RankedField) => ({
  hub,
  synced_at: syncedAt,
  datasets: [...datasets],
})

export const trustOf = (trust: Standing['trust']) => trust.map(({ trust: state, runs }) => ({ trust: state, runs }))

export const basisDocument = (basis: Basis) => ({ ...basis, warnings: [...basis.warnings] })
