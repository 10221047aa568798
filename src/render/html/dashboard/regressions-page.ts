import type { ProjectModel } from '../../../core/dashboard/project-model.ts'
import { newestThenLargest } from '../../../core/dashboard/regression-order.ts'
import { links, table, text } from './blocks.ts'
import { newestOf } from './index-page.ts'
import { regressionText } from './overview-page.ts'
import { day, historyTitle, linkTo, type PlannedPage, projectPath, significant, siteTabs, type Site } from './site.ts'

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
                        historyTitle(one),
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
  site.model.projects.flatMap(({ regressions }) => regressions).sort(newestThenLargest)

/** `regressions.xml`: Atom (RFC 4287). Ids and dates are those of the results, so that two builds tell readers the same. */
export const regressionsFeed = (site: Site): string => {
  const all = openRegressions(site)
  const x = site.escapeXml
  const source = site.model.facts.hub ?? 'local'
  const updated = all[0]?.at ?? newestOf(site.model.projects)
  const entries = all.map(
    (one) => `  <entry>
    <id>urn:benchmark:regression:${x(one.id)}</id>
    <title>${x(`${one.project}: ${historyTitle(one)}`)}</title>
    <updated>${x(timeOf(one.at))}</updated>
    <link rel="alternate" type="text/html" href="${x(projectPath(site, one.project, 'comparison.html'))}"/>
    <summary>${x(`${regressionText(one)}; p = ${significant(one.p, 3)}`)}</summary>
  </entry>
`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
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
