import type { ViewReport } from '../../app/hub/view-ports.ts'
import type { HubChange } from '../../app/hub/hub-change.ts'
import { formatInteger } from '../format-number.ts'
import { plainText } from '../plain-text.ts'

const count = (n: number, one: string): string => `${formatInteger(n)} ${n === 1 ? one : `${one}s`}`

/** What a maintenance command did. */
export const renderHubChange = ({ hub, action, commit, changed, removed, runs, notes }: HubChange): string => {
  const parts = [
    changed === 0 ? null : `${count(changed, 'file')} written`,
    removed === 0 ? null : `${count(removed, 'file')} removed`,
    runs === 0 ? null : `${count(runs, 'run')} concerned`,
  ].filter((part) => part !== null)
  const what = parts.length === 0 ? 'nothing to do' : parts.join(', ')
  const state =
    commit === null ? (parts.length === 0 ? '' : ' (nothing was changed)') : `, commit ${commit.slice(0, 12)}`
  return plainText([`hub ${action}: ${hub}: ${what}${state}.`, ...notes].join('\n'))
}

/** What a view of the hub wrote. */
export const renderHubView = ({ dir, written, unchanged, removed }: ViewReport & { readonly dir: string }): string =>
  plainText(
    `${dir}: ${count(written, 'file')} written, ${formatInteger(unchanged)} as they were, ${formatInteger(removed)} removed.`,
  )
