import type { CommitRequest } from './git-ports.ts'
import type { PublicKey } from './trust-ports.ts'

/** Who a commit is by: a key, never the user's own git identity. */
export const commitAuthor = ({ keyId }: Pick<PublicKey, 'keyId'>): CommitRequest['author'] => ({
  name: `bm-${keyId.slice(0, 8)}`,
  email: `${keyId}@benchmark.invalid`,
})
