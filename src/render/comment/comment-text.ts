import { plainLine } from '../plain-text.ts'
import { renderTable, type TableOptions } from '../table/table.ts'
import { type Comment, SYMBOLS, type Words } from './comment.ts'

/** What the comment says, for a terminal or a log; `brief`: without the details. */
export const commentText = (
  comment: Comment,
  options: Omit<TableOptions, 'format'> & { readonly brief?: boolean } = {},
): string => {
  const { headline, lines, table, next, link, commit, version, state } = comment
  const details = options.brief === true ? [] : comment.details
  const parts = [
    [`${SYMBOLS[state]} ${wordsText(headline)}`, ...lines.map(wordsText)].join('\n'),
    table === null ? '' : renderTable(table, options),
    next.map((words) => `→ ${wordsText(words)}`).join('\n'),
    ...details.map((detail) =>
      [
        plainLine(detail.summary),
        ...(detail.table === null ? [] : [renderTable(detail.table, options)]),
        ...detail.lines.map((words) => `  ${wordsText(words)}`),
      ].join('\n'),
    ),
    [
      ...(link === null ? [] : [plainLine(link)]),
      ...(commit === null ? [] : [`for commit ${plainLine(commit.slice(0, 12))}`]),
      `benchmark ${version}`,
    ].join(', '),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

const wordsText = (words: Words): string =>
  words
    .map((word) => (typeof word === 'string' ? word : 'name' in word ? word.name : word.command))
    .map(keepEdges)
    .join('')

// The spaces between words are ours.
const keepEdges = (word: string): string => {
  const [, before = '', after = ''] = /^( ?).*?( ?)$/s.exec(word) ?? []
  const line = plainLine(word)
  return line === '' ? '' : `${before}${line}${after}`
}
