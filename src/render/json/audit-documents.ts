import type { AuditEntry, AuditLog } from '../../app/hub/store-ports.ts'
import type { AuditListDocument } from '../../generated/audit-list.ts'
import type { AuditVerificationDocument } from '../../generated/audit-verification.ts'

/** The JSON of `benchmark audit list`. */
export const toAuditListDocument = (entries: readonly AuditEntry[]): AuditListDocument => ({
  schema: 'benchmark.audit-list/1',
  entries: entries.map(({ seq, at, actor, action, objectHash, detail, hash }) => ({
    ...{ seq, at, actor, action, object_hash: objectHash, detail: detail === null ? null : { ...detail }, hash },
  })),
})

/** The JSON of `benchmark audit verify`. */
export const toAuditVerificationDocument = ({
  entries,
  problems,
  newest,
}: ReturnType<AuditLog['verify']> & { readonly newest: string | null }): AuditVerificationDocument => ({
  schema: 'benchmark.audit-verification/1',
  ok: problems.length === 0,
  entries,
  newest,
  problems: problems.map(({ seq, problem }) => ({ seq, problem })),
})
