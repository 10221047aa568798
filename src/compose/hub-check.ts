/** `hub check` needs no project: any repository, as it is. */
import { createHash } from 'node:crypto'
import type { HubCheck } from '../app/hub/check-hub.ts'
import { Problem } from '../core/problem.ts'

/** A ref as it is to change; `base` null: everything in it is new. */
export interface CheckedUpdate {
  readonly base: string | null
  readonly head: string
  readonly ref: string
}

const HUB_REF = 'refs/heads/main'

/** Checks updates of `main`; other branches are proposals, and no part of the hub. Throws `E_NOT_FOUND` for no such commit. */
export const checkRepository = async (
  dir: string,
  updates: readonly CheckedUpdate[],
  options: { readonly byMaintainer: boolean },
): Promise<readonly HubCheck[]> => {
  const [{ checkHub }, { openRepositoryForCheck }, { createHubDocuments }, { createRunReader }, { createSignatures }] =
    await Promise.all([
      import('../app/hub/check-hub.ts'),
      import('../hub/git-hub.ts'),
      import('../hub/documents/hub-documents.ts'),
      import('../hub/documents/run-reader.ts'),
      import('../hub/keys/index.ts'),
    ])
  const reader = openRepositoryForCheck(dir, process.env)
  const commitOf = async (revision: string): Promise<string> => {
    if (/^0+$/.test(revision)) return revision
    const oid = await reader.resolve(revision)
    if (oid !== null) return oid
    throw new Problem('E_NOT_FOUND', `There is no commit ${revision} in the repository ${dir}.`, {
      hints: ['Give --repository, and fetch the commit first.'],
    })
  }
  try {
    const deps = {
      reader,
      documents: createHubDocuments(),
      signatures: createSignatures(),
      runs: createRunReader(),
      sha256: (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex'),
    }
    const checks: HubCheck[] = []
    for (const { base, head, ref } of updates) {
      if (ref !== HUB_REF) continue
      const request = { base: base === null ? null : await commitOf(base), head: await commitOf(head), now: new Date() }
      checks.push(await checkHub(deps, { ...request, ...options }))
    }
    return checks
  } finally {
    await reader.close()
  }
}
