// Shared runs as a hub of many projects holds them: 16 scores in about 2 KB, months in path order.
import { createHash } from 'node:crypto'
import type { IndexedRun } from '../../../src/app/hub/store-ports.ts'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { segmentPath } from '../../../src/core/hub/layout.ts'
import type { HubRunDocument, RunPayload } from '../../../src/generated/hub-run.ts'

export interface SharedRunsSize {
  readonly runs: number
  readonly projects: number
  readonly months: number
}

const SERIES: RunPayload['series'] = [
  { metric: 'sensitivity', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' },
  { metric: 'precision', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' },
  { metric: 'f1_score', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' },
  { metric: 'wall_seconds', level: null, rank: null, unit: 'seconds', direction: 'lower' },
]
const SAMPLES = ['S1', 'S2', 'S3', 'S4']
const PIPELINES = ['nfcore_mag', 'resfinder', 'amrfinder', 'kraken2', 'rgi', 'abricate']
const TYPES = ['amr-detection', 'taxonomic-profiling', 'assembly', 'binning']
const DATASETS = 6

/** Runs in path order, segment by segment. The same arguments give the same runs. */
export const sharedRuns = function* ({ runs, projects, months }: SharedRunsSize): Generator<IndexedRun> {
  const perMonth = Math.ceil(runs / projects / months)
  for (let project = 0; project < projects; project++)
    for (let month = 0; month < months; month++)
      for (let index = 0; index < perMonth; index++) yield sharedRun(project, month, index, perMonth)
}

const sharedRun = (project: number, monthNumber: number, index: number, perMonth: number): IndexedRun => {
  const number = (project * 1000 + monthNumber) * perMonth + index
  const random = (salt: string): string =>
    createHash('sha256')
      .update(`${salt} ${String(number)}`)
      .digest('hex')
  const noise = random('noise')
  const share = (at: number): number => 0.5 + parseInt(noise.slice(at * 3, at * 3 + 3), 16) / 8192
  const month = `2026-${String(monthNumber + 1).padStart(2, '0')}`
  const seconds = Math.floor((index * 27 * 86_400) / perMonth)
  const started = new Date(Date.parse(`${month}-01T00:00:00.000Z`) + seconds * 1000).toISOString()
  const projectId = `project-${String(project).padStart(3, '0')}`
  const payload: RunPayload = {
    benchmark_type: TYPES[project % TYPES.length] ?? '',
    state: 'completed',
    started_at: started,
    finished_at: started,
    label: null,
    tags: ['nightly'],
    branch: index % 3 === 0 ? 'main' : 'develop',
    commit: noise.slice(0, 40),
    dataset: { id: `standard-${String((project + index) % DATASETS)}`, version: '1.2', labels: 'simulated' },
    comparability: { match: 'gene', truth: 'a41f0c9e', vocabulary: 'none' },
    primary_metrics: [{ metric: 'f1_score', level: 'gene' }],
    environment: {
      os: 'Debian GNU/Linux 12',
      kernel: '6.1.0-18-amd64',
      architecture: 'x86_64',
      cpu_model: 'Xeon Gold 6248',
      cpus: 16,
      memory_bytes: 68_719_476_736,
      gpu: null,
      machine_fingerprint: `m${String(project)}`,
      file_system: 'ext4',
      container: null,
    },
    pipelines: [
      {
        name: PIPELINES[(project + index) % PIPELINES.length] ?? '',
        version: `3.${String(monthNumber)}.0`,
        params: { min_identity: 90, preset: 'default' },
      },
    ],
    samples: SAMPLES,
    methods: [{ agent: 'native', cpu: 'cgroup', memory: 'cgroup' }],
    series: SERIES,
    executions: SAMPLES.map((_, sample) => ({
      ...{ pipeline: 0, sample, repeat: 1, state: 'succeeded' as const, exit_code: 0, method: 0, noisy: false },
      scores: SERIES.map((_, series) => [series, null, share(sample * 4 + series)] as [number, null, number]),
    })),
    summary: SERIES.map((_, series) => ({
      ...{ pipeline: 0, series, value: share(series), reason: null, n: 4, n_expected: 4, low: null, high: null },
      ...{ aggregation: 'macro' as const, interval: null },
    })),
    condensed: null,
    artifacts: [],
  }
  const document: HubRunDocument = {
    schema: 'benchmark.hub-run/1',
    run_id: `${started.replaceAll(/[-:]|\.\d+/g, '').toLowerCase()}-${base32(random('id').slice(0, 6))}`,
    project_id: projectId,
    visibility: 'public',
    content_sha256: createHash('sha256').update(canonicalJson(payload)).digest('hex'),
    prov: { tool_version: '1.0.0', policy_version: 1, anonymised: false },
    signer: { alg: 'ed25519', key_id: `${'a'.repeat(23)}${String.fromCharCode(97 + (project % 26))}bc` },
    sig: (random('sig') + random('nature')).slice(0, 86),
    payload,
  }
  const line = Buffer.from(canonicalJson(document))
  return {
    document: JSON.parse(line.toString()) as HubRunDocument,
    line,
    path: segmentPath(projectId, month),
    month,
    trust: 'owner',
  }
}

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const base32 = (hex: string): string =>
  Array.from(hex, (digit, index) => DIGITS[parseInt(digit, 16) * 2 + (index % 2)]).join('')
