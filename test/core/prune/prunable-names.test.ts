import { describe, expect, test } from 'vitest'
import {
  isContent,
  isContentFolder,
  isTemporary,
  ownName,
  runOfOutputs,
  setAsideName,
} from '../../../src/core/prune/prunable-names.ts'

const SHA = 'ab'.padEnd(64, '0')

describe('names of what this program leaves', () => {
  test('a temporary file is one that was being written beside its place', () => {
    for (const name of ['.metadata.json.4711.0.tmp', '.x.1.2.tmp']) expect(isTemporary(name)).toBe(true)
    for (const name of ['metadata.json', 'a.tmp', '.a.tmp', '.1.2.tmp', 'x.1.2.tmp', '.metadata.json.4711.0.tmp.gz'])
      expect(isTemporary(name)).toBe(false)
  })

  test('content stands under its digest in the folder of its first digits', () => {
    for (const name of [SHA, `${SHA}.01234567-0-12.part`, `${SHA}.01234567-4711-0.part.json`])
      expect(isContent('ab', name)).toBe(true)
    for (const name of [`${SHA}.gz`, SHA.slice(1), `${SHA}.part`, 'notes', `${SHA}.01234567-1-0.part.old`])
      expect(isContent('ab', name)).toBe(false)
    expect(isContent('cd', SHA)).toBe(false)
    expect(['ab', '0f', 'AB', 'abc', 'hubs', '.'].map(isContentFolder)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  test('what is set aside has another name, and gets its own back', () => {
    expect(setAsideName('001-kma-S1-r1')).not.toBe('001-kma-S1-r1')
    expect(ownName(setAsideName('001-kma-S1-r1'))).toBe('001-kma-S1-r1')
    expect(ownName('001-kma-S1-r1')).toBe('001-kma-S1-r1')
  })

  test('the run of an output is told by the path alone', () => {
    expect(runOfOutputs('/p/.benchmark/results/20261123t101502z-k3f9x2/outputs/001-kma-S1-r1/kma.res')).toBe(
      '20261123t101502z-k3f9x2',
    )
    for (const path of ['/p/outputs/kma.res', '20261123t101502z-k3f9x2/logs/x', 'kma.res', ''])
      expect(runOfOutputs(path)).toBeNull()
  })
})
