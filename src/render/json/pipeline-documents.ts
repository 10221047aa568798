import type { CheckResult } from '../../app/check-pipelines.ts'
import { missingDatabases } from '../../core/command-line.ts'
import type { Pipeline } from '../../core/pipeline.ts'
import type { PipelineCheckDocument } from '../../generated/pipeline-check.ts'
import type { PipelineDetailsDocument } from '../../generated/pipeline-details.ts'
import type { PipelineListDocument } from '../../generated/pipeline-list.ts'

/** The JSON of `benchmark pipeline list`. */
export const toPipelineListDocument = (
  pipelines: readonly Pipeline[],
  configured: ReadonlySet<string>,
): PipelineListDocument => ({
  schema: 'benchmark.pipeline-list/1',
  pipelines: pipelines.map((pipeline) => ({
    name: pipeline.name,
    title: pipeline.title,
    version: pipeline.version,
    benchmark_types: [...pipeline.benchmarkTypes],
    scope: pipeline.scope,
    needs: [...pipeline.needs],
    parameter_sets: pipeline.parameterSets.length,
    configured: configured.has(pipeline.name),
    source: pipeline.source,
  })),
})

/** The JSON of `benchmark pipeline show`. */
export const toPipelineDetailsDocument = (pipeline: Pipeline): PipelineDetailsDocument => {
  const { command } = pipeline
  return {
    schema: 'benchmark.pipeline-details/1',
    name: pipeline.name,
    title: pipeline.title,
    version: pipeline.version,
    homepage: pipeline.homepage,
    install: pipeline.install ?? null,
    focus: pipeline.focus ?? null,
    benchmark_types: [...pipeline.benchmarkTypes],
    command: {
      kind: command.kind,
      words: command.kind === 'argv' ? [...command.words] : null,
      shell: command.kind === 'shell' ? command.shell : null,
      script: command.kind === 'shell' ? command.script : null,
    },
    scope: pipeline.scope,
    needs: [...pipeline.needs],
    cwd: pipeline.cwd,
    env: pipeline.env,
    stdout: pipeline.stdout,
    outputs: pipeline.outputs.map(({ format, path, columns, optional }) => ({
      format,
      path,
      columns: columns ?? null,
      optional: optional ?? false,
    })),
    databases: pipeline.databases,
    missing_databases: [...missingDatabases(pipeline)],
    config: pipeline.configFile,
    parameter_sets: [...pipeline.parameterSets],
    output_tree: pipeline.outputTree ?? null,
    samplesheet: pipeline.samplesheet ?? null,
    requires: [...pipeline.requires],
    resources: { cpus: pipeline.resources.cpus, memory_bytes: pipeline.resources.memoryBytes },
    timeout_seconds: pipeline.timeoutMs === null ? null : pipeline.timeoutMs / 1000,
    source: pipeline.source,
  }
}

/** The JSON of `benchmark pipeline check`. */
export const toPipelineCheckDocument = ({ checks }: CheckResult): PipelineCheckDocument => ({
  schema: 'benchmark.pipeline-check/1',
  ready: checks.every(({ ready }) => ready),
  pipelines: checks.map(({ pipeline, ready, version, programs, databases, problems }) => ({
    name: pipeline.name,
    params: [...pipeline.parameterSets],
    ready,
    version,
    programs: [...programs],
    databases: databases.map(({ name, path, tried }) => ({ name, path, tried: [...tried] })),
    problems: [...problems],
  })),
})
