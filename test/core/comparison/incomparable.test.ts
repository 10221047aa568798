import { expect, test } from 'vitest'
import { incomparable } from '../../../src/core/comparison/difference.ts'
import { aRun } from '../../support/run-builder.ts'

const keyed = (comparability: Readonly<Record<string, string>>) => aRun({ comparability })

test('a run from before there was a vocabulary is comparable with one without, and with no other', () => {
  const before = keyed({ truth: 'a' })
  expect(incomparable(before, keyed({ truth: 'a', vocabulary: 'none' }))).toEqual([])
  expect(incomparable(keyed({ truth: 'a', vocabulary: 'none' }), before)).toEqual([])
  expect(incomparable(before, keyed({ truth: 'a', vocabulary: 'ontology:aro:1' }))).toEqual(['vocabulary'])
  expect(incomparable(before, keyed({ truth: 'b', universe: 'panel' }))).toEqual(['truth', 'universe'])
})
