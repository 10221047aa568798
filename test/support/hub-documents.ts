import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { canonicalJson } from '../../src/core/canonical-json.ts'
import { freeRegistryBytes, signedRegistryBytes, signedRunBytes } from '../../src/core/hub/signed-bytes.ts'
import type { HubRunDocument, RunPayload } from '../../src/generated/hub-run.ts'
import { keyIdOf } from '../../src/hub/keys/key-id.ts'

/** A key that lives as long as a test. */
export const testKey = () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const publicKey = String(privateKey.export({ format: 'jwk' }).x)
  return {
    alg: 'ed25519' as const,
    publicKey,
    keyId: keyIdOf(publicKey),
    sign: (bytes: Uint8Array) => sign(null, bytes, privateKey).toString('base64url'),
  }
}
export type TestKey = ReturnType<typeof testKey>

/** A shared run of about 2 KB: two pipelines, two samples, four series. */
export const sharedPayload = (changes: Partial<RunPayload> = {}): RunPayload => ({
  benchmark_type: 'amr-detection',
  state: 'completed',
  started_at: '2026-11-23T10:15:02.000Z',
  finished_at: '2026-11-23T10:20:41.118Z',
  label: 'nightly',
  tags: ['ci'],
  branch: 'main',
  commit: '0123456789abcdef0123456789abcdef01234567',
  dataset: { id: 'amr-mini', version: '1.0.0', labels: 'inserted' },
  comparability: { samples: 'b1946ac92492d2347c6235b8f0d0e1a2', 'truth.sha256': 'c'.repeat(64) },
  primary_metrics: [{ metric: 'f1', level: 'gene' }],
  environment: {
    os: 'Debian GNU/Linux 12 (bookworm)',
    kernel: 'Linux 6.1.0-18-amd64',
    architecture: 'x64',
    cpu_model: 'AMD EPYC 7763 64-Core Processor',
    cpus: 8,
    memory_bytes: 33_000_000_000,
    gpu: null,
    machine_fingerprint: '0011223344556677',
    file_system: 'ext4',
    container: null,
  },
  pipelines: [
    { name: 'kmer-search', version: '1.0', params: { k: 31, canonical: true } },
    { name: 'abricate', version: '1.0.1', params: { db: 'card' } },
  ],
  samples: ['s1', 's2'],
  methods: [{ agent: 'local-agent/1', cpu: 'shim-cutime', memory: 'pss_at_rss_peak' }],
  series: [
    { metric: 'f1', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' },
    { metric: 'precision', level: 'gene', rank: null, unit: 'ratio', direction: 'higher' },
    { metric: 'wall_seconds', level: null, rank: null, unit: 'seconds', direction: 'lower' },
    { metric: 'peak_rss_bytes', level: null, rank: null, unit: 'bytes', direction: 'lower' },
  ],
  executions: [0, 1].flatMap((pipeline) =>
    [0, 1].map((sample) => ({
      pipeline,
      sample,
      repeat: 1,
      state: 'succeeded' as const,
      exit_code: 0,
      method: 0,
      noisy: false,
      scores: [
        [0, null, 0.9375 - sample / 7],
        [1, null, sample === 1 ? 'undefined_0/0' : 0.8823529411764706],
        [2, null, 12.40721 + pipeline],
        [3, null, 104_857_600],
      ] as [number, number | null, number | string][],
    })),
  ),
  summary: [
    {
      pipeline: 0,
      series: 0,
      value: 0.8660714285714286,
      reason: null,
      n: 2,
      n_expected: 2,
      low: null,
      high: null,
      aggregation: 'macro',
      interval: null,
    },
  ],
  condensed: null,
  artifacts: [],
  ...changes,
})

/** A signed document around a payload, with anything in the envelope changed before it is signed. */
export const hubRun = (
  key: TestKey,
  changes: Partial<Omit<HubRunDocument, 'payload'>> & { readonly payload?: RunPayload } = {},
): HubRunDocument => {
  const payload = changes.payload ?? sharedPayload()
  const unsigned = {
    schema: 'benchmark.hub-run/1' as const,
    run_id: '20261123t101502z-k3f9x2',
    project_id: 'gut',
    visibility: 'public' as const,
    content_sha256: createHash('sha256').update(canonicalJson(payload)).digest('hex'),
    prov: { tool_version: '0.1.0', policy_version: 1, anonymised: false },
    signer: { alg: key.alg, key_id: key.keyId },
    ...changes,
    payload,
  }
  return { ...unsigned, sig: changes.sig ?? key.sign(signedRunBytes(unsigned)) }
}

/** A registry document with one signature, as it was before signatures named the hub. */
export const signedBy = <T extends object>(key: TestKey, document: T) => ({
  ...document,
  signatures: [{ key_id: key.keyId, sig: key.sign(freeRegistryBytes(document)) }],
})

/** A registry document with one signature, for the hub with this salt. */
export const signedFor = (salt: string, key: TestKey, document: object) => ({
  ...document,
  signatures: [{ key_id: key.keyId, sig: key.sign(signedRegistryBytes(document, salt)) }],
})

/** The line a document stands on in a hub, without its line feed. */
export const lineOf = (document: object): Uint8Array => Buffer.from(canonicalJson(document))
