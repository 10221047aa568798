/** What a benchmark reports: a table for people, made of text. */
export interface BenchTable {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The table as markdown, ready for docs/benchmarks.md. */
export const toMarkdown = ({ title, head, rows }: BenchTable): string =>
  [`### ${title}`, '', ...[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`), ''].join(
    '\n',
  )
