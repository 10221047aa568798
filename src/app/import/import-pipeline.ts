import type { Pipeline } from '../../core/pipeline.ts'
import { Problem } from '../../core/problem.ts'
import type { ProjectConfig } from '../../core/project-config.ts'
import { choosePipelines } from '../choose-inputs.ts'
import type { ConfigSource } from '../ports.ts'

/** A file of the folder, or one for each sample with `{sample}`, and how it is read. */
export interface OutputPattern {
  readonly path: string
  readonly format: string
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/**
 * The pipeline whose outputs a folder holds: of the configuration, of the catalogue, or, when its outputs are named
 * beside it, any other. Throws `E_NOT_FOUND` with suggestions.
 */
export const choosePipeline = (
  source: ConfigSource,
  config: ProjectConfig,
  name: string,
  outputs: readonly OutputPattern[],
): Pipeline => {
  const declared = findDeclared(source, config, name, outputs.length > 0)
  if (declared !== null) return outputs.length > 0 ? { ...declared, outputs: [...outputs] } : declared
  if (!NAME.test(name))
    throw new Problem('E_USAGE', `"${name}" cannot be the name of a pipeline.`, {
      hints: ['Letters, digits, dot, dash and underscore, beginning with a letter or digit.'],
    })
  return unknownPipeline(name, config.project.type, outputs)
}

const findDeclared = (
  source: ConfigSource,
  config: ProjectConfig,
  name: string,
  mayBeNew: boolean,
): Pipeline | null => {
  try {
    return choosePipelines(source, config, [name])[0] ?? null
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'E_NOT_FOUND') throw error
    if (mayBeNew) return null
    throw new Problem('E_NOT_FOUND', error.message, {
      findings: error.findings,
      hints: [...error.hints, 'A pipeline that is not declared needs its outputs: --prediction PATH --format ID.'],
    })
  }
}

const unknownPipeline = (name: string, benchmarkType: string, outputs: readonly OutputPattern[]): Pipeline => ({
  name,
  title: name,
  version: null,
  homepage: null,
  benchmarkTypes: [benchmarkType],
  command: { kind: 'argv', words: [] },
  scope: outputs.some(({ path }) => path.includes('{sample}')) ? 'sample' : 'dataset',
  needs: [],
  cwd: 'project',
  env: {},
  stdout: null,
  outputs: [...outputs],
  databases: {},
  configFile: null,
  parameterSets: [{}],
  versionProbe: null,
  requires: [],
  resources: { cpus: 1, memoryBytes: null },
  timeoutMs: null,
  source: 'benchmark import',
})
