import type { SiteModel, SitePages } from '../../../app/dashboard/site-pages.ts'
import type { SiteFile } from '../../../app/hub/dashboard-ports.ts'
import { cleanMessage, cleanName } from '../../../core/clean-text.ts'
import type { BoardModel } from '../../../core/dashboard/board-model.ts'
import type { ProjectModel } from '../../../core/dashboard/project-model.ts'
import { datasetId, datasetText } from '../../../core/dataset-name.ts'
import { slug as slugOf, slugsOf } from '../../../core/dashboard/slug.ts'
import type { DrawChart } from '../charts/chart.ts'
import { bindEntities } from '../charts/entities.ts'
import type { Chart, ChartSpec, Entities } from '../charts/spec.ts'
import { createPages, type ReadTemplate } from '../page/pages.ts'
import { scriptJson } from '../page/raw-helpers.ts'
import { openApi } from './openapi.ts'
import { overviewPage } from './overview-page.ts'
import { comparisonPage } from './comparison-page.ts'
import { leaderboardPages } from './leaderboard-page.ts'
import { recommendationsPage } from './recommendations-page.ts'
import { type Page, type PlannedPage, type Site, upFrom } from './site.ts'
import { aboutPage } from './about-page.ts'
import { indexPage, type Subjects } from './index-page.ts'
import { regressionsFeed, regressionsPage } from './regressions-page.ts'
import { runPages } from './run-pages.ts'
import { datasetPage } from './dataset-page.ts'
import { metricPage } from './metric-page.ts'
import { pipelinePage } from './pipeline-page.ts'

/** Files of `templates/dashboard` beside the shared ones. */
const OWN_FILES = ['site-page.hbs', 'site-blocks.hbs', 'site.css', 'shards.js', 'runs.js', 'run.js'] as const
const SHARED_FILES = ['layout.hbs', 'table.hbs', 'figure.hbs', 'words.hbs', 'app.css', 'app.js'] as const

interface SitePagesDeps {
  /** Of `templates/dashboard` and `templates/report`. */
  readonly read: { readonly own: ReadTemplate; readonly shared: ReadTemplate }
  readonly chart: DrawChart
  readonly sha256: (text: string) => string
  readonly version: string
}

/** What turns models into the files of a site. */
export const createSitePages = ({ read, chart, sha256, version }: SitePagesDeps): SitePages => {
  const isOwn = (file: string): boolean => OWN_FILES.some((own) => own === file)
  const pages = createPages((file) => (isOwn(file) ? read.own(file) : read.shared(file)), ['site-blocks'])
  const style = `${pages.styleSheet}\n${read.own('site.css')}`
  const digest = sha256(
    JSON.stringify([version, OWN_FILES.map((file) => read.own(file)), SHARED_FILES.map((file) => read.shared(file))]),
  ).slice(0, 16)
  const slugs = new Map<string, string>()
  const slug = (name: string): string => {
    const known = slugs.get(name) ?? slugOf(name, sha256)
    slugs.set(name, known)
    return known
  }
  const distinguish = (names: Iterable<string>): void => {
    for (const [name, own] of slugsOf(names, sha256)) slugs.set(name, own)
  }
  const asset = (name: string, ending: string, text: string) => ({
    path: `assets/${name}.${sha256(text).slice(0, 10)}.${ending}`,
    text,
  })
  const script = (name: 'shards' | 'runs' | 'run') => asset(name, 'js', read.own(`${name}.js`))
  const assets = {
    ...{ style: asset('app', 'css', style), app: asset('app', 'js', pages.script) },
    ...{ shards: script('shards'), runs: script('runs'), run: script('run') },
  }
  const render = (path: string, made: Page, footer: string): string => {
    const up = upFrom(path)
    const page = cleaned(made)
    return pages.sitePage(
      'site-page',
      { title: page.title, description: page.lead, links: page.links, footer },
      { title: page.title, lead: page.lead, crumbs: page.crumbs, sections: page.sections, data: page.data },
      {
        styles: [`${up}${assets.style.path}`],
        scripts: [
          assets.app,
          ...(page.data === null ? [] : [assets.shards, page.data.kind === 'runs' ? assets.runs : assets.run]),
        ].map((file) => `${up}${file.path}`),
      },
    )
  }
  return {
    digest,
    slug,
    distinguish,
    shardScript: (name, value) => `bench(${scriptJson(name)},${scriptJson(JSON.stringify(value))})\n`,
    files: function* (model) {
      const pipelines = [...new Set(model.projects.flatMap(({ coverage }) => coverage.map((cell) => cell.pipeline)))]
      const entities = bindEntities(pipelines)
      const site: Site = {
        ...{ model, slug, escapeXml },
        chart: drawnOnce(chart, entities),
        digest: rememberingDigest((value) => sha256(JSON.stringify(value)).slice(0, 32)),
      }
      // A new pipeline may turn the colours of others.
      const colours = site.digest(pipelines.sort().map((name) => [name, entities(name)]))
      const inputsOf = (value: unknown): string => sha256(`${digest} ${JSON.stringify(value)}`).slice(0, 32)
      const footer = `metagenome-benchmark-cli ${version}${model.facts.hub === null ? '' : ` · hub ${cleanMessage(model.facts.hub)}`}`
      for (const { path, text } of Object.values(assets)) yield { path, inputs: digest, text: () => text }
      const file = ({ path, inputs, make }: PlannedPage): SiteFile => ({
        path,
        inputs: inputsOf([inputs, footer, colours]),
        text: () => render(path, make(), footer),
      })
      const subjects = subjectsOf(model)
      distinguish(subjects.pipelines)
      distinguish(subjects.metrics)
      for (const page of plannedPages(site, subjects)) yield file(page)
      yield {
        path: 'regressions.xml',
        inputs: inputsOf([model.facts.hub, model.projects.map(({ regressions, newest }) => [regressions, newest])]),
        text: () => regressionsFeed(site),
      }
      yield* apiFiles(model, slug, inputsOf)
    },
  }
}

/** A figure of a leaderboard stands on the pages of every project on it: drawn once. */
const drawnOnce = (chart: DrawChart, entities: Entities): ((spec: ChartSpec) => Chart) => {
  const drawn = new Map<string, Chart>()
  return (spec) => {
    const key = JSON.stringify(spec)
    const made = drawn.get(key) ?? chart(spec, entities)
    drawn.set(key, made)
    return made
  }
}

/** Models are large and stand in the inputs of many pages; they do not change. */
const rememberingDigest = (digest: (value: unknown) => string): ((value: unknown) => string) => {
  const known = new WeakMap<object, string>()
  return (value) => {
    if (typeof value !== 'object' || value === null) return digest(value)
    const made = known.get(value) ?? digest(value)
    known.set(value, made)
    return made
  }
}

/** Names of strangers in what is no block: title, lead, headings, the way to the page. */
const cleaned = (page: Page): Page => ({
  ...page,
  title: cleanName(page.title),
  lead: cleanMessage(page.lead),
  crumbs: page.crumbs.map(({ href, text }) => ({ href, text: cleanName(text) })),
  sections: page.sections.map((section) => ({
    ...section,
    title: section.title === null ? null : cleanName(section.title),
  })),
})

const plannedPages = function* (site: Site, subjects: Subjects): Generator<PlannedPage> {
  const { model } = site
  yield indexPage(site, subjects)
  yield regressionsPage(site)
  yield aboutPage(site)
  yield* runPages(site)
  for (const project of model.projects) {
    const board = boardOf(model, project)
    yield overviewPage(site, project, board, model.shards.get(project.project) ?? [])
    yield comparisonPage(site, project, board)
    yield recommendationsPage(site, project)
    yield* leaderboardPages(site, project, board)
  }
  for (const pipeline of subjects.pipelines) yield pipelinePage(site, pipeline)
  for (const dataset of subjects.datasets) yield datasetPage(site, dataset)
  for (const metric of subjects.metrics) yield metricPage(site, metric)
}

const boardOf = ({ boards }: SiteModel, { board }: ProjectModel): BoardModel | null =>
  boards.find(({ category, dataset }) => category === board?.category && datasetText(dataset) === board.dataset) ?? null

const subjectsOf = ({ projects, boards, datasets }: SiteModel): Subjects => {
  const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()
  return {
    pipelines: sorted(projects.flatMap(({ coverage }) => coverage.map(({ pipeline }) => pipeline))),
    datasets: sorted([...boards.map(({ dataset }) => datasetId(dataset)), ...datasets.keys()]),
    metrics: sorted(
      boards.flatMap(({ entries }) => entries.flatMap(({ metrics }) => metrics.map(({ metric }) => metric))),
    ),
  }
}

/** Answers that are no model of a page themselves. */
const apiFiles = function* (
  model: SiteModel,
  slug: (name: string) => string,
  inputsOf: (value: unknown) => string,
): Generator<SiteFile> {
  const largest = new Map<string, BoardModel>()
  for (const board of model.boards) {
    const known = largest.get(board.category)
    if (known === undefined || board.total > known.total) largest.set(board.category, board)
  }
  for (const [category, board] of largest)
    yield { path: `api/v1/leaderboard/${slug(category)}.json`, inputs: inputsOf(board), text: () => toJson(board) }
  const api = openApi(model, slug)
  yield { path: 'api/v1/openapi.json', inputs: inputsOf(api), text: () => toJson(api) }
}

const toJson = (value: unknown): string => `${JSON.stringify(value)}\n`

const XML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' }
const escapeXml = (words: string): string => cleanMessage(words).replaceAll(/[<>&"']/g, (sign) => XML[sign] ?? sign)
