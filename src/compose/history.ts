/** Wiring of histories and of what plans take from earlier runs. */
import { userInfo } from 'node:os'
import type { BlessDeps, BlessingChange, BlessRequest } from '../app/history/bless-shift.ts'
import type { HistoryReads } from '../app/history/history-ports.ts'
import type { HistoryRequest, ProjectHistory } from '../app/history/project-history.ts'
import type { RunStore } from '../app/ports.ts'
import type { HubStore } from './hub-store.ts'
import { clock } from './parts.ts'

/** How the numbers of a project moved over its runs, and which moves were accepted. */
export interface Histories {
  judge(request: HistoryRequest): Promise<ProjectHistory>
  bless(request: BlessRequest & { readonly why: string }): Promise<BlessingChange>
  takeBack(request: BlessRequest): Promise<BlessingChange>
  blessings(): Promise<BlessingChange>
}

/** What the wiring takes from the project around it. */
interface HistoryContext {
  readonly root: string
  readonly store: () => Promise<RunStore>
  readonly hubStore: (access: 'read' | 'write') => Promise<HubStore>
}

export const createHistories = ({ root, store, hubStore }: HistoryContext, databaseFile: string): Histories => {
  const parts = async () => {
    const [{ createBlessingFile }, { createProjectGit }] = await Promise.all([
      import('../config/blessings.ts'),
      import('../exec/project-git.ts'),
    ])
    return { blessings: createBlessingFile(root), git: createProjectGit(root) }
  }
  const changing = async (change: (deps: BlessDeps) => BlessingChange | Promise<BlessingChange>) => {
    const [found, runs] = await Promise.all([parts(), store()])
    const { audit } = await hubStore('write')
    const userName = (): string => userInfo().username
    return withHistory(databaseFile, (reads) => change({ ...found, store: runs, reads, audit, clock, userName }))
  }
  return {
    judge: async (request) => {
      const [found, { projectHistory }] = await Promise.all([parts(), import('../app/history/project-history.ts')])
      return withHistory(databaseFile, (reads) => projectHistory({ ...found, reads }, request))
    },
    bless: async (request) => {
      const { blessShift } = await import('../app/history/bless-shift.ts')
      return changing((deps) => blessShift(deps, request))
    },
    takeBack: async (request) => {
      const { takeBackBlessing } = await import('../app/history/bless-shift.ts')
      return changing((deps) => takeBackBlessing(deps, request))
    },
    blessings: async () => {
      const [{ blessings }, { listBlessings }] = await Promise.all([parts(), import('../app/history/bless-shift.ts')])
      return listBlessings(blessings)
    },
  }
}

/** Opens what is read of earlier runs. */
export const withHistory = async <T>(
  databaseFile: string,
  use: (reads: HistoryReads) => T | Promise<T>,
): Promise<T> => {
  const [{ openDatabaseForReading }, { createHistoryReads }] = await Promise.all([
    import('../store/open.ts'),
    import('../store/history/history-reads.ts'),
  ])
  const db = openDatabaseForReading(databaseFile)
  try {
    return await use(createHistoryReads(db))
  } finally {
    db.close()
  }
}
