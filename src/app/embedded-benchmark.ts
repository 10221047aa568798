import { missingDatabases } from '../core/command-line.ts'
import type { Dataset } from '../core/dataset.ts'
import type { Pipeline } from '../core/pipeline.ts'
import type { Evaluation } from '../core/plan.ts'
import { Problem } from '../core/problem.ts'
import type { RunRequest } from './plan-run.ts'
import type { ConfigSource, ToolProbe } from './ports.ts'

/** Shown wherever results of the embedded benchmark are: its numbers must not be taken for findings. */
export const DEMONSTRATION_LABEL =
  'Demonstration, not science: a few real resistance genes on random background. It shows that everything works ' +
  'and what typical errors look like; the scores say nothing about real samples.'

export const DEMONSTRATION_DATASET = 'amr-embedded'
const STAND_IN = 'embedded_'
const OWN_PIPELINES = ['embedded_contigs', 'embedded_contigs_strict', 'embedded_reads']

// The constraints and metrics of a project are about its own data.
const EVALUATION: Evaluation = {
  metrics: ['sensitivity', 'precision', 'f1_score', 'specificity'].map((metric) => ({ metric, level: 'gene' })),
  priority: {},
  primary: null,
  constraints: { maxRuntimeSeconds: null, maxMemoryBytes: null, minimums: {}, maximums: {} },
}

/** What to run, and which pipelines of the catalogue cannot be run here. */
export interface EmbeddedBenchmark {
  readonly request: RunRequest
  readonly leftOut: readonly { readonly pipeline: string; readonly why: string }[]
}

/**
 * The benchmark on the bundled data: the embedded pipelines, which need no tools, and unless `quick` every pipeline of
 * the catalogue that detects resistance genes one sample at a time and has its programs and databases here.
 */
export const embeddedBenchmark = (
  deps: { readonly config: Pick<ConfigSource, 'catalogue' | 'datasets'>; readonly tools: Pick<ToolProbe, 'which'> },
  options: { readonly quick: boolean },
): EmbeddedBenchmark => {
  const dataset = bundledDataset(deps.config.datasets())
  const catalogue = deps.config.catalogue()
  const missing = new Map<string, string | null>()
  if (!options.quick)
    for (const pipeline of catalogue.values())
      if (isCandidate(pipeline)) missing.set(pipeline.name, whatIsMissing(pipeline, deps.tools))
  // embedded_kma brings its own small database along and stands in for kma where that has none.
  const isNeeded = (name: string): boolean =>
    !name.startsWith(STAND_IN) || missing.get(name.slice(STAND_IN.length)) !== null
  const real = [...missing].filter(([name, why]) => why === null && isNeeded(name)).map(([name]) => name)
  return {
    request: {
      dataset: DEMONSTRATION_DATASET,
      // Named as well, because a project's own `input:` and `truth:` come before those of a dataset.
      input: dataset.samplesheet,
      ...(dataset.truth === null ? {} : { truth: dataset.truth }),
      pipelines: [...OWN_PIPELINES, ...real.sort()],
      repeats: 1,
      warmup: 0,
      tags: ['demonstration'],
      // Its point is to see programs run, so nothing is taken from earlier runs.
      useCache: false,
      // Its scores are the same in every project.
      useVocabulary: false,
      seed: 1,
      evaluation: EVALUATION,
      warnings: [DEMONSTRATION_LABEL],
    },
    leftOut: [...missing].flatMap(([pipeline, why]) =>
      why === null || pipeline.startsWith(STAND_IN) ? [] : [{ pipeline, why }],
    ),
  }
}

const bundledDataset = (datasets: ReadonlyMap<string, Dataset>): Dataset => {
  const dataset = datasets.get(DEMONSTRATION_DATASET)
  if (dataset) return dataset
  throw new Problem('E_NOT_FOUND', 'The embedded dataset is not where this program was installed.', {
    hints: ['Install metagenome-benchmark-cli again: its folder templates/quick is missing or damaged.'],
  })
}

// Pipelines over whole datasets are workflows that fetch containers and take hours.
const isCandidate = (pipeline: Pipeline): boolean =>
  pipeline.benchmarkTypes.includes('amr-detection') &&
  pipeline.scope === 'sample' &&
  !OWN_PIPELINES.includes(pipeline.name)

const whatIsMissing = (pipeline: Pipeline, tools: Pick<ToolProbe, 'which'>): string | null => {
  const programs = pipeline.requires.filter((program) => tools.which(program) === null)
  if (programs.length > 0) return `${programs.join(', ')} not installed`
  const databases = missingDatabases(pipeline)
  return databases.length > 0 ? `no database ${databases.join(', ')}` : null
}
