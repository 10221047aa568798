// Servers send messages, and error pages, that may hold anything: escape sequences, reversed text, megabytes.

/* eslint-disable no-control-regex -- finding control characters is the point */
const ESCAPE_SEQUENCES =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])|\u009b[0-?]*[ -/]*[@-~]/g
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g
/* eslint-enable no-control-regex */

const LONGEST = 500

/** Foreign text as one harmless line of at most 500 characters; null when nothing is left of it. */
export const safeLine = (text: string): string | null => {
  const line = text
    .slice(0, 16 * LONGEST)
    .replaceAll(ESCAPE_SEQUENCES, '')
    .replaceAll(CONTROLS, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
  if (line === '') return null
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
