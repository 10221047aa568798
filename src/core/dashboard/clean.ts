/* eslint-disable no-control-regex -- finding control characters is the point */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/g
/* eslint-enable no-control-regex */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const LONE = /\p{Surrogate}/gu
const INVISIBLE = /[\u200b-\u200d\u2028\u2029\u2060-\u2065\ufeff]/g

/** Longest texts that are shown. */
export const NAME_LENGTH = 120
export const MESSAGE_LENGTH = 2000

/**
 * Text of strangers as it may be shown: control characters become U+FFFD, marks that reverse or hide text become visible
 * escapes, and what is too long ends in `…`.
 */
export const clean = (text: string, longest: number = NAME_LENGTH): string => {
  const shown = text
    .replaceAll(CONTROLS, '\ufffd')
    .replaceAll(DIRECTIONS, escape)
    .replaceAll(INVISIBLE, escape)
    .replaceAll(LONE, '\ufffd')
    .normalize('NFC')
  if (shown.length <= longest) return shown
  // Half of a surrogate pair is no character.
  return `${shown.slice(0, longest - 1).replace(/\p{Surrogate}$/u, '')}…`
}

const escape = (mark: string): string => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`
