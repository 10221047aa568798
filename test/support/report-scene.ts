import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openProject, type Project } from '../../src/compose.ts'
import { summarise } from '../../src/core/metrics/summarise.ts'
import type { Execution, Run } from '../../src/core/run.ts'
import { known, missing, type Score } from '../../src/core/score.ts'
import { seededRandom } from '../../src/core/stats/random.ts'
import { tempDir } from './harness.ts'
import { anExecution, aPipeline, aPlan, aRun, someResources } from './run-builder.ts'

/** A project with earlier runs and a newest one that got worse, as the store would hold it after real runs. */
export interface Scene {
  readonly samples: number
  readonly earlier: number
  readonly pipelines?: readonly string[]
  /** Further metrics of each sample, at three levels. */
  readonly moreMetrics?: number
  /** Every name a stranger may choose. */
  readonly name?: (kind: string, index: number) => string
  /** Order in which executions and runs are stored. */
  readonly isReversed?: boolean
}

const METRICS = ['sensitivity', 'precision', 'f1_score', 'specificity'] as const

/** Stores the scene in a new project. */
export const makeScene = async (theme: string, scene: Scene): Promise<Project> => {
  const root = tempDir(theme)
  mkdirSync(join(root, '.benchmark'), { recursive: true })
  writeFileSync(
    join(root, '.benchmark', 'config.yaml'),
    'benchmark:\n  project: { name: resistance-tracker, type: amr-detection }\n',
  )
  const project = openProject(root)
  const store = await project.store('write')
  const indices = Array.from({ length: scene.earlier + 1 }, (_, index) => index)
  for (const index of scene.isReversed === true ? indices.reverse() : indices) {
    const run = sceneRun(scene, index)
    store.insertFinished(run, planOf(run, scene))
  }
  return project
}

const planOf = (run: Run, { pipelines = ['kma', 'blastn'], name = plainName }: Scene) =>
  aPlan({
    runId: run.runId,
    pipelines: pipelines.map((pipeline) => aPipeline({ name: pipeline, version: '1.0' })),
    samples: run.samples.map((id) => ({ id, group: null, files: { reads1: null, reads2: null, fasta: null } })),
    dataset: { id: name('dataset', 0), version: '1', labels: 'inserted' },
    warnings: [name('warning', 0)],
    executions: [],
  })

const plainName = (kind: string, index: number): string => `${kind}${String(index).padStart(5, '0')}`

/** Run number `index` of the scene; the last one finds fewer genes with the first pipeline and takes twice as long. */
export const sceneRun = (scene: Scene, index: number): Run => {
  const { samples: count, earlier, pipelines = ['kma', 'blastn'], name = plainName } = scene
  const random = seededRandom(BigInt(index + 1))
  const isLast = index === earlier
  const samples = Array.from({ length: count }, (_, sample) => name('sample', sample))
  const day = new Date(Date.UTC(2026, 0, 1 + index)).toISOString()
  const executions = samples.flatMap((sample, s) =>
    pipelines.map((pipeline, p): Execution => {
      const isWorse = isLast && p === 0
      const isFailed = s % 97 === 5 && p === 1
      const base = 0.7 + 0.03 * ((s * 7 + p * 3) % 9)
      const value = Number((base - (isWorse ? 0.2 : 0)).toFixed(6))
      return anExecution({
        id: s * pipelines.length + p + 1,
        pipeline,
        version: name('version', isLast ? 2 : 1),
        params: { [name('parameter', 0)]: name('value', p) },
        sample,
        state: isFailed ? 'failed' : 'succeeded',
        reason: isFailed ? name('reason', s) : null,
        resources: isFailed
          ? null
          : someResources({
              wallSeconds: Number((20 * (p + 1) * (isWorse ? 2 : 1) * (1 + 0.02 * random())).toFixed(4)),
              peakRssBytes: 1_000_000_000 * (p + 1) + (s % 13) * 1_000_000,
            }),
        scores: isFailed ? [] : [...scoresOf(sample, value), ...moreScores(sample, value, scene.moreMetrics ?? 0)],
        warnings: s === 0 ? [name('warning', p + 1)] : [],
      })
    }),
  )
  const ordered = scene.isReversed === true ? [...executions].reverse() : executions
  return aRun({
    runId: `202601${String(index + 1).padStart(2, '0')}t101502z-k3f9x${String.fromCharCode(97 + index)}`,
    label: name('label', index),
    branch: name('branch', 0),
    startedAt: day,
    finishedAt: day.replace('T00:00', 'T01:00'),
    pipelines,
    samples,
    executions: ordered,
    summary: summarise({ executions, samples }),
    comparability: {
      truth: 'a'.repeat(64),
      truth_sha256: 'a'.repeat(64),
      samples: 'b'.repeat(64),
      benchmark_type: 'amr-detection',
      note: name('note', 0),
    },
    environment: {
      machine_fingerprint: 'ffff',
      os: name('os', 0),
      cpu: { model: name('cpu', 0), threads: 4 },
      memory: { ram_bytes: 8e9 },
    },
    primaryMetrics: METRICS.map((metric) => ({ metric, level: 'gene' })),
    warnings: [name('warning', 9)],
  })
}

const LEVELS = ['gene', 'family', 'drug_class']

/** Values that are all different, as those of different metrics are. */
const moreScores = (sample: string, value: number, count: number): Score[] =>
  Array.from({ length: count }, (_, index) => `more_${String(index)}`).flatMap((metric, index) =>
    LEVELS.map((level, at): Score => ({
      ...{ sample, metric, level, rank: null, unit: 'ratio', direction: 'higher' },
      ...known(Number((value / (1 + (index * 3 + at) / 977)).toFixed(6))),
    })),
  )

const scoresOf = (sample: string, value: number): Score[] =>
  METRICS.flatMap((metric) =>
    LEVELS.map((level): Score => ({
      ...{ sample, metric, level, rank: null, unit: 'ratio', direction: 'higher' },
      ...(metric === 'specificity' ? missing('no_universe') : known(value)),
    })),
  )
