import { expect, test } from 'vitest'
import { fromRunTexts, toRunTexts } from '../../../src/hub/documents/run-texts.ts'
import { hubRun, sharedPayload, testKey } from '../../support/hub-documents.ts'

const owner = testKey()
const like = (payload: Parameters<typeof sharedPayload>[0]) => hubRun(owner, { payload: sharedPayload(payload) })

test('documents come back as they were, keys in their order, and those that are none stay none', () => {
  const documents = [
    like({ label: 'first — "quoted"' }),
    null,
    like({ dataset: null, comparability: { '10': 'a', '9': '𝄞' } }),
    like({ samples: ['only one'], series: [] }),
  ]
  expect(JSON.stringify(fromRunTexts(toRunTexts(documents)))).toBe(JSON.stringify(documents))
})

test('a part that two have alike is one object, also where another comes between', () => {
  const other = { benchmark_type: 'other' }
  const [first, second, third] = fromRunTexts(toRunTexts([like({}), like({ comparability: other }), like({})]))
  expect(third?.payload.comparability).toBe(first?.payload.comparability)
  expect(second?.payload.comparability).toEqual(other)
  expect(second?.payload.series).toBe(first?.payload.series)
})
