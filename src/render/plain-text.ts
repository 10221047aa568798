// Labels, sample names and messages of other people's programs are shown on terminals and may hold anything:
// escape sequences that recolour or rewrite the screen, control characters, marks that reverse the reading direction.

/* eslint-disable no-control-regex -- finding control characters is the point */
const ESCAPE_SEQUENCES =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])|\u009b[0-?]*[ -/]*[@-~]/g
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g
/* eslint-enable no-control-regex */

/** Text that does nothing to a terminal but show itself. Line breaks stay. */
export const plainText = (text: string): string =>
  text.replaceAll(ESCAPE_SEQUENCES, '').replaceAll('\r\n', '\n').replaceAll('\t', ' ').replaceAll(CONTROLS, '\ufffd')

/** The same on one line, for table cells and one-line messages. */
export const plainLine = (text: string): string =>
  plainText(text)
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()
