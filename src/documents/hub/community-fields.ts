import { HUB_RUN_PRIVACY } from '../../generated/hub-run-privacy.ts'
import type { RunPayload } from '../../generated/hub-run.ts'

/**
 * A payload with nothing in it but fields the schema marks `community`. A field without that mark, new ones too, becomes
 * empty; a key the schema does not have is not copied. `told`: what was there, by field.
 */
export const onlyCommunityFields = (payload: RunPayload): { readonly payload: RunPayload; readonly told: string[] } => {
  const told = new Set<string>()
  const kept = projected(payload, 'RunPayload', '', told) as RunPayload
  return { payload: kept, told: [...told] }
}

const projected = (value: unknown, part: string, path: string, told: Set<string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => projected(item, part, path, told))
  if (typeof value !== 'object' || value === null) return null
  const given = value as Readonly<Record<string, unknown>>
  const fields = Object.entries(HUB_RUN_PRIVACY[part] ?? {}).map(([field, { privacy, of }]) => {
    const inner = given[field]
    const at = path === '' ? field : `${path}/${field}`
    if (privacy === 'community') return [field, of === null ? inner : projected(inner, of, at, told)] as const
    if (!isEmpty(inner)) told.add(at)
    return [field, Array.isArray(inner) ? [] : null] as const
  })
  return Object.fromEntries(fields)
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)
