import type { HubChange } from '../../app/hub/hub-change.ts'
import type { ViewReport } from '../../app/hub/view-ports.ts'
import type { HubViewDocument } from '../../generated/hub-view.ts'
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

/** `benchmark.hub-view/1` */
export const toHubViewDocument = ({
  hub,
  dir,
  written,
  unchanged,
  removed,
}: ViewReport & { readonly hub: string; readonly dir: string }): HubViewDocument => ({
  schema: 'benchmark.hub-view/1',
  hub,
  folder: dir,
  written,
  unchanged,
  removed,
})
