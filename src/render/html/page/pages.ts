import Handlebars from 'handlebars'
import { chartRules, tokenProperties } from '../theme/tokens.ts'
import { singleFilePolicy, SITE_POLICY } from './policy.ts'
import { registerRawHelpers } from './raw-helpers.ts'

/** Reads a text of the package's folder `templates/report`. */
export type ReadTemplate = (file: string) => string

/** What every page says of itself. Addresses are relative to the page. */
interface PageFrame {
  readonly title: string
  /** One sentence for search engines and previews. */
  readonly description: string
  /** Links to the sections or pages; shown under the header. */
  readonly links: readonly { readonly href: string; readonly text: string; readonly isCurrent?: boolean }[]
  /** Where the page comes from: last line of every page, also in print. */
  readonly footer: string
}

/** Files of a site that its pages refer to, relative to the page. */
interface SiteAssets {
  readonly styles: readonly string[]
  readonly scripts: readonly string[]
}

/** The pages of this program: templates compiled once, style sheet and script of the package. */
export interface Pages {
  /** One file that needs nothing else. `template` is a file of `templates/report` without `.hbs`. */
  readonly singleFile: (template: string, frame: PageFrame, data: object) => string
  /** A page of a site, whose style sheets and scripts are files beside it. */
  readonly sitePage: (template: string, frame: PageFrame, data: object, assets: SiteAssets) => string
  /** The style sheet: tokens, rules of charts, `app.css`. */
  readonly styleSheet: string
  /** The script of the pages: `app.js`. */
  readonly script: string
}

/** Templates that others use by name. */
const PARTIALS = ['layout', 'table', 'figure', 'absent', 'words'] as const

/** Reads what is shared by all pages; templates are compiled on first use. `partials`: further ones of a site. */
export const createPages = (read: ReadTemplate, partials: readonly string[] = []): Pages => {
  const handlebars = Handlebars.create()
  registerRawHelpers(handlebars)
  for (const name of [...PARTIALS, ...partials]) handlebars.registerPartial(name, read(`${name}.hbs`))
  const compiled = new Map<string, ReturnType<typeof handlebars.compile>>()
  const template = (name: string): ReturnType<typeof handlebars.compile> => {
    const known = compiled.get(name)
    if (known !== undefined) return known
    const fresh = handlebars.compile(read(`${name}.hbs`), { strict: true, knownHelpersOnly: false })
    compiled.set(name, fresh)
    return fresh
  }
  const styleSheet = `:root{${tokenProperties()}}${chartRules()}\n${read('app.css')}`
  const script = read('app.js')
  return {
    styleSheet,
    script,
    singleFile: (name, frame, data) =>
      template(name)({
        ...data,
        frame,
        head: { policy: singleFilePolicy(styleSheet, script), inline: { style: styleSheet, script }, assets: null },
      }),
    sitePage: (name, frame, data, assets) =>
      template(name)({ ...data, frame, head: { policy: SITE_POLICY, inline: null, assets } }),
  }
}
