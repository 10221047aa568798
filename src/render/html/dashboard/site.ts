import type { SiteModel } from '../../../app/dashboard/site-pages.ts'
import type { BoardModel, BoardName, Category } from '../../../core/dashboard/board-model.ts'
import { paramsText } from '../../../core/dashboard/shard.ts'
import { datasetText } from '../../../core/dataset-name.ts'
import type { Chart, ChartSpec } from '../charts/spec.ts'
import type { Link, Section } from './blocks.ts'

/** What every page of a site can ask for. */
export interface Site {
  readonly model: SiteModel
  readonly slug: (name: string) => string
  /** Each figure is drawn once, in colours and shapes that a pipeline has on every page. */
  readonly chart: (spec: ChartSpec) => Chart
  /** Remembered by identity: nothing in a model changes. */
  readonly digest: (value: unknown) => string
  readonly escapeXml: (text: string) => string
}

/** A page before it is rendered. Addresses in it are relative to the page. */
export interface Page {
  readonly title: string
  readonly lead: string
  readonly crumbs: readonly { readonly href: string | null; readonly text: string }[]
  readonly links: readonly { readonly href: string; readonly text: string; readonly isCurrent: boolean }[]
  readonly sections: readonly Section[]
  /** For the script of the site. */
  readonly data: { readonly kind: string } | null
}

/** A page with what it is made of; equal `inputs`, equal page. */
export interface PlannedPage {
  readonly path: string
  readonly inputs: unknown
  readonly make: () => Page
}

/** The way from a page up to the folder of the site. */
export const upFrom = (path: string): string => '../'.repeat(path.split('/').length - 1)

export const projectPath = (site: Site, project: string, page: string): string => `p/${site.slug(project)}/${page}`
export const pipelinePath = (site: Site, pipeline: string): string => `pipelines/${site.slug(pipeline)}.html`
export const datasetPath = (site: Site, dataset: string): string => `datasets/${site.slug(dataset)}.html`
export const metricPath = (site: Site, metric: string): string => `metrics/${site.slug(metric)}.html`

/** `resfinder 4.1 (min_identity=90)`, with the project where there are several. */
export const candidateName = ({ project, pipeline, version, params }: BoardName, withProject: boolean): string => {
  const parameters = paramsText(params)
  return [
    pipeline,
    version,
    parameters === '' ? null : `(${parameters})`,
    withProject && project !== null ? `· ${project}` : null,
  ]
    .filter((part) => part !== null)
    .join(' ')
}

export const boardTitle = ({ category, dataset }: Pick<BoardModel, 'category' | 'dataset'>): string =>
  `${category} on ${datasetText(dataset)}`

/** Titles of boards as headings of columns: without the category where all have the same. */
export const shortTitles = (titles: readonly string[]): readonly string[] => {
  const [first = ''] = titles
  const category = first.slice(0, first.indexOf(' on ') + ' on '.length)
  return titles.every((title) => title.startsWith(category))
    ? titles.map((title) => title.slice(category.length))
    : titles
}

/** Name of a metric at its level and rank. */
export const seriesTitle = (of: { metric: string; level: string | null; rank: string | null }): string => {
  const place = [of.level, of.rank].filter((part) => part !== null).join(', ')
  return `${of.metric.replaceAll('_', ' ')}${place === '' ? '' : ` (${place})`}`
}

/** `sensitivity (gene) of kma (min_identity=90) on farm 2`: which of many series is meant. */
export const historyTitle = (of: {
  readonly series: Parameters<typeof seriesTitle>[0]
  readonly pipeline: string
  readonly params: string
  readonly dataset: string
}): string => `${seriesTitle(of.series)} of ${of.pipeline}${of.params === '' ? '' : ` (${of.params})`} on ${of.dataset}`

const TABS = [
  ['index.html', 'Overview'],
  ['comparison.html', 'Comparison'],
  ['recommendations.html', 'Recommendations'],
  ['leaderboard/overall.html', 'Leaderboard'],
  ['runs.html', 'Runs'],
] as const

/** Links of the pages of a project; `current`: the page under the project's folder. */
export const projectTabs = (site: Site, project: string, path: string): Page['links'] => {
  const up = upFrom(path)
  const own = path.replace(/^p\/[^/]+\//, '')
  const isOf = (page: string): boolean =>
    page === own || (page.startsWith('leaderboard/') && own.startsWith('leaderboard/'))
  return [
    { href: `${up}index.html`, text: 'All projects', isCurrent: false },
    ...TABS.map(([page, text]) => ({
      href: `${up}${projectPath(site, project, page)}`,
      text,
      isCurrent: isOf(page),
    })),
  ]
}

/** Links of the pages of the whole site. */
export const siteTabs = (path: string): Page['links'] => {
  const up = upFrom(path)
  return [
    ['index.html', 'Projects'],
    ['runs.html', 'All runs'],
    ['regressions.html', 'Regressions'],
    ['about.html', 'About'],
  ].map(([page = '', text = '']) => ({ href: `${up}${page}`, text, isCurrent: page === path }))
}

export const CATEGORY_TITLES: Readonly<Record<Category, string>> = {
  overall: 'Overall',
  accuracy: 'Accuracy',
  speed: 'Speed',
  memory: 'Memory',
  cost: 'Cost',
}

/** Links to more than fit on a page. */
export const linkTo = (href: string, words: string, note: string | null = null): Link => ({ href, text: words, note })

export const day = (iso: string | null): string => (iso === null || iso === '' ? 'never' : iso.slice(0, 10))
export const plural = (count: number, noun: string): string =>
  `${String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',')} ${noun}${count === 1 ? '' : 's'}`
export const significant = (value: number, digits = 4): string => String(Number(value.toPrecision(digits)))
