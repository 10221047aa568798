import type { HubChange } from '../../app/hub/hub-change.ts'
import type { HubChangeDocument } from '../../generated/hub-change.ts'

/** `benchmark.hub-change/1` */
export const toHubChangeDocument = ({
  hub,
  action,
  commit,
  changed,
  removed,
  runs,
  notes,
}: HubChange): HubChangeDocument => ({
  schema: 'benchmark.hub-change/1',
  hub,
  action,
  commit,
  changed,
  removed,
  runs,
  notes: [...notes],
})
