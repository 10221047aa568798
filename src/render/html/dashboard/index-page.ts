import type { ProjectModel } from '../../../core/dashboard/project-model.ts'
import { alert, type Block, kpis, links, table, text } from './blocks.ts'
import { bestName } from './leaderboard-page.ts'
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
  siteTabs,
  type Site,
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

/** Start of the newest run of all. */
export const newestOf = (projects: readonly ProjectModel[]): string =>
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
