import { expect, test } from 'vitest'
import { type Baseline, baselinePlaceWords, chooseBaseline } from '../../src/core/baseline.ts'

const at = (branch: string | null, label: string | null): Baseline => ({
  ...{ branch, label, runId: `${branch ?? '-'}/${label ?? '-'}`, setAt: '2026-11-23T10:15:02.000Z' },
})
const all = [at(null, null), at('main', null), at('main', 'nightly'), at(null, 'nightly')]

test('the most specific baseline is chosen: branch and label, branch, label, default', () => {
  const chosen = (branch: string | null, label: string | null): string | undefined =>
    chooseBaseline(all, { branch, label })?.runId
  expect(chosen('main', 'nightly')).toBe('main/nightly')
  expect(chosen('main', 'weekly')).toBe('main/-')
  expect(chosen('main', null)).toBe('main/-')
  expect(chosen('dev', 'nightly')).toBe('-/nightly')
  expect(chosen('dev', 'weekly')).toBe('-/-')
  expect(chosen(null, null)).toBe('-/-')
})

test('a baseline of another branch or label is never chosen', () => {
  expect(chooseBaseline([at('main', null), at(null, 'nightly')], { branch: 'dev', label: 'weekly' })).toBeNull()
  expect(chooseBaseline([at('main', 'nightly')], { branch: 'main', label: null })).toBeNull()
  expect(chooseBaseline([], { branch: null, label: null })).toBeNull()
})

test('places in words', () => {
  expect(all.map(baselinePlaceWords)).toEqual([
    'the project',
    'branch main',
    'branch main, label nightly',
    'label nightly',
  ])
})
