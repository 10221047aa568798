import { expect, test } from 'vitest'
import { DEMONSTRATION_LABEL, embeddedBenchmark } from '../../src/app/embedded-benchmark.ts'
import type { Dataset } from '../../src/core/dataset.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'

const dataset: Dataset = {
  id: 'amr-embedded',
  title: '',
  version: '1.0.0',
  benchmarkType: 'amr-detection',
  licence: null,
  source: null,
  labels: 'inserted',
  description: null,
  samplesheet: '/package/samples.csv',
  truth: '/package/truth.tsv',
  files: [],
  root: '/package',
  fetched: null,
  file: '/package/dataset.yaml',
}
const pipeline = (name: string, change: Partial<Pipeline> = {}): Pipeline => ({
  name,
  title: name,
  version: '1',
  homepage: null,
  benchmarkTypes: ['amr-detection'],
  command: { kind: 'argv', words: [name, '{fasta}'] },
  scope: 'sample',
  needs: ['fasta'],
  cwd: 'work',
  env: {},
  stdout: null,
  outputs: [],
  databases: {},
  configFile: null,
  parameterSets: [{}],
  versionProbe: null,
  requires: [name],
  resources: { cpus: 1, memoryBytes: null },
  timeoutMs: null,
  source: 'test',
  ...change,
})
const own = ['embedded_contigs', 'embedded_contigs_strict', 'embedded_reads'].map((name) =>
  pipeline(name, { requires: [] }),
)
const catalogue = [
  ...own,
  pipeline('zebra'),
  pipeline('aardvark'),
  pipeline('absent'),
  pipeline('workflow', { scope: 'dataset' }),
  pipeline('assembler', { benchmarkTypes: ['assembly-quality'] }),
  pipeline('needy', { command: { kind: 'argv', words: ['needy', '{db:card}'] } }),
  pipeline('embedded_needy', { requires: ['needy'] }),
  pipeline('embedded_zebra', { requires: ['zebra'] }),
  pipeline('embedded_absent', { requires: ['absent'] }),
  pipeline('served', {
    command: { kind: 'argv', words: ['served', '{db:card}'] },
    databases: { card: '/data/card' },
  }),
]
const deps = (datasets: readonly Dataset[] = [dataset]): Parameters<typeof embeddedBenchmark>[0] => ({
  config: {
    catalogue: () => new Map(catalogue.map((entry) => [entry.name, entry])),
    datasets: () => new Map(datasets.map((entry) => [entry.id, entry])),
  },
  tools: { which: (program) => (program === 'absent' ? null : `/bin/${program}`) },
})

test('quick: the three embedded pipelines, nothing cached, labelled as a demonstration, with data named outright', () => {
  const { request, leftOut } = embeddedBenchmark(deps(), { quick: true })
  expect(request).toMatchObject({
    dataset: 'amr-embedded',
    input: '/package/samples.csv',
    truth: '/package/truth.tsv',
    pipelines: own.map(({ name }) => name),
    useCache: false,
    repeats: 1,
    warmup: 0,
    tags: ['demonstration'],
    warnings: [DEMONSTRATION_LABEL],
  })
  expect(leftOut).toEqual([])
})

test('otherwise every AMR pipeline for single samples joins that has its programs and databases, others with the reason', () => {
  const { request, leftOut } = embeddedBenchmark(deps(), { quick: false })
  // embedded_needy stands in for needy, whose database is missing; zebra needs no stand-in.
  expect(request.pipelines).toEqual([...own.map(({ name }) => name), 'aardvark', 'embedded_needy', 'served', 'zebra'])
  expect(leftOut).toEqual([
    { pipeline: 'absent', why: 'absent not installed' },
    { pipeline: 'needy', why: 'no database card' },
  ])
})

test('an installation without its data says so', () => {
  expect(() => embeddedBenchmark(deps([]), { quick: true })).toThrow(/embedded dataset is not where/)
})
