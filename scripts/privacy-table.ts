import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Field {
  readonly description?: string
  readonly 'x-privacy'?: string
}

const HEAD = ['| part | field | holds | community | public |', '|---|---|---|---|---|']
const START = '<!-- fields -->'
const END = '<!-- /fields -->'

/** Which fields of a shared run travel how far, as the marks of its schema say. */
const privacyTable = (root: string): string => {
  const { $defs } = JSON.parse(readFileSync(join(root, 'schemas', 'hub-run.schema.json'), 'utf8')) as {
    $defs: Readonly<Record<string, { readonly properties?: Readonly<Record<string, Field>> }>>
  }
  const rows = Object.entries($defs).flatMap(([part, { properties = {} }]) =>
    Object.entries(properties).map(([field, { description = '', 'x-privacy': mark }]) => {
      const isShared = mark === 'community'
      return `| ${part} | \`${field}\` | ${description} | ${isShared ? 'yes' : 'no'} | ${isShared || mark === 'public' ? 'yes' : 'no'} |`
    }),
  )
  return [...HEAD, ...rows].join('\n')
}

/** A page with the table between its two marks renewed. */
export const withPrivacyTable = (page: string, root: string): string => {
  const [before = '', rest = ''] = page.split(START)
  const after = rest.split(END)[1] ?? ''
  return `${before}${START}\n${privacyTable(root)}\n${END}${after}`
}
