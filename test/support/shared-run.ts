import { createHash } from 'node:crypto'
import type { IndexedRun } from '../../src/app/hub/store-ports.ts'
import { canonicalJson } from '../../src/core/canonical-json.ts'
import { runPath, segmentPath } from '../../src/core/hub/layout.ts'
import type { HubRunDocument, RunPayload } from '../../src/generated/hub-run.ts'

const PAYLOAD: RunPayload = {
  benchmark_type: 'amr-detection',
  state: 'completed',
  started_at: '2026-11-23T10:15:02.000Z',
  finished_at: '2026-11-23T10:20:02.000Z',
  label: 'nightly',
  tags: ['ci'],
  branch: 'main',
  commit: null,
  dataset: { id: 'standard', version: '1', labels: null },
  comparability: { match: 'gene' },
  primary_metrics: [{ metric: 'sensitivity', level: 'gene' }],
  environment: {
    ...{ os: 'Debian 12', kernel: null, architecture: 'x86_64', cpu_model: 'Xeon', cpus: 8, memory_bytes: 2 ** 34 },
    ...{ gpu: null, machine_fingerprint: 'machine-1', file_system: 'ext4', container: null },
  },
  pipelines: [
    {
      ...{ name: 'resfinder', version: '4.1', params: { min_identity: 90 } },
      databases: { resfinder: '5'.repeat(64) },
    },
  ],
  samples: ['S1', 'S2'],
  methods: [{ agent: 'native', cpu: 'cgroup', memory: 'cgroup' }],
  series: [
    { metric: 'sensitivity', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' },
    { metric: 'wall_seconds', level: null, rank: null, unit: 'seconds', direction: 'lower' },
  ],
  executions: [0, 1].map((sample) => ({
    ...{ pipeline: 0, sample, repeat: 1, state: 'succeeded' as const, exit_code: 0, method: 0, noisy: false },
    scores: [
      [0, null, 0.5 + sample / 4],
      [1, null, sample === 0 ? 12.5 : 'not measured'],
    ],
  })),
  summary: [
    {
      ...{ pipeline: 0, series: 0, value: 0.625, reason: null, n: 2, n_expected: 2, low: null, high: null },
      ...{ aggregation: 'macro', interval: null },
    },
  ],
  condensed: null,
  artifacts: [],
}

export interface SharedRunWish {
  readonly project?: string
  readonly month?: string
  /** Six characters that tell run ids apart. */
  readonly name?: string
  readonly place?: 'file' | 'segment'
  readonly trust?: IndexedRun['trust']
  readonly keyId?: string
  readonly signature?: string
  readonly payload?: Partial<RunPayload>
}

export const sharedRunId = (name: string): string => `20261123t101502z-${name}`

/** A valid run as the sync hands it to the index. Runs of different names differ in content too. */
export const sharedRun = (wish: SharedRunWish = {}): IndexedRun => {
  const { project = 'lab', month = '2026-11', name = 'aaaaaa', place = 'file', trust = 'owner' } = wish
  const payload = { ...PAYLOAD, commit: name, ...wish.payload }
  const runId = sharedRunId(name)
  const content = createHash('sha256').update(canonicalJson(payload)).digest('hex')
  const document: HubRunDocument = {
    schema: 'benchmark.hub-run/1',
    run_id: runId,
    project_id: project,
    visibility: project === 'community' ? 'community' : 'public',
    payload,
    content_sha256: content,
    prov: { tool_version: '1.0.0', policy_version: 1, anonymised: project === 'community' },
    signer: { alg: 'ed25519', key_id: wish.keyId ?? 'a'.repeat(26) },
    sig: (wish.signature ?? content).padEnd(86, 'A'),
  }
  return {
    document,
    line: Buffer.from(canonicalJson(document)),
    path: place === 'file' ? runPath(project, month, runId) : segmentPath(project, month),
    month,
    trust,
  }
}
