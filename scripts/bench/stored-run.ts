import type { RunPlan } from '../../src/core/plan.ts'
import { newRunId } from '../../src/core/run-id.ts'
import type { Execution, PipelineSummary, Run } from '../../src/core/run.ts'
import { known, type Score } from '../../src/core/score.ts'

const SAMPLES = ['S1', 'S2', 'S3', 'S4']
const METRICS = ['sensitivity', 'precision', 'specificity', 'f1_score', 'jaccard_index']
const LEVELS = ['gene', 'drug_class']

/** The n-th of many finished runs, an hour after the one before: 4 executions, 40 scores. */
export const storedRun = (index: number): [Run, RunPlan] => {
  const startedAt = new Date(Date.UTC(2026, 0, 1) + index * 3_600_000)
  const runId = newRunId(startedAt, (count) => Uint8Array.from({ length: count }, (_, at) => (index >> (at * 5)) & 31))
  const params = { min_identity: 80 + (index % 5) }
  const executions = SAMPLES.map((sample, at): Execution => anExecution(at + 1, sample, params, startedAt, index))
  const summary = seriesOf(null, index).map((score): PipelineSummary => ({
    ...score,
    pipeline: 'kma',
    version: '1.4.9',
    params,
    n: 4,
    nExpected: 4,
    low: 0.5,
    high: 1,
    method: { aggregation: 'macro', interval: 'bootstrap' },
  }))
  const header = {
    runId,
    project: 'resistance-tracker',
    benchmarkType: 'amr-detection',
    label: index % 10 === 0 ? 'nightly' : null,
    tags: ['ci'],
    branch: 'main',
    commit: '0123456789abcdef0123456789abcdef01234567',
    warnings: [],
  }
  const run: Run = {
    ...header,
    state: 'completed',
    startedAt: startedAt.toISOString(),
    finishedAt: new Date(startedAt.getTime() + 90_000).toISOString(),
    pipelines: ['kma'],
    samples: SAMPLES,
    executions,
    summary,
    comparability: { benchmark_type: 'amr-detection', truth_sha256: 'a'.repeat(64) },
    environment: { cpu: 'one of two machines', number: index % 2 },
    primaryMetrics: [{ metric: 'sensitivity', level: 'gene' }],
  }
  return [run, aPlan(run)]
}

const seriesOf = (sample: string | null, index: number): Score[] =>
  LEVELS.flatMap((level) =>
    METRICS.map((metric, at) => ({
      sample,
      metric,
      level,
      rank: null,
      ...known(((index * 7 + at * 13) % 101) / 101),
      unit: 'ratio',
      direction: 'higher' as const,
    })),
  )

const anExecution = (
  id: number,
  sample: string,
  params: Execution['params'],
  startedAt: Date,
  index: number,
): Execution => ({
  id,
  pipeline: 'kma',
  version: '1.4.9',
  params,
  sample,
  repeat: 1,
  warmup: false,
  attempt: 1,
  state: 'succeeded',
  reason: null,
  exitCode: 0,
  signal: null,
  startedAt: startedAt.toISOString(),
  finishedAt: new Date(startedAt.getTime() + id * 10_000).toISOString(),
  outputKey: String(index * 4 + id).padStart(64, '0'),
  databases: { resfinder: '5'.repeat(64) },
  cachedFrom: null,
  resources: {
    wallSeconds: 10 + (index % 17) / 7,
    cpuSeconds: 18.37,
    cpuUserSeconds: 17.9,
    cpuSystemSeconds: 0.47,
    peakRssBytes: 734_003_200 + index,
    peakRssSumBytes: 800_000_000 + index,
    peakPssBytes: 700_000_000 + index,
    biggestProcessBytes: 690_000_000,
    cgroupPeakBytes: null,
    readCharsBytes: 123_456_789,
    writtenCharsBytes: 1_234_567,
    readBytes: 0,
    writeBytes: 4096,
    outputBytes: 54_321,
    cpuEfficiency: 0.91,
    method: {
      agent: 'local-agent/1',
      cpu: 'shim-cutime',
      memory: 'pss_at_rss_peak',
      intervalMs: 500,
      ticks: 20,
      escapedProcesses: 0,
      samplingGapSeconds: 0,
    },
    noise: {
      otherCpuShare: 0.02,
      stealShare: 0,
      psiCpuSomeAverage: 0.1,
      loadAverage: 1.2,
      coRunning: 0,
      noisy: false,
    },
  },
  scores: seriesOf(sample, index + id),
  warnings: [],
})

const aPlan = (run: Run): RunPlan => ({
  runId: run.runId,
  createdAt: run.startedAt,
  project: run.project,
  benchmarkType: run.benchmarkType,
  label: run.label,
  tags: run.tags,
  branch: run.branch,
  commit: run.commit,
  seed: 1,
  order: 'blocks',
  mode: 'measure',
  maxParallel: 1,
  repeats: 1,
  warmup: 0,
  useCache: true,
  sampleIntervalMs: null,
  pipelines: [
    {
      name: 'kma',
      title: 'KMA',
      version: '1.4.9',
      homepage: null,
      benchmarkTypes: ['amr-detection'],
      command: {
        kind: 'argv',
        words: ['kma', '-ipe', '{reads_1}', '{reads_2}', '-t_db', '{db:resfinder}', '-o', '{outdir}/kma', '-1t1'],
      },
      scope: 'sample',
      needs: ['reads_1', 'reads_2'],
      cwd: 'work',
      env: {},
      stdout: null,
      outputs: [{ format: 'kma-res', path: 'kma.res' }],
      databases: { resfinder: '/databases/resfinder/2.6.0' },
      configFile: null,
      parameterSets: [run.executions[0]?.params ?? {}],
      versionProbe: { words: ['kma', '-v'], pattern: 'KMA-([\\d.]+)' },
      requires: ['kma'],
      resources: { cpus: 2, memoryBytes: null },
      timeoutMs: null,
      source: 'kma.yaml',
    },
  ],
  samples: run.samples.map((id) => ({
    id,
    group: null,
    files: { reads1: `/data/${id}_1.fastq.gz`, reads2: `/data/${id}_2.fastq.gz`, fasta: null },
  })),
  dataset: null,
  samplesheet: '/project/samples.csv',
  truth: { path: '/project/truth.tsv', sha256: 'a'.repeat(64) },
  scoring: {
    levels: ['gene', 'drug_class'],
    primaryLevel: 'gene',
    universe: { kind: 'auto' },
    locusPolicy: 'all',
    minIdentity: null,
    minCoverage: null,
    variationTypes: [],
    aliases: {},
  },
  evaluation: {
    metrics: [],
    priority: {},
    primary: { metric: 'sensitivity', level: 'gene' },
    constraints: { maxRuntimeSeconds: null, maxMemoryBytes: null, minimums: {}, maximums: {} },
  },
  limits: { timeoutMs: null, memoryBytes: null, logBytes: 67_108_864 },
  resultsDir: `/project/.benchmark/results/${run.runId}`,
  executions: run.executions.map(({ id, pipeline, params, sample, repeat, warmup }) => ({
    id,
    pipelineIndex: 0,
    pipeline,
    params,
    sample,
    repeat,
    warmup,
    skip: null,
  })),
  warnings: [],
})
