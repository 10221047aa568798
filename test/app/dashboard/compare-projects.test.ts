import { expect, test } from 'vitest'
import { compareProjects } from '../../../src/app/dashboard/compare-projects.ts'
import type { BoardModel } from '../../../src/core/dashboard/board-model.ts'
import { Problem } from '../../../src/core/problem.ts'

/** A leaderboard with these projects on it, and others without a place. */
const board = (dataset: string, projects: readonly string[], unranked: readonly string[] = []): BoardModel =>
  ({
    ...{ category: 'amr-detection', dataset: { id: dataset, version: '1', labels: null } },
    entries: projects.map((project) => ({ project, pipeline: 'kma', newest: '2026-11-01', run_id: project })),
    unranked: unranked.map((project) => ({ project, pipeline: 'kma' })),
  }) as unknown as BoardModel

const refusal = (boards: readonly BoardModel[], projectA: string, projectB: string, metric: string | null = null) => {
  try {
    compareProjects({ boards, compared: () => null }, { projectA, projectB, metric })
  } catch (error) {
    if (error instanceof Problem) return [error.code, error.message, ...error.hints].join(' ')
    throw error
  }
  throw new Error('Nothing was refused')
}

test('projects without a dataset in common, or without a place, have nothing to compare', () => {
  const boards = [board('farm', ['one']), board('gut', ['two'], ['three'])]
  expect(refusal(boards, 'one', 'two')).toMatch(/^E_NO_BASE one and two .* same dataset/)
  expect(refusal(boards, 'three', 'two')).toMatch(/^E_NO_BASE three and two/)
  expect(refusal(boards, 'one', 'tow')).toMatch(/^E_NOT_FOUND There is no project named "tow".*Did you mean "two"/)
  expect(refusal([], 'one', 'two')).toMatch(/^E_NOT_FOUND/)
  expect(refusal([board('farm', ['one', 'two'])], 'one', 'two')).toMatch(/^E_NO_BASE .*are not kept/)
  expect(refusal(boards, 'one', 'two', 'sensitivty:gene')).toMatch(/^E_NOT_FOUND There is no metric named "sensitivty"/)
})
