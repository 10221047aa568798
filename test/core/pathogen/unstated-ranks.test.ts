import { expect, test } from 'vitest'
import type { SampleProfile } from '../../../src/core/profile/profile.ts'
import { UNSTATED_RANK } from '../../../src/core/profile/ranks.ts'
import { absent, present, scoring, truthOf, valueOf } from './pathogen-case.ts'

const table = (...taxids: readonly string[]): SampleProfile => ({
  ranks: [],
  taxa: taxids.map((taxid) => ({ taxid, rank: UNSTATED_RANK, path: [taxid], percentage: 10, count: 10 })),
})

test('taxa of a table without ranks have those of the truth, and retired taxids those of the current ones', () => {
  const truth = truthOf({ S1: [present('12'), ...absent('13', '14')] })
  const merged = { digest: 'd', pairs: [['9', '12']] as const }
  const scored = scoring(truth, { S1: table('9', '13', '99') }, { merged })
  expect(['sensitivity', 'precision', 'off_panel_calls'].map((metric) => valueOf(scored, 'S1', metric))).toEqual([
    1, 0.5, 1,
  ])
})

test('taxa that could be of any rank are no calls, with a warning', () => {
  const truth = truthOf({ S1: [present('12'), ...absent('13')] })
  const scored = scoring(truth, { S1: table('12', '1', '99') })
  expect(valueOf(scored, 'S1', 'off_panel_calls')).toBe(1)
  const mixed = scoring(truthOf({ S1: [present('12', { lineage: { genus: '11' } })] }), { S1: table('12', '11', '99') })
  expect(valueOf(mixed, 'S1', 'true_positives')).toBe(1)
  expect(mixed.warnings[0]).toContain('they could be of any rank: they are no calls.')
})
