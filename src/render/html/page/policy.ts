import { createHash } from 'node:crypto'

/** `'sha256-…'` of the text between the tags of an inline element. */
const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

/** Policy of a page that holds its style sheet and its script itself: nothing else is allowed to act or be loaded. */
export const singleFilePolicy = (style: string, script: string): string =>
  [
    "default-src 'none'",
    'img-src data:',
    `style-src ${hashSource(style)}`,
    `script-src ${hashSource(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')

/**
 * Policy of a page of a site: style sheets and scripts of the site only. The site holds no file of a stranger's making,
 * so that this is as strict as a hash, and scripts may load further data of the site.
 */
export const SITE_POLICY =
  "default-src 'none'; img-src data:; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
