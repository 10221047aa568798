import { expect, test } from 'vitest'
import { createHubCatalogue } from '../../src/app/hub/hub-catalogue.ts'
import { findDataset, listDatasets, usableDataset } from '../../src/app/list-datasets.ts'
import type { Dataset } from '../../src/core/dataset.ts'
import { newBenchmarkDocuments } from '../../src/core/hub/benchmark-definitions.ts'
import { benchmarkPath, datasetPath } from '../../src/core/hub/layout.ts'
import { createHubDocuments } from '../../src/hub/documents/hub-documents.ts'

const signatures = [{ key_id: 'a'.repeat(26), sig: 'A'.repeat(86) }]
const documents = createHubDocuments()
const described = (id: string, version = '1') => ({
  schema: 'benchmark.hub-dataset/1',
  id,
  title: id,
  description: null,
  dataset_version: version,
  version: 1,
  benchmark_type: 'amr-detection',
  licence: null,
  source: null,
  labels: 'inserted',
  samples: 1,
  samplesheet: 's.csv',
  truth: null,
  files: [{ path: 's.csv', sha256: 'a'.repeat(64), bytes: 1, sources: ['s.csv'] }],
  signatures,
})
const registry = (url: string, files: readonly (readonly [string, object])[]) => ({
  url,
  registryFiles: (prefix: string) =>
    files.filter(([path]) => path.startsWith(prefix)).map(([path, body]) => ({ path, bytes: documents.bytes(body) })),
})
const own = (id: string): Dataset => ({
  id,
  title: id,
  version: 'own',
  benchmarkType: 'amr-detection',
  licence: null,
  source: null,
  labels: null,
  description: null,
  samplesheet: `/p/.benchmark/datasets/${id}/s.csv`,
  truth: null,
  files: [{ path: '/p/gone', sha256: null, bytes: null, sources: ['https://x.org/gone'] }],
  root: `/p/.benchmark/datasets/${id}`,
  fetched: null,
  file: `/p/.benchmark/datasets/${id}/dataset.yaml`,
})

const [definition] = newBenchmarkDocuments()
const hub = createHubCatalogue(
  [
    registry('https://one.org/hub', [
      [datasetPath('gut'), described('gut', 'of one')],
      [datasetPath('mine'), described('mine')],
      [datasetPath('wrong'), described('other')],
      [datasetPath('broken'), { schema: 'benchmark.hub-dataset/1' }],
      [benchmarkPath('amr-detection'), { ...definition, signatures }],
    ]),
    registry('https://two.org/hub', [
      [datasetPath('gut'), described('gut', 'of two')],
      [datasetPath('soil'), described('soil')],
    ]),
  ],
  documents,
)
const deps = {
  root: '/p',
  config: { datasets: () => new Map([['mine', own('mine')]]) },
  files: { exists: () => false },
  hub,
}

test('datasets of hubs are listed beside those of the project, which win; the first hub wins over the second', () => {
  expect(
    listDatasets(deps).map(({ id, version, from }) => [id, version, from.kind, from.address, from.fetched]),
  ).toEqual([
    ['gut', 'of one', 'hub', 'https://one.org/hub', false],
    ['mine', 'own', 'project', null, false],
    ['soil', '1', 'hub', 'https://two.org/hub', false],
  ])
  expect(findDataset(deps, 'soil')).toMatchObject({ file: null, samplesheet: 's.csv' })
  expect([...hub.benchmarks().keys()]).toEqual(['amr-detection'])
})

test('documents that cannot be used are told, and the others stay', () => {
  expect(hub.faults()).toHaveLength(2)
  expect(hub.faults()[0]).toContain('registry/datasets/')
})

test('a dataset that is only registered says how to fetch it', () => {
  expect(() => usableDataset(deps.config, 'soil', hub.datasets())).toThrow(
    expect.objectContaining({ code: 'E_NOT_FOUND', hints: ['Fetch it with: benchmark dataset fetch soil'] }) as Error,
  )
  expect(() => usableDataset(deps.config, 'soill', hub.datasets())).toThrow(
    expect.objectContaining({ hints: expect.arrayContaining(['Did you mean "soil"?']) as string[] }) as Error,
  )
  expect(usableDataset(deps.config, 'mine', hub.datasets()).version).toBe('own')
})
