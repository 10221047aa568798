import { plainLine, plainText } from '../plain-text.ts'

// What no font shows (joiners, fillers, variation selectors, annotations): a name must not hide behind it.
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu

/**
 * Text that means nothing to a renderer of GitHub Flavored Markdown, GitLab's included: no markup, HTML, link, mention,
 * reference, emoji code or image comes of it. `<code>` keeps mentions and references asleep; numeric character
 * references keep the rest asleep where a code span of back-ticks would break (`|` and `\` in a table).
 */
export const inertText = (text: string): string => {
  const line = cleaned(text, Number.POSITIVE_INFINITY)
  return isHarmless(line) ? line : `<code>${referenced(line)}</code>`
}

/** Longest name of a stranger that is shown; the rest is named by an ellipsis. */
const LONGEST_NAME = 80

/** The same, always in `<code>` and of at most 80 characters: for names in comments, whatever they hold. */
export const inertName = (text: string, longest = LONGEST_NAME): string =>
  `<code>${referenced(cleaned(text, longest))}</code>`

/** A link to a page, or null where the address is none of the web. `words` are ours. */
export const inertLink = (words: string, address: string): string | null => {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  const href = url.href.replaceAll(/[<>\\`]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `[${words}](<${href}>)`
}

/**
 * Running text of ours that has names of strangers in it. Signs that markup and links are made of become numeric
 * references; those of mentions and references moreover stand in `<code>`, away from what they would name.
 */
export const inertProse = (text: string): string =>
  plainText(text)
    .split('\n')
    .map((line) =>
      line
        .replaceAll(INVISIBLE, '\ufffd')
        .normalize('NFC')
        .replaceAll(SIGNS, (sign, naming: string | undefined) =>
          naming === undefined ? numeric(sign) : `<code>${numeric(sign)}</code>`,
        ),
    )
    .join('\n')

// First what names people, issues, links or emoji together with what follows it, then everything that can be markup.
const SIGNS =
  /((?<=www)\.|(?<=gh)-(?=\d)|(?<!\d):(?=\S)|:(?=[^\s\d])|[@#!~$%^&])|[^A-Za-z0-9 ,.;:()+='’\u00a0-\ufffc-]/giu

const cleaned = (text: string, longest: number): string => {
  const line = plainLine(text).replaceAll(INVISIBLE, '\ufffd').normalize('NFC')
  const characters = Array.from(line)
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`
}

// Letters, numbers with their units, punctuation; a colon before a space, and brackets that are no beginning of a link.
const HARMLESS = /^(?:[A-Za-z0-9 ,.;=()%+\u00a0-\ufffc-]|:(?= |$)|(?<=\d)\/(?=\d)|\[[A-Za-z0-9 ,.%+-]*\](?![([:]))*$/
// `www.` begins a link, `GH-12` names an issue, `%v1` a milestone, seven or more hexadecimal digits a commit.
const TELLING = /www\.|\bgh-\d|%\w|\b(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/i

const isHarmless = (line: string): boolean => HARMLESS.test(line) && !TELLING.test(line)

const referenced = (line: string): string =>
  line.replaceAll(/:(?! )|[^A-Za-z0-9 +,;:=()%\u00a0-\ufffc-]/gu, (sign) => numeric(sign))

const numeric = (character: string): string => `&#${String(character.codePointAt(0))};`
