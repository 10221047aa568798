import { links, mount } from './blocks.ts'
import { linkTo, type PlannedPage, plural, projectPath, projectTabs, siteTabs, type Site, upFrom } from './site.ts'

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
                  linkTo(file, single === null ? `${name} (TSV)` : `Runs of ${month} (TSV)`, plural(rows, 'row')),
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
    of.flatMap((project) => site.model.shards.get(project) ?? []).reduce((sum, { runs }) => sum + runs, 0)
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
