import { axisScale } from './axis-scale.ts'
import { counted, cut, emptySketch, GRID, INK, labelRoom, limitsOf, paddedDomain, type Sketch } from './frame.ts'
import type { Drawing } from './plot.ts'
import { percentile } from '../../../core/stats/bootstrap.ts'
import { type BoxGroup, type BoxStripSpec, cellOf, type DataTable, type Entities, isDrawn } from './spec.ts'

/** Above this many values a group shows its box and what lies outside of the whiskers, not every value. */
const MOST_POINTS = 120
/** Marks outside of the whiskers that are drawn at most, the farthest first. */
const MOST_OUTLIERS = 60
const GROUP = 54

/**
 * Boxes of quartiles with whiskers of 1.5 times the interquartile range (Tukey 1977), values beside them. Boxes of given
 * quartiles have no whiskers: what lies outside of them is not told.
 */
export const boxStrip = (drawing: Drawing, spec: BoxStripSpec, entities: Entities): Sketch => {
  const { Plot } = drawing
  const groups = spec.groups.map((group, index) => boxOf(group, index))
  const numbers = groups.flatMap(({ sorted, box }) => [
    ...(sorted.length === 0 ? [] : [sorted[0] ?? 0, sorted.at(-1) ?? 0]),
    ...(box === null ? [] : [box.q1, box.q3]),
  ])
  if (numbers.length === 0) return emptySketch(drawing, tableOf(spec), 'There is no value to show.')
  const scale = axisScale(spec.x, numbers)
  const at = (value: number): number => value / scale.divide
  const boxes = groups.flatMap((group) => (group.box === null ? [] : [{ ...group, ...group.box }]))
  const points = groups.flatMap((group) => {
    const style = entities(group.name)
    return group.points.map((value, order) => ({
      value: at(value),
      // A fixed sequence of offsets (golden ratio), so that equal values stand apart the same way every time.
      y: group.index + 0.16 + 0.22 * ((order * 0.618034) % 1),
      colour: style.colour,
      shape: style.shape,
    }))
  })
  const condensed = groups.filter(({ isCondensed }) => isCondensed)
  return {
    options: {
      height: 56 + GROUP * spec.groups.length,
      marginLeft: labelRoom(spec.groups.map(({ name }) => name)),
      marginRight: 24,
      marginTop: 10,
      marginBottom: 44,
      x: {
        domain: paddedDomain(numbers, limitsOf(spec.x.unit)).map(at),
        label: scale.label,
        labelArrow: false,
        labelAnchor: 'center',
      },
      y: {
        type: 'linear',
        domain: [spec.groups.length - 0.5, -0.5],
        label: null,
        tickSize: 0,
        ticks: spec.groups.map((_, index) => index),
        tickFormat: (index: number) => cut(spec.groups[index]?.name ?? ''),
      },
      symbol: { type: 'identity' },
    },
    marks: [
      Plot.gridX({ stroke: GRID, strokeOpacity: 1 }),
      Plot.link(boxes, {
        x1: ({ from }: Box) => at(from),
        x2: ({ to }: Box) => at(to),
        y1: ({ index }: { index: number }) => index - 0.08,
        y2: ({ index }: { index: number }) => index - 0.08,
        stroke: INK,
        strokeWidth: 1.5,
      }),
      Plot.rect(boxes, {
        x1: ({ q1 }: Box) => at(q1),
        x2: ({ q3 }: Box) => at(q3),
        y1: ({ index }: { index: number }) => index - 0.24,
        y2: ({ index }: { index: number }) => index + 0.08,
        fill: '#ffffff',
        stroke: ({ name }: { name: string }) => entities(name).colour,
        strokeWidth: 2,
      }),
      Plot.link(boxes, {
        x1: ({ median }: Box) => at(median),
        x2: ({ median }: Box) => at(median),
        y1: ({ index }: { index: number }) => index - 0.24,
        y2: ({ index }: { index: number }) => index + 0.08,
        stroke: INK,
        strokeWidth: 2.5,
      }),
      Plot.dot(points, { x: 'value', y: 'y', r: 2.6, stroke: 'colour', symbol: 'shape', strokeWidth: 1.2 }),
      Plot.dot(
        groups.flatMap(({ index, beside }) =>
          (beside ?? []).map(({ label, value }) => ({ x: at(value), y: index + 0.26, ...entities(label) })),
        ),
        { x: 'x', y: 'y', r: 5, fill: 'colour', stroke: 'colour', symbol: 'shape' },
      ),
      Plot.text(
        groups.filter(({ box }) => box === null),
        { x: () => at(numbers[0] ?? 0), y: 'index', text: () => 'no value', textAnchor: 'start' },
      ),
    ],
    desc: groups
      .slice(0, 12)
      .map(({ name, box, sorted, missing, beside }) =>
        box === null
          ? `${name}: no value.`
          : `${name}: median ${scale.words(box.median)}, middle half ${scale.words(box.q1)} to ${scale.words(box.q3)}, ` +
            (beside !== null
              ? `${beside.map(({ label, value }) => `${label} ${scale.words(value)}`).join(', ')}.`
              : `lowest ${scale.words(sorted[0] ?? 0)}, highest ${scale.words(sorted.at(-1) ?? 0)}, n = ${String(sorted.length)}` +
                `${missing === 0 ? '' : `, ${counted(missing, 'value', 'values')} missing`}.`),
      )
      .concat(groups.length > 12 ? [`${String(groups.length - 12)} more groups stand in the table.`] : [])
      .join(' '),
    table: tableOf(spec),
    notes: condensed.map(
      ({ name, sorted, points: { length } }) =>
        `${name}: box of all ${String(sorted.length)} values; of single values only the ${String(length)} farthest outside of the whiskers are drawn, because there are more than ${String(MOST_POINTS)}.`,
    ),
  }
}

interface Box {
  readonly q1: number
  readonly median: number
  readonly q3: number
  readonly from: number
  readonly to: number
}

const boxOf = (group: BoxGroup, index: number) => {
  const sorted = group.values.flatMap(({ value }) => (isDrawn(value) ? [value] : [])).sort((one, other) => one - other)
  const base = { name: group.name, index, sorted, missing: group.values.length - sorted.length, beside: null }
  if (group.quartiles !== undefined) {
    const { first, median, third } = group.quartiles
    const beside = group.values.flatMap(({ label, value }) => (isDrawn(value) ? [{ label, value }] : []))
    const box: Box = { q1: first, median, q3: third, from: first, to: third }
    return { ...base, box, isCondensed: false, points: [], beside }
  }
  if (sorted.length === 0) return { ...base, box: null, points: [], isCondensed: false }
  const [q1, median, q3] = [percentile(sorted, 0.25), percentile(sorted, 0.5), percentile(sorted, 0.75)]
  const reach = 1.5 * (q3 - q1)
  const inside = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach)
  const box: Box = { q1, median, q3, from: inside[0] ?? q1, to: inside.at(-1) ?? q3 }
  const isCondensed = sorted.length > MOST_POINTS
  const outside = sorted.filter((value) => value < box.from || value > box.to)
  const farthest = [...outside].sort((one, other) => Math.abs(other - median) - Math.abs(one - median) || one - other)
  return { ...base, box, isCondensed, points: isCondensed ? farthest.slice(0, MOST_OUTLIERS) : sorted }
}

const tableOf = (spec: BoxStripSpec): DataTable => ({
  caption: `${spec.title}: data`,
  columns: [
    { key: 'group', label: 'group', kind: 'text' },
    { key: 'label', label: 'of', kind: 'text' },
    { key: 'value', label: spec.x.label, unit: spec.x.unit, kind: 'number' },
  ],
  rows: spec.groups.flatMap(({ name, values, quartiles }) => [
    ...(quartiles === undefined
      ? []
      : [
          [name, 'first quartile', quartiles.first],
          [name, 'median', quartiles.median],
          [name, 'third quartile', quartiles.third],
        ]),
    ...values.map(({ label, value }) => [name, label, cellOf(value)]),
  ]),
})
