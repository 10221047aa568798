import { datasetId } from '../../../core/dataset-name.ts'
import { findMetric } from '../../../core/metrics/registry.ts'
import type { DotIntervalSpec } from '../charts/spec.ts'
import { type Block, facts, figure, links, text } from './blocks.ts'
import {
  boardTitle,
  candidateName,
  datasetPath,
  linkTo,
  metricPath,
  type PlannedPage,
  plural,
  seriesTitle,
  siteTabs,
  type Site,
  upFrom,
} from './site.ts'

/** `metrics/<slug>.html`: what it is, then who has which values. */
export const metricPage = (site: Site, metric: string): PlannedPage => {
  const path = metricPath(site, metric)
  const up = upFrom(path)
  const definition = findMetric(metric)?.definition ?? null
  const values = site.model.boards.flatMap((board) =>
    [
      ...new Map(
        board.entries.flatMap((entry) =>
          entry.metrics.filter((one) => one.metric === metric).map((one) => [seriesTitle(one), one] as const),
        ),
      ).entries(),
    ].map(([title, of]) => ({
      board: boardTitle(board),
      dataset: datasetId(board.dataset),
      title,
      of,
      entries: board.entries
        .flatMap((entry) => {
          const found = entry.metrics.find((one) => seriesTitle(one) === title)
          return found?.value == null
            ? []
            : [{ name: candidateName(entry, true), pipeline: entry.pipeline, value: found.value, n: found.n }]
        })
        .sort(
          (left, right) =>
            (of.direction === 'lower' ? left.value - right.value : right.value - left.value) ||
            (left.name < right.name ? -1 : 1),
        )
        .slice(0, 15),
    })),
  )
  return {
    path,
    inputs: [metric, definition, values],
    make: () => ({
      title: definition?.title ?? metric,
      lead: definition?.definition ?? 'This program does not know the metric: it shows what the runs say of it.',
      crumbs: [
        { href: `${up}index.html`, text: 'Projects' },
        { href: null, text: `Metric ${metric}` },
      ],
      links: siteTabs(path),
      sections: [
        {
          id: 'definition',
          title: 'Definition',
          blocks: [
            facts([
              { name: 'Id', value: metric },
              ...(definition === null
                ? []
                : [
                    { name: 'Formula', value: definition.formula },
                    {
                      name: 'Direction',
                      value:
                        definition.direction === 'none'
                          ? 'descriptive: never ranked'
                          : `${definition.direction} is better`,
                    },
                    {
                      name: 'Range',
                      value: `${String(definition.range[0] ?? 'no lower bound')} to ${String(definition.range[1] ?? 'no upper bound')}`,
                    },
                    { name: 'Unit', value: definition.unit },
                    { name: 'Not defined', value: definition.undefinedWhen },
                    { name: 'Source', value: definition.source },
                    { name: 'Version of the formula', value: String(definition.version) },
                  ]),
            ]),
          ],
        },
        {
          id: 'values',
          title: 'Values',
          blocks:
            values.length === 0
              ? [text('No ranked candidate has a value of it.')]
              : values.slice(0, 12).flatMap(({ board, title, of, entries }, index): Block[] => {
                  const spec: DotIntervalSpec = {
                    kind: 'dotInterval',
                    key: `values-${String(index + 1)}`,
                    title: `${title}: ${board}`,
                    method: 'Mean over samples of the newest run of each candidate; the best 15.',
                    x: {
                      label: title,
                      unit: of.unit,
                      direction: of.direction === 'higher' || of.direction === 'lower' ? of.direction : 'none',
                    },
                    reference: null,
                    rows: entries.map(({ name, value, n }) => ({ label: name, value, note: plural(n, 'sample') })),
                  }
                  return [figure(site.chart(spec), `values-${String(index + 1)}`)]
                }),
        },
        {
          id: 'datasets',
          title: 'Datasets',
          blocks: [
            links(
              [...new Set(values.map(({ dataset }) => dataset))].map((dataset) =>
                linkTo(`${up}${datasetPath(site, dataset)}`, dataset),
              ),
            ),
          ],
        },
      ],
      data: null,
    }),
  }
}
