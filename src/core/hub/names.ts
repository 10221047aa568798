/** Names that stand in a hub's paths: lower-case ASCII, so that no file system folds, forbids or reinterprets them. */
const HUB_NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const DEVICE_NAME = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/
const MONTH = /^(?:20|21)\d\d-(?:0[1-9]|1[0-2])$/

/** The shared folder of everybody's anonymised runs; no project may take its name. */
export const COMMUNITY = 'community'

/** What a run is called in a hub: its own id, or 26 random characters where it was anonymised. */
export const HUB_RUN_ID = /^(?:\d{8}t\d{6}z-[0-9a-hjkmnp-tv-z]{6}|[0-9a-hjkmnp-tv-z]{26})$/

/** Whether this can be the name of a project, benchmark type or dataset in a hub. */
export const isHubName = (name: string): boolean => HUB_NAME.test(name) && !DEVICE_NAME.test(name)

/** A month as the hub writes it: `2026-11`. */
export const isHubMonth = (month: string): boolean => MONTH.test(month)

/** The UTC month of a moment. */
export const hubMonthOf = (at: Date): string => at.toISOString().slice(0, 7)

/** The nearest name a hub accepts, or null when nothing of the given one can be kept. */
export const suggestHubName = (name: string): string | null => {
  const made = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
    .replaceAll(/-+$/g, '')
  return isHubName(made) && made !== COMMUNITY ? made : null
}
