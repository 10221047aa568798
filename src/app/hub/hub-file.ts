import { HUB_FILE } from '../../core/hub/layout.ts'
import { Problem } from '../../core/problem.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import type { HubHead } from './commit-loop.ts'
import type { HubDeps } from './hub-deps.ts'

/** `hub.json` of a head. Throws `E_HUB` when the repository is empty or no hub, saying what to do. */
export const readHubFile = async (
  deps: Pick<HubDeps, 'repository' | 'documents'>,
  head: HubHead,
): Promise<HubConfigDocument> => {
  const { url } = deps.repository
  const bytes = head.tree === null ? null : await deps.repository.file(head.tree, HUB_FILE)
  if (bytes === null)
    throw new Problem(
      'E_HUB',
      head.commit === null ? `The hub ${url} is empty.` : `${url} is no hub: it has no hub.json.`,
      {
        hints: ['Whoever keeps it makes it one: benchmark hub init', 'Check central_hub.url.'],
      },
    )
  const { document, fault } = deps.documents.hub(bytes)
  if (document === null)
    throw new Problem('E_HUB', `hub.json of ${url} cannot be used: ${fault}`, {
      hints: ['A newer version of this program may know it; else ask the hub’s maintainer.'],
    })
  return document
}
