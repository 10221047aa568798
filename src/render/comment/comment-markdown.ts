import { inertLink, inertName, inertProse } from '../markdown/inert-text.ts'
import { renderTable } from '../table/table.ts'
import { type Comment, type CommentTable, SYMBOLS, type Words } from './comment.ts'

/** GitHub refuses more than 65,536 characters, GitLab more than a million; this leaves room for what a poster adds. */
const MOST_CHARACTERS = 60_000
const MOST_ROWS = 400

interface MarkdownOptions {
  /** Whether the details are unfolded. */
  readonly open?: boolean
}

/** Finds the comment again; the author must be checked too, because anybody can write this line. */
const markerOf = (key: string): string =>
  `<!-- bench:comment:v1 key=${key.replaceAll(/[^A-Za-z0-9._/]+/g, '-').slice(0, 120)} -->`

/**
 * A comment in GitHub Flavored Markdown, at most 60,000 characters. What is too long loses whole rows from the end of its
 * longest tables, and says how many; whatever came from a registry or a run is inert.
 */
export const commentMarkdown = (comment: Comment, options: MarkdownOptions = {}): string => {
  for (let rows = MOST_ROWS; rows > 0; rows = Math.floor(rows / 2)) {
    const text = written(comment, rows, options)
    if (text.length <= MOST_CHARACTERS) return fullest(comment, rows, options)
  }
  return written(comment, 0, options).slice(0, MOST_CHARACTERS)
}

/** With as many rows as there is room for, at least `enough`. */
const fullest = (comment: Comment, enough: number, options: MarkdownOptions): string => {
  let [fits, tooMany] = [enough, Math.min(MOST_ROWS + 1, enough * 2)]
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2)
    if (written(comment, middle, options).length <= MOST_CHARACTERS) fits = middle
    else tooMany = middle
  }
  return written(comment, fits, options)
}

const written = (comment: Comment, mostRows: number, { open = false }: MarkdownOptions): string => {
  const parts = [
    `${markerOf(comment.key)}\n### ${SYMBOLS[comment.state]} ${wordsText(comment.headline)}`,
    ...comment.lines.map(wordsText),
    comment.table === null ? '' : tableText(comment.table, mostRows),
    comment.next.length === 0 ? '' : `**Next:** ${comment.next.map(wordsText).join('; ')}.`,
    ...comment.details.map(({ summary, table, lines }) =>
      [
        `<details${open ? ' open' : ''}><summary>${inertProse(summary)}</summary>`,
        ...(table === null ? [] : [tableText(table, mostRows)]),
        ...(lines.length === 0 ? [] : [lines.map((line) => `- ${wordsText(line)}`).join('\n')]),
        '</details>',
      ].join('\n\n'),
    ),
    footerText(comment),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const footerText = ({ link, commit, version }: Comment): string => {
  const report = link === null ? null : inertLink('Full report', link)
  return [
    ...(report === null ? [] : [report]),
    ...(commit === null ? [] : [`updated for ${inertName(commit.slice(0, 12))}`]),
    `benchmark ${inertProse(version)}`,
  ].join(' · ')
}

const tableText = ({ head, rows }: CommentTable, mostRows: number): string => {
  const shown = rows.slice(0, mostRows)
  const cut = rows.length - shown.length
  const table = renderTable({ head, rows: shown }, { format: 'markdown' })
  return cut === 0 ? table : `${table}\n\n${String(cut)} more ${cut === 1 ? 'row was' : 'rows were'} cut to fit.`
}

const wordsText = (words: Words): string =>
  words
    .map((word) => {
      if (typeof word === 'string') return inertProse(word)
      return 'name' in word ? inertName(word.name) : inertName(word.command, Number.POSITIVE_INFINITY)
    })
    .join('')
