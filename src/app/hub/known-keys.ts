/** Whose keys were known before a hub is read afresh, and what became of them. */
import { HUB_FILE } from '../../core/hub/layout.ts'
import type { HubDeps } from './hub-deps.ts'

type Owners = ReadonlyMap<string, ReadonlySet<string>>

const MAINTAINERS = 'The maintainers of the hub'

/** Key ids by whose they are, in the words of a sentence. */
export const knownKeys = ({ index, documents, repository: { url } }: HubDeps): Owners => {
  const keys = new Map<string, ReadonlySet<string>>()
  for (const { path, bytes } of index.registry(url, '')) {
    const [owner, listed] =
      path === HUB_FILE
        ? [MAINTAINERS, documents.hub(bytes).document?.maintainers]
        : path.startsWith('registry/projects/')
          ? [`The owners of project ${path.split('/')[2] ?? ''}`, documents.project(bytes).document?.keys]
          : [path, undefined]
    if (listed !== undefined) keys.set(owner, new Set(listed.map(({ key_id }) => key_id)))
  }
  return keys
}

/** Sentences about owners whose keys are gone: rightly, keys are revoked and stay listed. */
export const lostKeys = (before: Owners, now: Owners): readonly string[] =>
  [...before].flatMap(([owner, keys]) => {
    const kept = now.get(owner) ?? new Set<string>()
    const gone = [...keys].filter((key) => !kept.has(key))
    return gone.length === 0
      ? []
      : [
          `${owner} were known by ${gone.length === 1 ? 'a key that is' : 'keys that are'} no longer listed (${gone.join(', ')}): ` +
            'somebody else may speak for them now. Ask them before you rely on what was read.',
        ]
  })
