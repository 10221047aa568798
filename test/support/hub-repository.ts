import type { CommitRequest, FileChange, HubRepository, Oid, TreeChange } from '../../src/app/hub/git-ports.ts'
import type { Credentials } from '../../src/app/hub/trust-ports.ts'
import { createHubRepository } from '../../src/hub/git-hub.ts'

/** No tokens at all. */
const noCredentials: Credentials = {
  find: () => Promise.resolve(null),
  store: () => undefined,
  remove: () => false,
  confirm: () => undefined,
  withheld: () => null,
  redact: (text) => text,
}

/** An environment without git on its PATH. */
export const withoutGit = (environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv => ({
  ...environment,
  PATH: '/nonexistent',
})

export const openHub = (
  url: string,
  mirrorDir: string,
  more: Partial<Parameters<typeof createHubRepository>[0]> = {},
): HubRepository =>
  createHubRepository({ url, mirrorDir, environment: process.env, credentials: noCredentials, ...more })

export const commitOf = (parent: Oid | null, changes: readonly FileChange[], at = 1_790_000_000): CommitRequest => ({
  parent,
  changes,
  message: 'runs',
  author: { name: 'bm-test', email: 'test@benchmark.invalid' },
  at,
})

/** One run's file, unique by its number. */
export const runFile = (project: string, number: number, month = '2026-11'): FileChange => ({
  path: `warehouse/results/${project}/${month}/run-${String(number).padStart(6, '0')}.json`,
  bytes: Buffer.from(`${JSON.stringify({ number, project, padding: `${number}-`.repeat(50) })}\n`),
})

/** Fetches, adopts, commits and pushes as use cases do it; replays until it is in. */
export const upload = async (hub: HubRepository, changes: readonly FileChange[]): Promise<Oid> => {
  for (let tries = 0; tries < 50; tries++) {
    const { head } = await hub.fetch()
    if (head !== null) await hub.adopt(head)
    const next = await hub.prepare(commitOf(head, changes))
    const { answer } = await hub.push(head, next)
    if (answer === 'accepted') {
      await hub.adopt(next.commit)
      return next.commit
    }
  }
  throw new Error('never accepted')
}

export const sync = async (hub: HubRepository): Promise<{ head: Oid | null; bytesReceived: number }> => {
  const report = await hub.fetch()
  if (report.head !== null) await hub.adopt(report.head)
  return report
}

export const changesOf = async (hub: HubRepository, before: Oid | null, after: Oid): Promise<TreeChange[]> => {
  const changes: TreeChange[] = []
  for await (const change of hub.diff(before, after)) changes.push(change)
  return changes
}

export const treeOf = async (hub: HubRepository, commit: Oid): Promise<Oid> => (await hub.commit(commit)).tree
