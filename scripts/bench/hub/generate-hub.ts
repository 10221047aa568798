/** A hub of any size, as it would be after a year: signed runs, closed months folded, packed by the server. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { projectPath, RESULTS, sealPath, segmentPath } from '../../../src/core/hub/layout.ts'
import { freeRegistryBytes, signedRunBytes, signedSealBytes } from '../../../src/core/hub/signed-bytes.ts'
import { seededRandom } from '../../../src/core/stats/random.ts'
import type { RunPayload } from '../../../src/generated/hub-run.ts'
import type { HubSealDocument } from '../../../src/generated/hub-seal.ts'
import { keyIdOf } from '../../../src/hub/keys/key-id.ts'

export interface HubSize {
  readonly projects: number
  readonly runs: number
  readonly months: number
}

/** A key that is the same in every run of the bench. */
export interface BenchKey {
  readonly keyId: string
  readonly publicKey: string
  readonly pem: string
  readonly sign: (bytes: Uint8Array) => string
}

const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The two halves of a key that is the same in every run of the bench. */
export const keyPair = (name: string): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } => {
  const seed = createHash('sha256').update(`bench key ${name}`).digest()
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

export const benchKey = (name: string): BenchKey => {
  const { privateKey: key } = keyPair(name)
  const publicKey = key.export({ format: 'jwk' }).x ?? ''
  return {
    publicKey,
    keyId: keyIdOf(publicKey),
    pem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, key).toString('base64url'),
  }
}

const registered = ({ keyId, publicKey }: BenchKey): object => ({
  key_id: keyId,
  alg: 'ed25519',
  public_key: publicKey,
  status: 'active',
  added_at: '2025-01-01T00:00:00.000Z',
  revoked_at: null,
  reason: null,
})

const signedDocument = (document: object, key: BenchKey): string =>
  `${canonicalJson({ ...document, signatures: [{ key_id: key.keyId, sig: key.sign(freeRegistryBytes(document)) }] })}\n`

export const projectId = (number: number): string => `project-${String(number).padStart(3, '0')}`
const monthOf = (index: number): string => new Date(Date.UTC(2025, 10 + index, 1)).toISOString().slice(0, 7)

const SERIES: RunPayload['series'] = [
  ...['sensitivity', 'precision', 'f1_score', 'specificity'].map((metric) => ({
    metric,
    level: 'gene',
    rank: null,
    unit: '1',
    direction: 'higher' as const,
  })),
  ...['wall_seconds', 'cpu_seconds', 'peak_rss_bytes', 'output_bytes'].map((metric) => ({
    metric,
    level: null,
    rank: null,
    unit: metric.endsWith('bytes') ? 'bytes' : 'seconds',
    direction: 'lower' as const,
  })),
]
const PIPELINES = ['kma', 'resfinder', 'abricate', 'amrfinderplus', 'rgi', 'deeparg']
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Run id of the n-th run of a month; unique over the hub. */
const runId = (month: string, number: number): string => {
  const [year, part] = month.split('-')
  const stamp = `${year}${part}${String(1 + (number % 27)).padStart(2, '0')}t${String(number % 24).padStart(2, '0')}${String(number % 60).padStart(2, '0')}00z`
  let tail = ''
  for (let rest = number, digit = 0; digit < 6; digit++, rest = Math.floor(rest / 32))
    tail += ALPHABET.charAt(rest % 32)
  return `${stamp}-${tail}`
}

/** One canonical, signed run: two executions with eight scores each, about 2 KB. */
export const runLine = (
  project: string,
  key: BenchKey,
  month: string,
  number: number,
): { id: string; line: string } => {
  const random = seededRandom(number)
  const id = runId(month, number)
  const score = (): number => Math.round(random() * 1e6) / 1e6
  const pipeline = PIPELINES[Math.floor(random() * PIPELINES.length)] ?? 'kma'
  const at = `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}T${id.slice(9, 11)}:${id.slice(11, 13)}:00.000Z`
  const payload: RunPayload = {
    benchmark_type: 'amr-detection',
    state: 'completed',
    started_at: at,
    finished_at: at,
    label: null,
    tags: ['ci-run'],
    branch: 'main',
    commit: createHash('sha1').update(id).digest('hex'),
    dataset: { id: `dataset-${number % 4}`, version: '1', labels: 'inserted' },
    comparability: {
      benchmark_type: 'amr-detection',
      truth_sha256: createHash('sha256')
        .update(`truth ${number % 4}`)
        .digest('hex'),
    },
    primary_metrics: [{ metric: 'sensitivity', level: 'gene' }],
    environment: {
      os: 'Debian GNU/Linux 12 (bookworm)',
      kernel: 'Linux 6.1',
      architecture: 'x64',
      cpu_model: 'Some Processor at 2.5 GHz',
      cpus: 8,
      memory_bytes: 34359738368,
      gpu: null,
      machine_fingerprint: createHash('sha256').update(project).digest('hex').slice(0, 16),
      file_system: 'ext4',
      container: null,
    },
    pipelines: [
      {
        name: pipeline,
        version: `1.${Math.floor(random() * 5)}.0`,
        params: { min_identity: 80 + 5 * Math.floor(random() * 3) },
      },
    ],
    samples: ['s1', 's2'],
    methods: [{ agent: 'local-agent/1', cpu: 'shim-cutime', memory: 'pss_at_rss_peak' }],
    series: SERIES,
    executions: [0, 1].map((sample) => ({
      pipeline: 0,
      sample,
      repeat: 1,
      state: 'succeeded' as const,
      exit_code: 0,
      method: 0,
      noisy: false,
      scores: SERIES.map(({ unit }, index): [number, null, number] => [
        index,
        null,
        unit === '1' ? score() : unit === 'bytes' ? Math.floor(random() * 2 ** 32) : Math.round(random() * 1e6) / 1e3,
      ]),
    })),
    summary: [],
    condensed: null,
    artifacts: [],
  }
  const unsigned = {
    schema: 'benchmark.hub-run/1',
    run_id: id,
    project_id: project,
    visibility: 'public',
    payload,
    content_sha256: createHash('sha256').update(canonicalJson(payload)).digest('hex'),
    prov: { tool_version: '0.1.0', policy_version: 1, anonymised: false },
    signer: { alg: 'ed25519', key_id: key.keyId },
  }
  return { id, line: canonicalJson({ ...unsigned, sig: key.sign(signedRunBytes(unsigned)) }) }
}

/** Makes a bare repository with `size.runs` runs in closed months, one commit a month, packed as `git gc` leaves it. */
export const generateHub = async (
  folder: string,
  size: HubSize,
  limits: Readonly<Record<string, number>> = {},
): Promise<void> => {
  mkdirSync(folder, { recursive: true })
  run('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder])
  const { commit, file, done } = startImport(folder)

  const maintainer = benchKey('maintainer')
  const keys = Array.from({ length: size.projects }, (_, index) => benchKey(projectId(index)))
  await commit('A hub', 1_700_000_000)
  await file('hub.json', hubJson(maintainer, limits))
  for (const [index, key] of keys.entries())
    await file(
      projectPath(projectId(index)),
      signedDocument(
        {
          schema: 'benchmark.hub-project/1',
          id: projectId(index),
          type: 'amr-detection',
          owner: null,
          homepage: null,
          description: null,
          registered_at: '2025-01-01T00:00:00.000Z',
          version: 1,
          keys: [registered(key)],
        },
        key,
      ),
    )
  let number = 0
  for (let index = 0; index < size.months; index++) {
    const month = monthOf(index)
    await commit(`Runs of ${month}`, 1_700_000_100 + index)
    const upTo = Math.round((size.runs * (index + 1)) / size.months)
    const perProject = keys.map((): { id: string; line: string }[] => [])
    for (; number < upTo; number++) {
      const project = number % size.projects
      const key = keys[project]
      if (key !== undefined) perProject[project]?.push(runLine(projectId(project), key, month, number))
    }
    // Whoever folds a month of their own seals it. The importer makes deltas of what comes in a row: first all months, then all seals.
    const seals: [path: string, text: string][] = []
    for (const [project, runs] of perProject.entries()) {
      if (runs.length === 0) continue
      runs.sort((left, right) => (left.id < right.id ? -1 : 1))
      const segment = runs.map(({ line }) => `${line}\n`).join('')
      const id = projectId(project)
      await file(segmentPath(id, month), segment)
      seals.push([sealPath(id, month), sealOf(id, month, { segment, runs: runs.length })])
    }
    for (const [path, text] of seals) await file(path, text)
  }
  await done()
  run('git', ['-C', folder, 'gc', '--quiet'])
  run('git', ['-C', folder, 'config', 'http.receivepack', 'true'])
}

const SALT = '00'.repeat(32)

const sealOf = (
  project: string,
  month: string,
  { segment, runs }: { readonly segment: string; readonly runs: number },
): string => {
  const key = benchKey(project)
  const seal: Omit<HubSealDocument, 'sig'> = {
    schema: 'benchmark.hub-seal/1',
    project_id: project,
    month,
    segment_sha256: createHash('sha256').update(segment).digest('hex'),
    runs,
    signer: { alg: 'ed25519', key_id: key.keyId },
  }
  return `${canonicalJson({ ...seal, sig: key.sign(signedSealBytes(seal, SALT)) })}\n`
}

/** Commits, one after the other, on the branch `main`: what follows `commit` is in it. */
const startImport = (folder: string) => {
  const importer = spawn('git', ['-C', folder, 'fast-import', '--quiet', '--date-format=raw'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const write = async (text: string | Buffer): Promise<void> => {
    if (!importer.stdin.write(text)) await once(importer.stdin, 'drain')
  }
  return {
    commit: (message: string, seconds: number, from = ''): Promise<void> =>
      write(
        `commit refs/heads/main\ncommitter bench <bench@benchmark.invalid> ${seconds} +0000\ndata ${Buffer.byteLength(message)}\n${message}\n${from}`,
      ),
    file: async (path: string, text: string): Promise<void> => {
      const bytes = Buffer.from(text)
      await write(`M 100644 inline ${path}\ndata ${bytes.length}\n`)
      await write(bytes)
      await write('\n')
    },
    done: async (): Promise<void> => {
      await write('done\n')
      importer.stdin.end()
      await once(importer, 'close')
    },
  }
}

/** Adds runs of a month that is not over, as files of their own, in one commit. */
export const addOpenRuns = async (
  folder: string,
  month: string,
  { from, count, projects }: { readonly from: number; readonly count: number; readonly projects: number },
): Promise<void> => {
  const { commit, file, done } = startImport(folder)
  await commit(`${count} runs of ${month}`, 1_700_001_000 + from, 'from refs/heads/main^0\n')
  for (let number = from; number < from + count; number++) {
    const project = projectId(number % projects)
    const { id, line } = runLine(project, benchKey(project), month, number)
    await file(openRunPath(project, month, id), `${line}\n`)
  }
  await done()
}

const hubJson = (maintainer: BenchKey, limits: Readonly<Record<string, number>>): string =>
  signedDocument(
    {
      schema: 'benchmark.hub/1',
      name: 'bench-hub',
      title: 'A generated hub',
      audience: 'public',
      layout: 'month-files/1',
      epoch: 1,
      previous_head: null,
      version: 1,
      salt: SALT,
      limits: {
        run_bytes: 262_144,
        segment_bytes: 16_777_216,
        folder_entries: 3000,
        projects: 3000,
        runs_per_project_per_day: 1000,
        ...limits,
      },
      maintainers: [registered(maintainer)],
    },
    maintainer,
  )

const run = (command: string, argv: readonly string[]): void => {
  const { status, stderr } = spawnSync(command, argv, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${argv.join(' ')}: ${stderr}`)
}

/** Path of the n-th run as a single file, for what is added later. */
export const openRunPath = (project: string, month: string, id: string): string =>
  `${RESULTS}/${project}/${month}/${id}.json`
