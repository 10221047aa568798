import type { CommentSubject } from './comment.ts'
import { commentMarkdown } from './comment-markdown.ts'
import { commentOf } from './comment-of.ts'
import { commentText } from './comment-text.ts'

/** The comment of a run, for a pull request (`markdown`) or a log (`text`); with a line feed at its end. */
export const renderComment = (
  subject: CommentSubject,
  options: {
    readonly format: 'markdown' | 'text'
    readonly open?: boolean
    readonly brief?: boolean
    readonly width?: number
  },
): string => {
  const comment = commentOf(subject)
  if (options.format === 'markdown') return commentMarkdown(comment, { open: options.open ?? false })
  const { brief = false, width } = options
  return `${commentText(comment, { brief, ...(width === undefined ? {} : { width }) })}\n`
}
