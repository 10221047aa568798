import { Problem } from '../../core/problem.ts'
import type { Files } from '../ports.ts'

type PendingFiles = Pick<Files, 'exists' | 'readText' | 'writeAtomically' | 'makeDir' | 'removeTree'>

/** What a registration that waits says; the key that signs it is in the key store. */
export interface PendingRegistration {
  readonly name: string | null
  readonly type: string | null
  readonly homepage: string | null
  readonly owner: string | null
  readonly description: string | null
}

const fileIn = (root: string): string => `${root}/.benchmark/registration.json`

/** Keeps a registration until there is a hub that can be reached. */
export const keepRegistration = (files: PendingFiles, root: string, registration: PendingRegistration): void => {
  files.makeDir(`${root}/.benchmark`)
  const { name, type, homepage, owner, description } = registration
  files.writeAtomically(fileIn(root), `${JSON.stringify({ name, type, homepage, owner, description }, null, 2)}\n`)
}

/** The registration that waits, or null. Throws `E_CONFIG` for a file that somebody damaged. */
export const pendingRegistration = (files: PendingFiles, root: string): PendingRegistration | null => {
  const file = fileIn(root)
  if (!files.exists(file)) return null
  const damaged = new Problem('E_CONFIG', 'The registration that waits is damaged.', {
    location: { file },
    hints: ['Delete the file and run benchmark register again.'],
  })
  let value: unknown
  try {
    value = JSON.parse(files.readText(file))
  } catch {
    throw damaged
  }
  if (typeof value !== 'object' || value === null) throw damaged
  const text = (key: string): string | null => {
    const found = (value as Record<string, unknown>)[key] ?? null
    if (found !== null && typeof found !== 'string') throw damaged
    return found
  }
  return {
    name: text('name'),
    type: text('type'),
    homepage: text('homepage'),
    owner: text('owner'),
    description: text('description'),
  }
}

export const forgetRegistration = (files: PendingFiles, root: string): void => files.removeTree(fileIn(root))
