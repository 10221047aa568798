/** Whether this is a day that exists (`2026-02-30` has the right form, and is none). */
export const isDay = (text: string): boolean => text.length === 10 && isMoment(`${text}T00:00:00.000Z`)

/** Whether this is a moment that exists, in UTC with milliseconds. */
export const isMoment = (text: string): boolean => {
  if (ANY_MONTH.test(text)) return true
  const time = Date.parse(text)
  return Number.isFinite(time) && new Date(time).toISOString() === text
}

// The first 28 days are in every month; only the others need a calendar.
const ANY_MONTH = /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
