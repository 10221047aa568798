import type { AuditEntry, AuditLog } from '../../app/hub/store-ports.ts'
import { formatInteger } from '../format-number.ts'
import { plainText } from '../plain-text.ts'
import { isForPrograms, renderTable, type TableOptions } from '../table/table.ts'

/** Entries of the audit log, one line each. */
export const renderAudit = (entries: readonly AuditEntry[], options: TableOptions = {}): string => {
  if (entries.length === 0 && !isForPrograms(options)) return 'No entries.'
  const rows = entries.map(({ seq, at, actor, action, objectHash, detail }) => [
    String(seq),
    { text: at.replace(/\.\d+Z$/, 'Z'), value: at },
    actor,
    action,
    { text: objectHash?.slice(0, 12) ?? '', value: objectHash },
    detail === null ? '(erased)' : wordsOf(detail),
  ])
  return renderTable({ head: ['no', 'at', 'by', 'action', 'object', 'detail'], rows }, options)
}

/** What became of the chain. */
export const renderAuditCheck = ({
  entries,
  problems,
  newest,
}: ReturnType<AuditLog['verify']> & { readonly newest: string | null }): string => {
  const count = `${formatInteger(entries)} ${entries === 1 ? 'entry' : 'entries'}`
  if (problems.length > 0)
    return plainText(
      [
        `The audit log is broken (${count}):`,
        ...problems.map(({ seq, problem }) => `  no ${String(seq)}: ${problem}`),
      ].join('\n'),
    )
  if (newest === null) return 'The audit log is empty.'
  return `The audit log is whole: ${count}, the newest has the hash ${newest}.`
}

const wordsOf = (detail: Readonly<Record<string, unknown>>): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
