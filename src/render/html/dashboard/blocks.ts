import { cleanMessage, cleanName } from '../../../core/clean-text.ts'
import type { Chart, DataTable } from '../charts/spec.ts'
import { type FigureView, figureView } from '../page/figure-view.ts'
import { tableView, type TableView } from '../page/table-view.ts'

// A page of the site is a list of sections, a section a list of blocks: one template then renders all of them.

export interface Link {
  readonly href: string
  readonly text: string
  readonly note?: string | null
}

/** A number people look at first. */
export interface Kpi {
  readonly what: string
  readonly value: string
  readonly isMissing: boolean
  readonly notes: readonly string[]
}

interface Fact {
  readonly name: string
  readonly value: string
  readonly href?: string | null
}

/** What the template asks for; exactly one part is there. */
export interface Block {
  readonly text: string | null
  readonly tone: string | null
  readonly heading: string | null
  readonly alert: { readonly tone: string; readonly say: string; readonly links: readonly Link[] } | null
  readonly kpis: readonly Kpi[] | null
  readonly facts: readonly Fact[] | null
  readonly links: readonly Link[] | null
  readonly cards: readonly { readonly action: string; readonly facts: readonly Fact[] }[]
  readonly figure: FigureView | null
  readonly table: TableView | null
  readonly mount: string | null
  readonly mountNote: string | null
}

/** `title` null: blocks at the head of the page, under its `h1`. */
export interface Section {
  readonly id: string
  readonly title: string | null
  readonly blocks: readonly Block[]
}

const NONE: Block = {
  ...{ text: null, tone: null, heading: null, alert: null, kpis: null, facts: null, links: null },
  ...{ cards: [], figure: null, table: null, mount: null, mountNote: null },
}

export const text = (words: string, tone: 'muted' | 'note' | 'method' | null = null): Block => ({
  ...NONE,
  text: cleanMessage(words),
  tone,
})
export const heading = (words: string): Block => ({ ...NONE, heading: cleanName(words) })
export const alert = (tone: 'better' | 'worse' | 'none', say: string, links: readonly Link[] = []): Block => ({
  ...NONE,
  alert: { tone, say: cleanMessage(say), links: links.map(cleanLink) },
})
export const kpis = (of: readonly Kpi[]): Block => ({
  ...NONE,
  kpis: of.map((kpi) => ({ ...kpi, value: cleanName(kpi.value), notes: kpi.notes.map(cleanMessage) })),
})
export const facts = (of: readonly Fact[]): Block => ({ ...NONE, facts: of.map(cleanFact) })
export const links = (of: readonly Link[]): Block => ({ ...NONE, links: of.map(cleanLink) })
export const cards = (of: Block['cards']): Block => ({
  ...NONE,
  cards: of.map(({ action, facts: own }) => ({ action: cleanMessage(action), facts: own.map(cleanFact) })),
})
export const figure = (chart: Chart, filePrefix: string): Block => ({ ...NONE, figure: figureView(chart, filePrefix) })
/** `hrefs`: where the first text cell of each row leads. */
export const table = (id: string, of: DataTable, file: string, hrefs?: readonly (string | null)[]): Block => ({
  ...NONE,
  table: tableView(id, { ...of, caption: cleanMessage(of.caption) }, file, hrefs),
})
/** A place the script of the site fills, and what to do without it. */
export const mount = (id: string, without: string): Block => ({ ...NONE, mount: id, mountNote: without })

const cleanLink = ({ href, text: words, note }: Link): Link => ({
  href,
  text: cleanName(words),
  note: note == null ? null : cleanMessage(note),
})
const cleanFact = ({ name, value, href }: Fact): Fact => ({
  name: cleanName(name),
  value: cleanMessage(value),
  href: safeHref(href ?? null),
})

/** Addresses of strangers: only those that open a page or a letter are links, all others stay text. */
const safeHref = (href: string | null): string | null =>
  href !== null && (/^(?:https?:\/\/|mailto:)/i.test(href) || /^[a-z0-9./#_-]+$/i.test(href)) ? href : null
