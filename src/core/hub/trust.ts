/** Whose signature a run carries, from what is registered and what was pinned at first use. */
import { COMMUNITY } from './names.ts'
import type { RegisteredKey } from './registration.ts'

/** `refused`: signed with a revoked key, and first seen after the revocation. */
export type RunTrust = 'owner' | 'unknown-owner' | 'revoked' | 'anonymous' | 'refused'

export interface TrustQuestion {
  readonly project: string
  readonly keyId: string
  /** Of the registration that counts; null: the project has none. */
  readonly keys: readonly RegisteredKey[] | null
  /** Key ids pinned for the project; empty: nothing was pinned yet. */
  readonly pins: ReadonlySet<string>
  /** When this machine (or the hub) first saw the run, UTC. */
  readonly firstSeenAt: string
}

/**
 * Trust of a run whose signature, where its key is known, was found right. Who reads a hub first pins the keys of its
 * projects; a registration that has none of them any more took the project over and proves nothing.
 */
export const trustOf = ({ project, keyId, keys, pins, firstSeenAt }: TrustQuestion): RunTrust => {
  if (project === COMMUNITY) return 'anonymous'
  const key = keys?.find(({ key_id }) => key_id === keyId)
  if (key === undefined) return 'unknown-owner'
  if (key.revoked_at !== null && key.status === 'revoked') return firstSeenAt < key.revoked_at ? 'revoked' : 'refused'
  const isPinned = pins.size === 0 || (keys?.some(({ key_id }) => pins.has(key_id)) ?? false)
  return isPinned ? 'owner' : 'unknown-owner'
}
