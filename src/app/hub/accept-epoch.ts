import { activeKeys, judgeEpoch } from '../../core/hub/registration.ts'
import type { Oid } from './git-ports.ts'
import type { HubDeps } from './hub-deps.ts'
import { readHubFile } from './hub-file.ts'
import { signersOf } from './registry-state.ts'

/**
 * Whether a history that does not go on from ours is a new epoch, signed by a maintainer of the `hub.json` that was read last:
 * then whoever writes goes on from it. Readers judge it once more, by what they took in.
 */
export const acceptEpoch =
  (deps: Pick<HubDeps, 'repository' | 'documents' | 'signatures'>) =>
  async (head: Oid, ours: Oid): Promise<boolean> => {
    const hubAt = async (commit: Oid) => {
      const { tree } = await deps.repository.commit(commit)
      return readHubFile(deps, { commit, tree })
    }
    const [before, next] = [await hubAt(ours), await hubAt(head)]
    const signedBy = await signersOf(deps.signatures, next, activeKeys(before.maintainers), next.salt)
    return judgeEpoch({ ...before, head: ours }, next, signedBy).kind !== 'refused'
  }
