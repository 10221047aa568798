import type { CommentSubject } from './comment.ts'
import { commentMarkdown } from './comment-markdown.ts'
import { commentOf } from './comment-of.ts'
import { commentText } from './comment-text.ts'
import type { TableOptions } from '../table/table.ts'

interface CommentOptions extends Omit<TableOptions, 'format'> {
  readonly format: 'markdown' | 'text'
  /** Details unfolded; of markdown. */
  readonly open?: boolean
  /** Without the details; of text. */
  readonly brief?: boolean
}

/** The comment of a run, for a pull request (`markdown`) or a log (`text`); with a line feed at its end. */
export const renderComment = (subject: CommentSubject, options: CommentOptions): string => {
  const comment = commentOf(subject)
  if (options.format === 'markdown') return commentMarkdown(comment, { open: options.open ?? false })
  const { brief = false, width, paint } = options
  return `${commentText(comment, { brief, width, ...(paint === undefined ? {} : { paint }) })}\n`
}
