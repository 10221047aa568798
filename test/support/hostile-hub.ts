/** Real repositories with hubs in them, right ones and hostile ones, made by git's plumbing. */
import { createHash } from 'node:crypto'
import { checkHub, type HubCheck } from '../../src/app/hub/check-hub.ts'
import { joinLines } from '../../src/core/hub/compaction.ts'
import { projectPath, runPath, sealPath, segmentPath } from '../../src/core/hub/layout.ts'
import { signedSealBytes } from '../../src/core/hub/signed-bytes.ts'
import { createHubDocuments } from '../../src/hub/documents/hub-documents.ts'
import { createRunReader } from '../../src/hub/documents/run-reader.ts'
import { createSignatures } from '../../src/hub/keys/signatures.ts'
import { git, gitCliReader, prepareCommit } from './git-cli-hub.ts'
import { hubRun, lineOf, sharedPayload, signedBy, testKey, type TestKey } from './hub-documents.ts'

export const NOW = new Date('2026-12-10T12:00:00.000Z')
const ADDED = '2026-11-01T00:00:00.000Z'
export const SALT = '00112233445566778899aabbccddeeff'

export const documents = createHubDocuments()
export const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')
export const trustDeps = { documents, signatures: createSignatures(), runs: createRunReader(), sha256 }

export const maintainer = testKey()
export const owner = testKey()
export const stranger = testKey()

export const keyEntry = (key: TestKey, changes: object = {}) => ({
  key_id: key.keyId,
  alg: key.alg,
  public_key: key.publicKey,
  status: 'active',
  added_at: ADDED,
  revoked_at: null,
  reason: null,
  ...changes,
})

export const hubFile = (changes: object = {}, by: TestKey = maintainer): Uint8Array =>
  documents.bytes(
    signedBy(by, {
      schema: 'benchmark.hub/1',
      name: 'tests',
      title: 'A hub of tests',
      audience: 'public',
      layout: 'month-files/1',
      epoch: 1,
      previous_head: null,
      version: 1,
      salt: SALT,
      limits: {
        run_bytes: 262_144,
        segment_bytes: 4_000_000,
        folder_entries: 200,
        projects: 5,
        runs_per_project_per_day: 50,
      },
      maintainers: [keyEntry(maintainer)],
      ...changes,
    }),
  )

export const projectFile = (id: string, changes: object = {}, by: TestKey = owner): Uint8Array =>
  documents.bytes(
    signedBy(by, {
      schema: 'benchmark.hub-project/1',
      id,
      type: 'amr-detection',
      owner: null,
      homepage: null,
      description: null,
      registered_at: ADDED,
      version: 1,
      keys: [keyEntry(owner)],
      ...changes,
    }),
  )

/** Run number `index`, its line and its file; every one has content of its own. */
export const aRun = (index: number, changes: Parameters<typeof hubRun>[1] = {}, by: TestKey = owner) => {
  const tail = String(index).padStart(6, '0')
  const document = hubRun(by, {
    run_id: `20261123t101502z-${tail}`,
    payload: sharedPayload({ label: `run ${index}` }),
    ...changes,
  })
  const line = lineOf(document)
  return { document, line, runId: document.run_id, file: Buffer.concat([line, Buffer.from('\n')]) }
}

export const pathOf = (run: { readonly runId: string }, month = '2026-11', project = 'gut'): string =>
  runPath(project, month, run.runId)

/** A closed month of these runs. */
export const segmentOf = (...runs: readonly { readonly runId: string; readonly line: Uint8Array }[]): Uint8Array =>
  joinLines(new Map(runs.map(({ runId, line }) => [runId, line])))

/** The seal of a closed month of `gut`; whatever of it is changed is changed before it is signed, for the hub with this salt. */
export const sealFile = (
  runs: readonly { readonly runId: string; readonly line: Uint8Array }[],
  { by = owner, salt = SALT, ...changes }: { by?: TestKey; salt?: string } & Readonly<Record<string, unknown>> = {},
): Uint8Array => {
  const unsigned = {
    schema: 'benchmark.hub-seal/1',
    project_id: 'gut',
    month: '2026-11',
    segment_sha256: sha256(segmentOf(...runs)),
    runs: runs.length,
    signer: { alg: by.alg, key_id: by.keyId },
    ...changes,
  }
  return documents.bytes({ sig: by.sign(signedSealBytes(unsigned, salt)), ...unsigned })
}

export const CLOSED = segmentPath('gut', '2026-11')
export const SEAL = sealPath('gut', '2026-11')

/** A file to write (null: to remove). A string stands for its UTF-8 bytes. */
export type Files = Readonly<Record<string, Uint8Array | string | null>>

const AUTHOR = { name: 'bm-test', email: 'test@benchmark.invalid' }

/** A commit on another one (null: a root). */
export const commitFiles = (dir: string, parent: string | null, files: Files): string => {
  const changes = Object.entries(files).map(([path, bytes]) => ({
    path,
    bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
  }))
  return prepareCommit(dir, { parent, changes, message: 'test', author: AUTHOR, at: 1_760_000_000 }).commit
}

/** A tree with any entry at all, and a commit of it: what no well-behaved git would make. */
export const commitRawTree = (
  dir: string,
  parent: string,
  entries: readonly { readonly mode: string; readonly name: string; readonly oid: string }[],
): string => {
  const parts = entries.map(({ mode, name, oid }) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]),
  )
  const tree = git(dir, ['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'], Buffer.concat(parts))
  const text = `tree ${tree}\nparent ${parent}\nauthor x <x> 1 +0000\ncommitter x <x> 1 +0000\n\nhostile\n`
  return git(dir, ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], text)
}

/** Entries of a commit's root tree, for making a hostile copy of it. */
export const rootEntries = (dir: string, commit: string) =>
  git(dir, ['ls-tree', commit])
    .split('\n')
    .map((line) => /^(\d+) \w+ (\w+)\t(.*)$/.exec(line) ?? [])
    .map(([, mode = '', oid = '', name = '']) => ({ mode: mode.replace(/^0/, ''), oid, name }))

export const blobOf = (dir: string, bytes: Uint8Array | string): string =>
  git(dir, ['hash-object', '-w', '--stdin'], bytes)

/** The first commit of a right hub: hub.json, one project, two runs. */
export const rightHub = (): Files => ({
  'hub.json': hubFile(),
  'README.md': '# A hub\n',
  [projectPath('gut')]: projectFile('gut'),
  [pathOf(aRun(1))]: aRun(1).file,
  [pathOf(aRun(2))]: aRun(2).file,
})

export const check = (
  dir: string,
  base: string | null,
  head: string,
  options: { readonly now?: Date; readonly byMaintainer?: boolean } = {},
): Promise<HubCheck> => checkHub({ ...trustDeps, reader: gitCliReader(dir) }, { base, head, now: NOW, ...options })

/** Rules that were broken, each once, errors only. */
export const brokenRules = ({ findings }: HubCheck): readonly string[] =>
  [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule))].sort()
