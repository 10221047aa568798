import { type Pipeline } from '../../src/core/pipeline.ts'
import { type Sample } from '../../src/core/sample.ts'

/** A pipeline that runs `true` on every sample; give what matters to the test. */
export const pipelineWith = (given: Partial<Pipeline> & { readonly name: string }): Pipeline => ({
  title: given.name,
  version: null,
  homepage: null,
  benchmarkTypes: ['amr-detection'],
  command: { kind: 'argv', words: ['true'] },
  scope: 'sample',
  needs: [],
  cwd: 'project',
  env: {},
  stdout: null,
  outputs: [],
  databases: {},
  configFile: null,
  parameterSets: [{}],
  versionProbe: null,
  requires: [],
  resources: { cpus: 1, memoryBytes: null },
  timeoutMs: null,
  source: 'test',
  ...given,
})

export const sampleWith = (id: string, files: Partial<Sample['files']> = {}): Sample => ({
  id,
  group: null,
  files: { reads1: null, reads2: null, fasta: null, ...files },
})
