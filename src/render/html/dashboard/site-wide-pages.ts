import { CATEGORIES } from '../../../core/dashboard/board-model.ts'
import type { ProjectModel } from '../../../core/dashboard/project-model.ts'
import { alert, type Block, facts, kpis, links, mount, table, text } from './blocks.ts'
import { regressionText } from './overview-page.ts'
import { bestName } from './project-pages.ts'
import {
  boardTitle,
  datasetPath,
  day,
  linkTo,
  metricPath,
  pipelinePath,
  type PlannedPage,
  plural,
  projectPath,
  projectTabs,
  seriesTitle,
  significant,
  type Site,
  siteTabs,
  upFrom,
} from './site.ts'

/** Names of everything that has a page of its own. */
export interface Subjects {
  readonly pipelines: readonly string[]
  readonly datasets: readonly string[]
  readonly metrics: readonly string[]
}

/** `index.html`. */
export const indexPage = (site: Site, subjects: Subjects): PlannedPage => {
  const { projects, boards, facts: of } = site.model
  const path = 'index.html'
  const runs = projects.reduce((sum, { sections }) => sum + sections.overview.totalRuns.all, 0)
  const open = projects.reduce((sum, { regressions }) => sum + regressions.length, 0)
  return {
    path,
    inputs: [projects.map(indexRow), boards.map(boardTitle), subjects, of, runs, open],
    make: () => ({
      title: 'Benchmark dashboard',
      lead: `${plural(projects.length, 'project')}, ${plural(runs, 'run')}. ${of.hub === null ? 'Results of this machine; no hub was read.' : `Hub ${of.hub}.`}`,
      crumbs: [{ href: null, text: 'Projects' }],
      links: siteTabs(path),
      sections: [
        {
          id: 'state',
          title: null,
          blocks: [
            ...(of.hasOwn && of.hub !== null
              ? [
                  text(
                    'Runs of this machine that nobody shared are in these pages. Leave them out with --shared-only before you publish them.',
                    'note',
                  ),
                ]
              : []),
            open === 0
              ? alert('none', '● No open regression in any project.')
              : alert(
                  'worse',
                  `✖ ${plural(open, 'open regression')} in ${plural(projects.filter(({ regressions }) => regressions.length > 0).length, 'project')}.`,
                  [linkTo('regressions.html', 'All open regressions')],
                ),
            kpis([
              { what: 'Projects', value: String(projects.length), isMissing: false, notes: [] },
              {
                what: 'Runs',
                value: String(runs),
                isMissing: false,
                notes: [
                  of.anonymousAtLeast > 0
                    ? `at least ${String(of.anonymousAtLeast)} more were shared anonymously`
                    : 'all under the name of a project',
                ],
              },
              { what: 'Newest run', value: day(newestOf(projects)), isMissing: false, notes: ['UTC'] },
              {
                what: 'Hub read',
                value: day(of.syncedAt),
                isMissing: false,
                notes: [
                  of.head === null ? 'no commit' : `commit ${of.head.slice(0, 10)}`,
                  ...(of.quarantined > 0 ? [`${plural(of.quarantined, 'document')} in quarantine`] : []),
                ],
              },
            ]),
          ],
        },
        { id: 'projects', title: 'Projects', blocks: [projectTable(site, projects)] },
        {
          id: 'datasets',
          title: 'Datasets',
          blocks: [listOf(subjects.datasets.map((name) => linkTo(datasetPath(site, name), name)))],
        },
        {
          id: 'pipelines',
          title: 'Pipelines',
          blocks: [listOf(subjects.pipelines.map((name) => linkTo(pipelinePath(site, name), name)))],
        },
        {
          id: 'metrics',
          title: 'Metrics',
          blocks: [listOf(subjects.metrics.map((name) => linkTo(metricPath(site, name), name)))],
        },
      ],
      data: null,
    }),
  }
}

const newestOf = (projects: readonly ProjectModel[]): string =>
  projects
    .map(({ newest }) => newest ?? '')
    .sort()
    .at(-1) ?? ''

const listOf = (of: Parameters<typeof links>[0]): Block => (of.length === 0 ? text('None yet.') : links(of))

const indexRow = (project: ProjectModel) => ({
  name: project.project,
  type: project.benchmark_types.join(', '),
  runs: project.sections.overview.totalRuns,
  best: bestName(project),
  newest: project.newest,
  regressions: project.regressions.length,
  trend: 'direction' in project.sections.overview.trend ? project.sections.overview.trend.direction : 'not known',
})

const projectTable = (site: Site, projects: readonly ProjectModel[]): Block =>
  table(
    'all-projects',
    {
      caption: 'Projects',
      columns: [
        { key: 'project', label: 'Project', kind: 'text' },
        { key: 'type', label: 'Benchmark type', kind: 'text' },
        { key: 'runs', label: 'Runs', kind: 'number' },
        { key: 'valid', label: 'Of them count', kind: 'number' },
        { key: 'best', label: 'Best pipeline', kind: 'text' },
        { key: 'trend', label: 'Trend over 90 days', kind: 'text' },
        { key: 'regressions', label: 'Open regressions', kind: 'number' },
        { key: 'newest', label: 'Newest run', kind: 'text' },
      ],
      rows: projects
        .map(indexRow)
        .map(({ name, type, runs, best, trend, regressions, newest }) => [
          name,
          type,
          runs.all,
          runs.valid,
          best,
          trend,
          regressions,
          day(newest),
        ]),
    },
    'projects',
    projects.map(({ project }) => projectPath(site, project, 'index.html')),
  )

/** `regressions.html`. */
export const regressionsPage = (site: Site): PlannedPage => {
  const path = 'regressions.html'
  const all = openRegressions(site)
  return {
    path,
    inputs: all,
    make: () => ({
      title: 'Regressions',
      lead: 'Steps for the worse that are confirmed over all series of their project, and still there.',
      crumbs: [
        { href: 'index.html', text: 'Projects' },
        { href: null, text: 'Regressions' },
      ],
      links: siteTabs(path),
      sections: [
        {
          id: 'open',
          title: 'Open, newest first',
          blocks: [
            ...(all.length === 0
              ? [text('None.')]
              : [
                  table(
                    'open-regressions',
                    {
                      caption: 'Open regressions',
                      columns: [
                        { key: 'since', label: 'Since run', kind: 'text' },
                        { key: 'date', label: 'Date (UTC)', kind: 'text' },
                        { key: 'project', label: 'Project', kind: 'text' },
                        { key: 'series', label: 'Series', kind: 'text' },
                        { key: 'before', label: 'Before', kind: 'number' },
                        { key: 'after', label: 'After', kind: 'number' },
                        { key: 'unit', label: 'Unit', kind: 'text' },
                        { key: 'commits', label: 'Commits', kind: 'text' },
                      ],
                      rows: all.map((one) => [
                        one.run_id,
                        day(one.at),
                        one.project,
                        `${seriesTitle(one.series)} of ${one.pipeline} on ${one.dataset}`,
                        one.before,
                        one.after,
                        one.series.unit,
                        one.commit === null
                          ? 'not known'
                          : `${one.before_commit?.slice(0, 10) ?? '?'}..${one.commit.slice(0, 10)}`,
                      ]),
                    },
                    'regressions',
                    all.map(({ project }) => projectPath(site, project, 'comparison.html')),
                  ),
                ]),
            links([linkTo('regressions.xml', 'The same as an Atom feed')]),
          ],
        },
      ],
      data: null,
    }),
  }
}

const openRegressions = (site: Site): ProjectModel['regressions'] =>
  site.model.projects
    .flatMap(({ regressions }) => regressions)
    .sort((left, right) => (left.at === right.at ? (left.id < right.id ? -1 : 1) : left.at < right.at ? 1 : -1))

/** `regressions.xml`: Atom (RFC 4287). Ids and dates are those of the results, so that two builds tell readers the same. */
export const regressionsFeed = (site: Site): string => {
  const all = openRegressions(site)
  const x = site.escapeXml
  const source = site.model.facts.hub ?? 'local'
  const updated = all[0]?.at ?? newestOf(site.model.projects)
  const entries = all.map(
    (one) => `  <entry>
    <id>urn:benchmark:regression:${x(one.id)}</id>
    <title>${x(`${one.project}: ${seriesTitle(one.series)} of ${one.pipeline} on ${one.dataset}`)}</title>
    <updated>${x(timeOf(one.at))}</updated>
    <link rel="alternate" type="text/html" href="${x(projectPath(site, one.project, 'comparison.html'))}"/>
    <summary>${x(`${regressionText(one)}; p = ${significant(one.p, 3)}`)}</summary>
  </entry>
`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:benchmark:regressions:${x(site.digest(source))}</id>
  <title>Open regressions</title>
  <updated>${x(timeOf(updated))}</updated>
  <author><name>benchmark dashboard</name></author>
  <link rel="alternate" type="text/html" href="regressions.html"/>
${entries.join('')}</feed>
`
}

/** Atom wants a whole time; some anonymous or foreign dates are none. */
const timeOf = (iso: string): string => {
  const ms = Date.parse(iso)
  return new Date(Number.isNaN(ms) ? 0 : ms).toISOString()
}

/** A page of runs over shards. `projects`: whose. */
const shardPage = (
  site: Site,
  path: string,
  projects: readonly string[],
  words: { title: string; lead: string; kind: string; without: string },
): PlannedPage => {
  const up = upFrom(path)
  const [only] = projects
  const single = path.startsWith('p/') && only !== undefined ? only : null
  const shards = projects.flatMap((project) =>
    (site.model.shards.get(project) ?? []).map(({ script, table: file, rows, month }) => ({
      script: `${up}${script}`,
      table: `${up}${file}`,
      rows,
      month,
      name: `${site.slug(project)}/${month}`,
      run: `${up}${projectPath(site, project, 'run.html')}`,
    })),
  )
  return {
    path,
    inputs: [path, shards, words],
    make: () => ({
      title: words.title,
      lead: words.lead,
      crumbs: [
        { href: `${up}index.html`, text: 'Projects' },
        ...(single === null ? [] : [{ href: 'index.html', text: single }]),
        { href: null, text: words.title },
      ],
      links: single === null ? siteTabs(path) : projectTabs(site, single, path),
      sections: [
        {
          id: words.kind,
          title: null,
          blocks: [mount(`${words.kind}-place`, words.without)],
        },
        {
          id: 'files',
          title: 'Files',
          blocks: [
            links(
              shards
                .slice(0, 60)
                .map(({ table: file, rows, month, name }) =>
                  linkTo(file, single === null ? `${name} (TSV)` : `Runs of ${month} (TSV)`, plural(rows, 'run')),
                ),
            ),
          ],
        },
      ],
      data: { kind: words.kind, shards },
    }),
  }
}

/** `runs.html` of the site, and `runs.html`, `run.html` and `compare.html` of each project. */
export const runPages = (site: Site): readonly PlannedPage[] => {
  const names = site.model.projects.map(({ project }) => project)
  const total = (of: readonly string[]): number =>
    of.flatMap((project) => site.model.shards.get(project) ?? []).reduce((sum, { rows }) => sum + rows, 0)
  return [
    shardPage(site, 'runs.html', names, {
      ...{
        title: 'All runs',
        kind: 'runs',
        lead: `${plural(total(names), 'run')} of ${plural(names.length, 'project')}.`,
      },
      without: 'The table needs the script of this page. Without it, take the TSV files below.',
    }),
    ...names.flatMap((project) => [
      shardPage(site, projectPath(site, project, 'runs.html'), [project], {
        ...{ title: 'Runs', kind: 'runs', lead: `${plural(total([project]), 'run')} of ${project}.` },
        without: 'The table needs the script of this page. Without it, take the TSV files below.',
      }),
      shardPage(site, projectPath(site, project, 'run.html'), [project], {
        ...{ title: 'Run', kind: 'run', lead: 'One run, as far as it is kept in the table of runs.' },
        without:
          'This page needs its script. Without it, look the run up in the TSV files below; benchmark report makes a full report of one run.',
      }),
      shardPage(site, projectPath(site, project, 'compare.html'), [project], {
        ...{
          title: 'Two runs',
          kind: 'compare',
          lead: 'Two runs side by side: differences of their means. Whether they are more than noise is said by benchmark compare.',
        },
        without: 'This page needs its script. Without it, take the TSV files below, or benchmark compare.',
      }),
    ]),
  ]
}

/** `about.html`: methods, definitions, accessibility, data dictionary, licences. */
export const aboutPage = (site: Site): PlannedPage => {
  const path = 'about.html'
  const { facts: of } = site.model
  return {
    path,
    inputs: of,
    make: () => ({
      title: 'About these pages',
      lead: 'How the numbers were made, what the files hold, and what may be done with them.',
      crumbs: [
        { href: 'index.html', text: 'Projects' },
        { href: null, text: 'About' },
      ],
      links: siteTabs(path),
      sections: [
        {
          id: 'source',
          title: 'Source',
          blocks: [
            facts([
              { name: 'Program', value: `metagenome-benchmark-cli ${of.version}` },
              { name: 'Hub', value: of.hub ?? 'none: runs of this machine alone' },
              { name: 'Commit of the hub', value: of.head ?? 'none' },
              { name: 'Read', value: of.syncedAt ?? 'never' },
              { name: 'Runs of this machine', value: of.hasOwn ? 'included, private ones too' : 'not included' },
              { name: 'In quarantine', value: String(of.quarantined) },
            ]),
          ],
        },
        {
          id: 'methods',
          title: 'Methods',
          blocks: [
            text(
              'A run counts when it is finished and signed by an owner of its project, or was made on this machine. Other runs are in the tables with their state and trust, and in no leaderboard.',
            ),
            text(
              'A leaderboard holds the newest run of each project, pipeline, version and parameter set on one dataset, scored alike. Metrics become utilities on fixed anchors, so that a further candidate never changes the order of the others. Rank intervals are 95 % of paired bootstrap draws over samples.',
            ),
            text(`Categories: ${CATEGORIES.join(', ')}. Speed, memory and cost compare machines of one class only.`),
            text(
              'avgPerformance is the geometric mean, over the datasets that have both, of the newest value of the first primary metric divided by that of the baseline (turned over where lower is better). The baseline is the newest earlier run with the tag or label baseline, else the oldest comparable run.',
            ),
            text('trend is the Theil-Sen slope over the newest 90 days with the 95 % interval of Sen (1968).'),
            text(
              'Change points are found by a rank scan with binary segmentation (Pettitt 1979) and confirmed by Benjamini and Hochberg over all series of the project: at most 60 series, of each the newest 120 runs.',
            ),
            text(
              `Numbers about other people are given from ${String(of.groupSize)} contributors on. Runs that were shared anonymously are in no table, no shard and no file of this site.`,
            ),
          ],
        },
        {
          id: 'dictionary',
          title: 'Data dictionary',
          blocks: [
            table(
              'files-of-the-site',
              {
                caption: 'Files for programs',
                columns: [
                  { key: 'file', label: 'File', kind: 'text' },
                  { key: 'content', label: 'What it holds', kind: 'text' },
                ],
                rows: [
                  ['api/v1/openapi.json', 'description of the JSON files'],
                  ['api/v1/projects/<project>.json', 'everything on the pages of a project'],
                  [
                    'api/v1/leaderboard/<category>.json',
                    'leaderboard of a benchmark type on its largest dataset; …/<category>/<dataset>.json on each',
                  ],
                  [
                    'api/v1/compare/<a>/<b>.json',
                    'the best of two projects on a dataset both have, a before b in the alphabet',
                  ],
                  [
                    'data/<project>/<month>.tsv',
                    'runs, one line for each pipeline of a run; a missing value is its reason in brackets',
                  ],
                  ['data/<project>/<month>.<digest>.js', 'the same for the pages: bench(name, JSON text)'],
                  ['manifest.json', 'all files with SHA-256 and size'],
                  ['regressions.xml', 'open regressions as an Atom feed'],
                ],
              },
              'files',
            ),
          ],
        },
        {
          id: 'accessibility',
          title: 'Accessibility',
          blocks: [
            text(
              'These pages are made to meet WCAG 2.2, level AA. Every figure has a title, a description and its data as a table; nothing is told by colour alone; everything works with the keyboard, at 320 pixels, in light, dark and print, and all but the pages of single runs without a script.',
            ),
            text(
              'Known limits: figures are 600 pixels wide at least and scroll sideways on small screens. Report what stands in your way to whoever publishes these pages.',
            ),
          ],
        },
        {
          id: 'hosting',
          title: 'Hosting',
          blocks: [
            text(
              'The folder works from a disk, from any static host and in any sub-folder. It loads nothing from elsewhere and stores one thing in the browser: the chosen theme. A page cannot forbid being framed by itself; a host that wants that sends the header Content-Security-Policy: frame-ancestors none.',
            ),
          ],
        },
        {
          id: 'licences',
          title: 'Licences',
          blocks: [
            text(
              'The program, its script and its style sheet: Apache-2.0. Results belong to those who shared them. Each dataset has the licence that stands on its page.',
            ),
          ],
        },
      ],
      data: null,
    }),
  }
}
