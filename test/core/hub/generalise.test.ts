import { describe, expect, test } from 'vitest'
import { newAnonymousId } from '../../../src/core/hub/anonymous-id.ts'
import * as general from '../../../src/core/hub/generalise.ts'
import { checkGroup, type Traits } from '../../../src/core/hub/group-size.ts'
import { HUB_RUN_ID } from '../../../src/core/hub/names.ts'
import { hasLocalPath } from '../../../src/core/hub/path-text.ts'
import { RUN_ID_PATTERN } from '../../../src/core/run-id.ts'

test.each([
  ['AMD EPYC 7763 64-Core Processor', 'AMD EPYC'],
  ['AMD Ryzen 9 5950X 16-Core Processor', 'AMD Ryzen'],
  ['Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz', 'Intel Xeon'],
  ['Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz', 'Intel Core'],
  ['Apple M2 Max', 'Apple'],
  ['Neoverse-N1', 'Arm Neoverse'],
  ['prototype of the institute', 'other'],
  [null, null],
])('processor %s is of the family %s', (model, family) => {
  expect(general.cpuFamily(model)).toBe(family)
})

test.each([
  ['Debian GNU/Linux 12 (bookworm)', 'Debian 12'],
  ['Ubuntu 22.04.4 LTS', 'Ubuntu 22'],
  ['Rocky Linux 8.9 (Green Obsidian)', 'Rocky Linux 8'],
  ['Red Hat Enterprise Linux 9.3 (Plow)', 'Red Hat Enterprise Linux 9'],
  ['Arch Linux', 'Arch Linux'],
  ['Darwin', 'Darwin'],
  ['HospitalOS 7', 'other'],
  [null, null],
])('system %s becomes %s', (os, name) => {
  expect(general.systemName(os)).toBe(name)
})

test.each([
  [1, 1],
  [6, 8],
  [12, 16],
  [96, 128],
  [33_000_000_000, 2 ** 35],
  [0, null],
  [null, null],
])('%s becomes the power of two %s', (amount, power) => {
  expect(general.powerOfTwo(amount)).toBe(power)
})

test.each([
  [0.9375123, 3, 0.938],
  [104_857_600, 3, 105_000_000],
  [-1.2345e-7, 2, -1.2e-7],
  [0, 3, 0],
  [-0, 3, 0],
  [Number.MAX_VALUE, 3, Number.MAX_VALUE],
])('%d with %d digits is %d', (value, digits, made) => {
  expect(general.rounded(value, digits)).toBe(made)
})

test.each([
  ['universe', 'dataset', true],
  ['universe', 'list:hospital', false],
  ['min_identity', '90', true],
  ['ranks', 'genus,species', true],
  ['ranks', 'genus,mine', false],
  ['scoring_rules', 'amr/2', true],
  ['truth', 'c'.repeat(64), false],
  ['samples', 'c'.repeat(64), false],
  ['vocabulary', 'aro:c0ffee', false],
  ['metric_version:sensitivity', '2', true],
  ['metric_version:sensitivity', 'mine', false],
  ['metric_version:mine', '2', false],
  ['mine', 'none', false],
])('comparability %s=%s is common: %s', (key, value, common) => {
  expect(general.isCommonKey(key, value)).toBe(common)
})

test.each([
  ['/data/db', true],
  ['~/db', true],
  ['../db', true],
  ['--db=/data/db', true],
  [String.raw`C:\data`, true],
  [String.raw`\\server\share`, true],
  ['file:///data', true],
  ['https://example.org/a/b', false],
  ['card', false],
  ['a/b', false],
  ['1/2', false],
  ['> 0.5', false],
])('%s holds a path of this machine: %s', (text, holds) => {
  expect(hasLocalPath(text)).toBe(holds)
})

test('a random id is none of a run, and all of it is random', () => {
  const id = newAnonymousId((count) => Uint8Array.from({ length: count }, (_, index) => index * 7))
  expect(id).toMatch(HUB_RUN_ID)
  expect(id).not.toMatch(RUN_ID_PATTERN)
  expect(id).toHaveLength(26)
})

describe('groups', () => {
  const traits: Traits = {
    cpuFamily: 'AMD EPYC',
    cpus: 8,
    memoryBytes: 2 ** 35,
    gpu: null,
    os: 'Debian 12',
    benchmarkType: 'amr-detection',
    dataset: null,
  }
  const others = (same: number, alike: number) => (asked: Traits) => (asked.cpuFamily === null ? alike : same)
  test.each([
    [4, 4, 'as-is', 5],
    [3, 9, 'without-hardware', 10],
    [3, 3, 'held', 4],
    [0, 0, 'held', 1],
  ])('%d others alike, %d without the machine: %s', (same, alike, outcome, groupSize) => {
    expect(checkGroup(traits, others(same, alike), 5)).toEqual({ outcome, groupSize })
  })
})
