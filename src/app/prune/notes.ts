import { Problem } from '../../core/problem.ts'
import type { AuditLog } from '../hub/store-ports.ts'
import type { RunStore } from '../ports.ts'

/** Where it is written down what was removed. */
export interface Records {
  readonly store: Pick<RunStore, 'markPruned'>
  readonly audit: AuditLog
}

type Note = (records: Records) => void

/** Writing to the database while there may be no space for it yet. */
export interface Notes {
  /** Writes now, after what is still to be written; what fails is tried again with the next note and at the end. */
  write(note: Note): Promise<void>
  /** Tries what is left once more; why it failed, or nothing. */
  unwritten(): Promise<readonly Problem[]>
}

/** On a full disk nothing can be written before something was removed: then it is written as soon as that is possible. */
export const createNotes = (open: () => Promise<Records>): Notes => {
  const waiting: Note[] = []
  let records: Records | undefined
  const tryAll = async (): Promise<readonly Problem[]> => {
    try {
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        records ??= await open()
        next(records)
        waiting.shift()
      }
      return []
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'E_STORE') throw error
      return [error]
    }
  }
  return {
    write: async (note) => {
      waiting.push(note)
      await tryAll()
    },
    unwritten: tryAll,
  }
}
