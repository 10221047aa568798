import type { Dataset } from '../core/dataset.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { nearest, Problem, problemOf, type Finding } from '../core/problem.ts'
import type { ProjectConfig } from '../core/project-config.ts'
import type { Sample } from '../core/sample.ts'
import { type Capacity, exceeds } from '../core/schedule/admission.ts'
import { countExecutions } from '../core/schedule/matrix.ts'
import { unfetchedFiles, usableDataset } from './list-datasets.ts'
import type { ConfigSource, Files, ToolProbe } from './ports.ts'

/** The dataset of `--dataset` or, without `--input`, of the configuration; null when there is none. */
export const chooseDataset = (
  source: ConfigSource,
  config: ProjectConfig,
  request: { readonly dataset?: string; readonly input?: string },
  elsewhere: ReadonlyMap<string, { readonly hub: string }> = new Map(),
): Dataset | null => {
  const name = request.dataset ?? (request.input === undefined ? config.dataset : null)
  if (name === null || name === undefined) return null
  return usableDataset(source, name, elsewhere)
}

/** Throws for a dataset whose files are described here but not fetched. */
export const refuseUnfetched = (dataset: Dataset, files: Pick<Files, 'exists'>): void => {
  const missing = unfetchedFiles(dataset, files)
  if (missing.length === 0) return
  throw new Problem(
    'E_NOT_FOUND',
    `${missing.length} of ${dataset.files.length} files of the dataset "${dataset.id}" are not here.`,
    { hints: [`Fetch them with: benchmark dataset fetch ${dataset.id}`] },
  )
}

/** The samples of the sheet, or those of `--sample` in the sheet's order. */
export const chooseSamples = (all: readonly Sample[], wanted: readonly string[] | undefined): readonly Sample[] => {
  if (wanted === undefined || wanted.length === 0) return all
  const byId = new Map(all.map((sample) => [sample.id, sample]))
  const unknown: Finding[] = wanted
    .filter((id) => !byId.has(id))
    .map((id) => ({
      message: `There is no sample "${id}".`,
      hint: `nearest: ${nearest(id, byId.keys()).join(', ') || 'none'}`,
    }))
  if (unknown.length > 0) throw problemOf('E_NOT_FOUND', 'Unknown samples in --sample.', unknown)
  return all.filter((sample) => wanted.includes(sample.id))
}

/** The pipelines of `--pipelines`, as configured or else from the catalogue; without it those of the configuration. */
export const choosePipelines = (
  source: ConfigSource,
  config: ProjectConfig,
  wanted: readonly string[] | undefined,
): readonly Pipeline[] => {
  if (wanted === undefined || wanted.length === 0) {
    if (config.pipelines.length > 0) return config.pipelines
    throw new Problem('E_USAGE', 'No pipelines to run.', {
      hints: [
        'Pass --pipelines kma,resfinder or list them under `pipelines:` of the configuration.',
        'benchmark pipeline list shows what there is.',
      ],
    })
  }
  const catalogue = source.catalogue()
  const findings: Finding[] = []
  const chosen = wanted.flatMap((name) => {
    const configured = config.pipelines.filter((pipeline) => pipeline.name === name)
    if (configured.length > 0) return configured
    const builtIn = catalogue.get(name)
    if (builtIn) return [builtIn]
    const near = nearest(name, [...catalogue.keys(), ...config.pipelines.map((pipeline) => pipeline.name)])
    findings.push({
      message: `There is no pipeline "${name}".`,
      ...(near.length > 0 ? { hint: `did you mean ${near.join(' or ')}?` } : {}),
    })
    return []
  })
  if (findings.length > 0)
    throw problemOf('E_NOT_FOUND', 'Unknown pipelines.', findings, ['benchmark pipeline list shows what there is.'])
  return [...new Set(chosen)]
}

/** The pipeline with its version, asked from the tool where none is declared. */
export const withVersion = async (tools: ToolProbe, pipeline: Pipeline): Promise<Pipeline> => {
  if (pipeline.version !== null || pipeline.versionProbe === null) return pipeline
  return { ...pipeline, version: await tools.version(pipeline.versionProbe.words, pipeline.versionProbe.pattern) }
}

/** Throws when a pipeline asks for more than this machine has: it could only fail, after hours perhaps. */
export const refuseTooBig = (pipelines: readonly Pipeline[], capacity: Capacity): void => {
  const findings = pipelines.flatMap((pipeline): Finding[] => {
    const why = exceeds(pipeline.resources, capacity)
    return why === null
      ? []
      : [{ message: `${pipeline.name} ${why}`, hint: 'lower `resources:` of the pipeline if it really needs less' }]
  })
  if (findings.length > 0)
    throw problemOf('E_CONFIG', 'This machine is too small for what the pipelines ask for.', findings)
}

/** A plan is held in memory, stored and shown as a whole. One execution after the other, these take a day at a second each. */
const MOST_EXECUTIONS = 100_000

/** Throws when a plan would have more executions than can be planned, before it is made. */
export const refuseTooMany = (request: Parameters<typeof countExecutions>[0]): void => {
  const count = countExecutions(request)
  if (count <= MOST_EXECUTIONS) return
  const { pipelines, samples, repeats, warmup } = request
  const sets = pipelines.reduce((sum, { parameterSets }) => sum + parameterSets.length, 0)
  throw new Problem('E_USAGE', `This would be ${count} executions; a run has ${MOST_EXECUTIONS} at most.`, {
    hints: [
      `Pipelines with their parameter sets: ${sets}, samples: ${samples.length}, repeats: ${repeats}, warm-ups: ${warmup}.`,
      'Lower --repeats, or make several runs: --sample and --pipelines choose a part.',
    ],
  })
}
