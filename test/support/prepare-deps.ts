import { createHash, randomBytes } from 'node:crypto'
import { canonicalJson } from '../../src/core/canonical-json.ts'
import type { PrepareDeps } from '../../src/app/hub/prepare-document.ts'
import type { HubRunDocument } from '../../src/generated/hub-run.ts'
import { builtInParameters } from '../../src/config/built-in-parameters.ts'
import { createHubDocuments } from '../../src/hub/documents/hub-documents.ts'
import { createKeyStore } from '../../src/hub/keys/key-store.ts'
import { tempDir } from './harness.ts'

export interface IndexContent {
  readonly registry?: Readonly<Record<string, object>>
  readonly runs?: readonly HubRunDocument[]
}

/** What documents are prepared with: real keys and readers, and an index that holds what it is given. */
export const prepareDeps = ({ registry = {}, runs = [] }: IndexContent = {}): PrepareDeps => {
  const documents = createHubDocuments()
  const index = {
    state: () => null,
    registry: (_url: string, prefix: string) =>
      Object.entries(registry)
        .filter(([path]) => path.startsWith(prefix))
        .map(([path, document]) => ({ path, bytes: documents.bytes(document) })),
    documents: () =>
      runs.map((run) => {
        const month = run.payload.started_at.slice(0, 7)
        return { path: '', project: run.project_id, month, line: Buffer.from(canonicalJson(run)) }
      }),
  }
  return {
    repository: { url: 'https://example.org/hub.git' } as PrepareDeps['repository'],
    documents,
    keys: createKeyStore({ BENCHMARK_CONFIG_HOME: tempDir('config') }),
    index: index as unknown as PrepareDeps['index'],
    sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    randomBytes,
    toolVersion: '0.1.0',
    publicPipelines: () => Promise.resolve(builtInParameters()),
  }
}
