import type { BoardEntry } from '../../../core/dashboard/board-model.ts'
import { datasetId } from '../../../core/dataset-name.ts'
import { findMetric } from '../../../core/metrics/registry.ts'
import type { DotIntervalSpec, HeatTableSpec } from '../charts/spec.ts'
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
  shortTitles,
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
                    { name: 'Weakness', value: definition.weakness },
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
              : [
                  ...bestOfPipelines(site, values),
                  ...values.slice(0, 12).flatMap(({ board, title, of, entries }, index): Block[] => {
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
                ],
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

interface BoardValues {
  readonly board: string
  readonly title: string
  readonly of: Pick<BoardEntry['metrics'][number], 'unit' | 'direction'>
  readonly entries: readonly { readonly pipeline: string; readonly value: number }[]
}

const MOST_ROWS = 20

/** Pipelines by datasets, where there are several of either: one table for each level or rank of the metric. */
const bestOfPipelines = (site: Site, values: readonly BoardValues[]): readonly Block[] =>
  [...new Set(values.map(({ title }) => title))].slice(0, 3).flatMap((title, index): Block[] => {
    const on = values.filter((one) => one.title === title && one.entries.length > 0)
    const pipelines = [...new Set(on.flatMap(({ entries }) => entries.map(({ pipeline }) => pipeline)))].sort()
    const [first] = on
    if (first === undefined || pipelines.length * on.length < 2) return []
    const { unit, direction } = first.of
    const numbers = on.flatMap(({ entries }) => entries.map(({ value }) => value))
    const domain: readonly [number, number] = [Math.min(...numbers), Math.max(...numbers)]
    const spec: HeatTableSpec = {
      kind: 'heatTable',
      key: `best-${String(index + 1)}`,
      title: `${title}: the best of each pipeline`,
      method: `Best mean over samples that a version and parameter set of the pipeline has, among the best 15 of each leaderboard.${pipelines.length > MOST_ROWS ? ` ${String(MOST_ROWS)} of ${String(pipelines.length)} pipelines are shown.` : ''}`,
      rowLabel: 'Pipeline',
      columns: shortTitles(on.map(({ board }) => board)),
      rows: pipelines.slice(0, MOST_ROWS).map((pipeline) => ({
        label: pipeline,
        axis: { label: title, unit, direction: direction === 'higher' || direction === 'lower' ? direction : 'none' },
        domain: domain[0] < domain[1] ? domain : null,
        // Entries are sorted: the first is the best.
        cells: on.map(
          ({ entries }) => entries.find((one) => one.pipeline === pipeline)?.value ?? { missing: 'not among the best' },
        ),
      })),
    }
    return [figure(site.chart(spec), spec.key)]
  })
