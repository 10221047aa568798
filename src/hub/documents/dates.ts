/** Whether this is a day that exists (`2026-02-30` has the right form, and is none). */
export const isDay = (text: string): boolean => text.length === 10 && isMoment(`${text}T00:00:00.000Z`)

/** Whether this is a moment that exists, in UTC with milliseconds. */
export const isMoment = (text: string): boolean => {
  const time = Date.parse(text)
  return Number.isFinite(time) && new Date(time).toISOString() === text
}
