import { posix } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { below, datasetPathFault, datasetPathFaults, sourcesOf } from '../../../src/core/hub/dataset-files.ts'

test('a path without fault stays inside, whatever it is', () => {
  const part = fc.oneof(
    fc.constantFrom('..', '.', '', 'a', 'C:', '~', '\\', '\u0000', '/'),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const path = parts.join('/')
      if (datasetPathFault(path) !== null) return
      expect(posix.normalize(posix.join('/data/set', path))).toBe(`/data/set/${path}`)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ...['.git/config', 'reads/.git/hooks/post-checkout', 'a/.GIT/config', 'git~1/config', '.g\u200cit/config', '.envrc'],
  ...[
    'CON',
    'reads/nul.txt',
    'a.txt:stream',
    'reads./a',
    'a ',
    'dataset.yaml',
    'a/../b',
    '/etc/passwd',
    'C:/x',
    'a\\b',
  ],
])('%j is no path of a dataset', (path) => expect(datasetPathFault(path)).not.toBeNull())

test.each(['reads/S1_R1.fastq.gz', 'truth/Große Probe (1).tsv', 'a..b', 'console.txt'])('%j is one', (path) =>
  expect(datasetPathFault(path)).toBeNull(),
)

test('names that some file systems take for one, and files that are folders too', () => {
  expect(datasetPathFaults(['a', 'b/c', 'b/d'])).toEqual([])
  expect(datasetPathFaults(['A', 'a'])).toHaveLength(1)
  expect(datasetPathFaults(['\u00e9', 'e\u0301'])).toHaveLength(1)
  expect(datasetPathFaults(['a', 'a/b'])).toEqual(['"a/b" stands in what is a file itself.'])
})

test('sources in the order they are tried; names are escaped in addresses only', () => {
  const file = { path: 'r/a b#.fq', sources: ['https://x.org/1', 'old/a.fq', '../evil'] }
  expect(sourcesOf(file, ['/nas/set', 'https://y.org/set/', 's3://b/set'], '/data/doc')).toEqual([
    '/nas/set/r/a b#.fq',
    '/nas/set/old/a.fq',
    'https://y.org/set/r/a%20b%23.fq',
    'https://y.org/set/old/a.fq',
    's3://b/set/r/a b#.fq',
    's3://b/set/old/a.fq',
    'https://x.org/1',
    '/data/doc/old/a.fq',
    '/data/doc/r/a b#.fq',
  ])
  expect(below('file:///nas/x', 'ä')).toBe('file:///nas/x/%C3%A4')
})
