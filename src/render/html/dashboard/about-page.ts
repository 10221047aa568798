import { MOST_POINTS, MOST_SERIES } from '../../../core/dashboard/site-history.ts'
import { CATEGORIES } from '../../../core/dashboard/board-model.ts'
import { facts, table, text } from './blocks.ts'
import { type PlannedPage, siteTabs, type Site } from './site.ts'

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
              `Change points are found by a rank scan with binary segmentation (Pettitt 1979) and confirmed by Benjamini and Hochberg over all series of the project: at most ${String(MOST_SERIES)} series, of each the newest ${String(MOST_POINTS)} runs. Time and memory of outputs that were reused count once.`,
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
