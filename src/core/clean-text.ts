// Names and messages come from tools, users and strangers of a hub. On a page they may be read, never act: no control
// characters, no marks that turn the reading direction, one spelling of every character, no endless lines.

/* eslint-disable no-control-regex -- finding control characters is the point */
const CONTROLS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
/* eslint-enable no-control-regex */
const SPACES = /[\t\n\u2028\u2029]+/g
/** Direction marks and characters of no width: they are shown as what they are. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/**
 * Text of a stranger, safe to show anywhere: NFC, control characters as U+FFFD, direction marks as `[U+202E]`, on one
 * line, at most `most` characters with a visible "…".
 */
const cleanText = (text: string, most: number): string => {
  const plain = text
    .slice(0, most * 4)
    .normalize('NFC')
    .replaceAll(SPACES, ' ')
    .replaceAll(CONTROLS, '\ufffd')
    .replaceAll(INVISIBLE, (sign) => `[U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`)
  const signs = Array.from(plain)
  return signs.length <= most && text.length <= most * 4 ? plain : `${signs.slice(0, most - 1).join('')}…`
}

/** A name of a run, sample, pipeline, project: at most 120 characters. */
export const cleanName = (name: string): string => cleanText(name, 120)

/** A message, reason or warning: at most 2000 characters. */
export const cleanMessage = (message: string): string => cleanText(message, 2000)
