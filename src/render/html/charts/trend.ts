import { TOKENS } from '../theme/tokens.ts'
import { axisScale } from './axis-scale.ts'
import {
  BAND,
  counted,
  cut,
  emptySketch,
  GRID,
  INK,
  limitsOf,
  MUTED,
  paddedDomain,
  type Sketch,
  textWidth,
} from './frame.ts'
import type { Drawing } from './plot.ts'
import { cellOf, type DataTable, type Entities, isDrawn, type TrendPoint, type TrendSpec } from './spec.ts'

/** Points above which a series is drawn as a line without marks, and the newest that are drawn at all. */
const MOST_MARKS = 150
const MOST_POINTS = 400
/** Series that are drawn; more cannot be told apart. */
const MOST_SERIES = 8
const MOST_CHANGES = 20

/** Values over time: line and marks, band of the intervals, change points as dashed lines with a word. */
export const trend = (drawing: Drawing, spec: TrendSpec, entities: Entities): Sketch => {
  const { Plot } = drawing
  const table = tableOf(spec)
  const notes: string[] = []
  const series = spec.series.slice(0, MOST_SERIES).map(({ name, points }) => {
    const dated = points.filter(({ at }) => !Number.isNaN(Date.parse(at)))
    const ordered = [...dated].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    if (ordered.length > MOST_POINTS)
      notes.push(
        `${name}: the newest ${String(MOST_POINTS)} of ${String(ordered.length)} points are drawn; all stand in the table.`,
      )
    return { name, points: ordered.slice(-MOST_POINTS), style: entities(name) }
  })
  if (spec.series.length > MOST_SERIES)
    notes.push(
      `${String(spec.series.length - MOST_SERIES)} of ${String(spec.series.length)} series are not drawn; they stand in the table.`,
    )
  const numbers = series.flatMap(({ points }) =>
    points.flatMap(({ value, low, high }) => (isDrawn(value) ? [value, low, high].filter(isDrawn) : [])),
  )
  if (numbers.length === 0) return emptySketch(drawing, table, 'There is no value to show.')
  const scale = axisScale(spec.y, numbers)
  const lines = series.flatMap(({ name, points, style }) =>
    runsOfPoints(points).map((run) => ({
      name,
      colour: style.colour,
      run: run.map((point) => ({
        at: new Date(point.at),
        value: point.value / scale.divide,
        low: (point.low ?? point.value) / scale.divide,
        high: (point.high ?? point.value) / scale.divide,
        hasBand: isDrawn(point.low) && isDrawn(point.high),
        colour: style.colour,
        shape: style.shape,
      })),
    })),
  )
  const times = lines.flatMap(({ run }) => run.map(({ at }) => at.getTime()))
  const [from, to] = [Math.min(...times), Math.max(...times)]
  // Runs of one minute stand close together, as they were: an axis of milliseconds tells nobody anything.
  const margin = to > from ? Math.max((to - from) * 0.03, 30_000) : 43_200_000
  const shownChanges = spec.changePoints
    .filter(({ at }) => Date.parse(at) >= from - margin && Date.parse(at) <= to + margin)
    .slice(-MOST_CHANGES)
  if (shownChanges.length < spec.changePoints.length)
    notes.push(
      `${counted(spec.changePoints.length - shownChanges.length, 'change point is', 'change points are')} not drawn; the description has the first ones.`,
    )
  const marks = series.flatMap(({ points }) => points).length <= MOST_MARKS ? lines.flatMap(({ run }) => run) : []
  const ends =
    series.length < 2
      ? []
      : series.flatMap(
          ({ name }) =>
            lines
              .filter((line) => line.name === name)
              .at(-1)
              ?.run.at(-1) ?? [],
        )
  const domain = paddedDomain(numbers, limitsOf(spec.y.unit)).map((value) => value / scale.divide)
  const shifts = apart(
    ends.map(({ value }) => value),
    domain,
  )
  const names =
    series.length < 2
      ? []
      : series.filter(({ name }) => lines.some((line) => line.name === name)).map(({ name }) => name)
  return {
    options: {
      ...{ height: HEIGHT, marginLeft: 64, marginTop: TOP, marginBottom: BOTTOM },
      marginRight: names.length === 0 ? 24 : 28 + Math.max(...names.map((name) => textWidth(cut(name, 34)))),
      x: {
        ...{ type: 'utc' as const, domain: [new Date(from - margin), new Date(to + margin)] },
        ...{ label: 'date (UTC)', labelArrow: false as const, labelAnchor: 'center' as const, labelOffset: BOTTOM - 6 },
        ...(to - from < SHORT_SPAN ? { ticks: 6, tickFormat: timeOfDay(to + margin - from + margin) } : {}),
      },
      y: {
        domain,
        ...{ label: scale.label, labelArrow: false as const },
      },
      symbol: { type: 'identity' },
    },
    marks: [
      Plot.gridY({ stroke: GRID, strokeOpacity: 1 }),
      ...(series.length === 1 ? lines : [])
        .filter(({ run }) => run.length > 1 && run.every(({ hasBand }) => hasBand))
        .map(({ run }) => Plot.areaY(run, { x: 'at', y1: 'low', y2: 'high', fill: BAND })),
      ...lines
        .filter(({ run }) => run.length > 1)
        .map(({ run, colour }) => Plot.line(run, { x: 'at', y: 'value', stroke: colour, strokeWidth: 2 })),
      Plot.dot(marks, {
        x: 'at',
        y: 'value',
        r: 3.5,
        fill: 'colour',
        symbol: 'shape',
        stroke: '#ffffff',
        strokeWidth: 0.75,
      }),
      ...changeMarks(drawing, shownChanges, from + 0.9 * (to - from)),
      // A mark of its own beside each name: where lines end close together, names stand below each other.
      ...ends.flatMap((end, index) => {
        const place = { x: 'at', y: 'value', dy: shifts[index] ?? 0 }
        return [
          Plot.dot([end], { ...place, dx: 13, r: 3.5, fill: end.colour, symbol: end.shape }),
          Plot.text([end], {
            ...place,
            dx: 21,
            text: () => cut(names[index] ?? '', 34),
            textAnchor: 'start',
            fill: INK,
          }),
        ]
      }),
    ],
    desc: describe(spec, scale.words),
    table,
    notes,
  }
}

const HEIGHT = 340
const TOP = 40
const BOTTOM = 56
const PLOT_HEIGHT = HEIGHT - TOP - BOTTOM
const LINE_HEIGHT = 14

/** How far each label has to move, in pixels, so that labels of close lines stand below each other. */
const apart = (values: readonly number[], [low = 0, high = 1]: readonly number[]): readonly number[] => {
  const placed = values.map((value, index) => ({ index, at: PLOT_HEIGHT * (1 - (value - low) / (high - low)) }))
  const shifts = values.map(() => 0)
  let free = -Infinity
  for (const { index, at } of placed.sort((one, other) => one.at - other.at || one.index - other.index)) {
    const to = Math.max(at, free)
    shifts[index] = to - at
    free = to + LINE_HEIGHT
  }
  return shifts
}

const SHORT_SPAN = 3 * 86_400_000

/** Ticks within some days: time of day, with the date at the first one and at midnight. */
const timeOfDay =
  (span: number) =>
  (at: Date, index: number): string => {
    const iso = at.toISOString()
    const time = iso.slice(11, span < 600_000 ? 19 : 16)
    return index === 0 || /^00:00(?::00)?$/.test(time) ? `${time}\n${iso.slice(0, 10)}` : time
  }

const WORD = { better: 'better', worse: 'worse', none: 'changed' } as const

const changeMarks = ({ Plot }: Drawing, changes: TrendSpec['changePoints'], right: number) =>
  changes.flatMap(({ at, direction, word }, index) => {
    const time = new Date(at)
    const colour = direction === 'none' ? MUTED : TOKENS[direction].light
    return [
      Plot.ruleX([time], { stroke: colour, strokeDasharray: '5,4', strokeWidth: 1.5 }),
      Plot.text([time], {
        ...{ x: (value: Date) => value, frameAnchor: 'top', dy: -3 - 13 * (index % 2), fill: colour, fontWeight: 600 },
        ...{ lineAnchor: 'bottom', textAnchor: time.getTime() > right ? 'end' : 'middle' },
        text: () => `${direction === 'worse' ? '✖' : direction === 'better' ? '✔' : '●'} ${word ?? WORD[direction]}`,
      }),
    ]
  })

type KnownPoint = TrendPoint & { readonly value: number }

/** Stretches without a gap: a missing value or a new segment ends one, nothing is interpolated. */
const runsOfPoints = (points: readonly TrendPoint[]): readonly (readonly KnownPoint[])[] => {
  const runs: KnownPoint[][] = []
  let current: KnownPoint[] | null = null
  let segment: string | undefined
  for (const point of points) {
    if (!isDrawn(point.value)) {
      current = null
      continue
    }
    if (current === null || point.segment !== segment) runs.push((current = []))
    current.push({ ...point, value: point.value })
    segment = point.segment
  }
  return runs
}

const describe = (spec: TrendSpec, words: (value: number) => string): string => {
  const lines = spec.series.slice(0, MOST_SERIES).map(({ name, points }) => {
    const known = [...points]
      .sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
      .flatMap(({ value, at }) => (isDrawn(value) ? [{ value, at }] : []))
    const [first, last] = [known[0], known.at(-1)]
    if (first === undefined || last === undefined) return `${name}: no value.`
    if (first === last) return `${name}: one value, ${words(first.value)}, on ${first.at.slice(0, 10)}.`
    return (
      `${name}: ${counted(known.length, 'value', 'values')} from ${first.at.slice(0, 10)} (${words(first.value)}) ` +
      `to ${last.at.slice(0, 10)} (${words(last.value)}).`
    )
  })
  const changes = spec.changePoints
    .slice(0, 10)
    .map(({ at, label, direction, word }) => `${at.slice(0, 10)}: ${word ?? WORD[direction]}, ${label}.`)
  return [...lines, changes.length === 0 ? 'No change point.' : `Change points: ${changes.join(' ')}`].join(' ')
}

const tableOf = (spec: TrendSpec): DataTable => ({
  caption: `${spec.title}: data`,
  columns: [
    { key: 'series', label: 'series', kind: 'text' },
    { key: 'date', label: 'date (UTC)', kind: 'text' },
    { key: 'run', label: 'run', kind: 'text' },
    { key: 'value', label: spec.y.label, unit: spec.y.unit, kind: 'number' },
    { key: 'low', label: 'interval from', unit: spec.y.unit, kind: 'number' },
    { key: 'high', label: 'interval to', unit: spec.y.unit, kind: 'number' },
    { key: 'segment', label: 'segment', kind: 'text' },
  ],
  rows: spec.series.flatMap(({ name, points }) =>
    points.map((point) => [
      name,
      Number.isNaN(Date.parse(point.at)) ? `${point.at} (not a date)` : point.at,
      point.label,
      cellOf(point.value),
      cellOf(point.low, 'no interval'),
      cellOf(point.high, 'no interval'),
      point.segment ?? '',
    ]),
  ),
})
