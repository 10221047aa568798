import { axisScale } from './axis-scale.ts'
import {
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
  WIDTH,
} from './frame.ts'
import type { Drawing } from './plot.ts'
import { cellOf, type DataTable, type Entities, isDrawn, type ParetoSpec } from './spec.ts'

/** Names that are written beside their points at most. */
const MOST_NAMES = 12
/** Points off the front, and on it, above which they are thinned out. */
const MOST_MARKS = 150
const MOST_FRONT = 40

/** Two quantities against each other, with the points nothing else beats in both joined by steps. */
export const pareto = (drawing: Drawing, spec: ParetoSpec, entities: Entities): Sketch => {
  const { Plot } = drawing
  const table = tableOf(spec)
  const usable = spec.points.flatMap((point) =>
    isDrawn(point.x) && isDrawn(point.y) && (!spec.logX || point.x > 0) ? [{ ...point, x: point.x, y: point.y }] : [],
  )
  if (usable.length === 0) return emptySketch(drawing, table, 'There is no point with both values.')
  const xs = usable.map(({ x }) => x)
  const ys = usable.map(({ y }) => y)
  const [scaleX, scaleY] = [axisScale(spec.x, xs), axisScale(spec.y, ys)]
  const drawn = usable.map((point) => ({
    ...point,
    ...{ x: point.x / scaleX.divide, y: point.y / scaleY.divide },
    ...{ colour: entities(point.name).colour, shape: entities(point.name).shape },
  }))
  const wholeFront = drawn.filter(({ isOnFront }) => isOnFront).sort((one, other) => one.x - other.x || one.y - other.y)
  const step = Math.max(1, Math.ceil(wholeFront.length / MOST_FRONT))
  const front = wholeFront.filter((_, index) => index % step === 0)
  const allOthers = drawn.filter(({ isOnFront, isSubject }) => !isOnFront && isSubject !== true)
  const others = thinned(allOthers)
  const thinnedOut = wholeFront.length - front.length + allOthers.length - others.length
  const subject = drawn.filter(({ isSubject }) => isSubject === true)
  const named = [...new Set([...subject, ...front, ...(drawn.length <= MOST_NAMES ? others : [])])].slice(0, MOST_NAMES)
  // A logarithmic axis is for what spans magnitudes; within one it has hardly a tick to read.
  const isLog = spec.logX && Math.max(...xs) > 5 * Math.min(...xs)
  const domainX = isLog
    ? [Math.min(...drawn.map(({ x }) => x)) / 1.3, Math.max(...drawn.map(({ x }) => x)) * 1.3]
    : paddedDomain(xs, limitsOf(spec.x.unit)).map((value) => value / scaleX.divide)
  const domainY = paddedDomain(ys, limitsOf(spec.y.unit)).map((value) => value / scaleY.divide)
  const across = shareOf(domainX, isLog)
  const up = shareOf(domainY, false)
  const pixel = ({ x, y }: { readonly x: number; readonly y: number }): Pixel => ({
    x: MARGIN.left + across(x) * (WIDTH - MARGIN.left - MARGIN.right),
    y: MARGIN.top + (1 - up(y)) * (HEIGHT - MARGIN.top - MARGIN.bottom),
  })
  const labels = placed(
    named.map((point) => ({ ...point, text: cut(point.name, 40), at: pixel(point) })),
    drawn.map(pixel),
  )
  const unusable = spec.points.length - usable.length
  return {
    options: {
      ...{ height: HEIGHT, marginLeft: MARGIN.left, marginRight: MARGIN.right },
      ...{ marginTop: MARGIN.top, marginBottom: MARGIN.bottom },
      x: {
        ...(isLog ? { type: 'log' as const, ticks: 6, tickFormat: '~g' } : {}),
        ...{ domain: domainX, label: scaleX.label, labelArrow: false as const, labelAnchor: 'center' as const },
      },
      y: {
        domain: domainY,
        ...{ label: scaleY.label, labelArrow: false as const },
      },
      symbol: { type: 'identity' },
    },
    marks: [
      Plot.gridX({ stroke: GRID, strokeOpacity: 1 }),
      Plot.gridY({ stroke: GRID, strokeOpacity: 1 }),
      Plot.line(front, { x: 'x', y: 'y', curve: stepCurve(spec), stroke: MUTED, strokeDasharray: '5,4' }),
      Plot.dot(others, { x: 'x', y: 'y', r: 4, stroke: MUTED, symbol: 'shape', fill: '#ffffff' }),
      Plot.dot(front, { x: 'x', y: 'y', r: 6, fill: 'colour', symbol: 'shape', stroke: '#ffffff', strokeWidth: 1 }),
      Plot.dot(subject, { x: 'x', y: 'y', r: 11, stroke: INK, strokeWidth: 1.5 }),
      Plot.dot(
        subject.filter(({ isOnFront }) => !isOnFront),
        { x: 'x', y: 'y', r: 6, fill: 'colour', symbol: 'shape' },
      ),
      ...labels.map(({ point, isRight, dy }) =>
        Plot.text([point], {
          ...{ x: 'x', y: 'y', text: 'text', dx: isRight ? 11 : -11, dy, lineAnchor: 'middle' as const },
          ...{
            textAnchor: isRight ? ('start' as const) : ('end' as const),
            stroke: '#ffffff',
            strokeWidth: 4,
            fill: INK,
          },
        }),
      ),
    ],
    desc: [
      `${spec.y.label} against ${spec.x.label} of ${counted(usable.length, 'candidate', 'candidates')}.`,
      `Nothing beats in both: ${front
        .slice(0, 8)
        .map(({ name, x, y }) => `${name} (${scaleX.words(x * scaleX.divide)}, ${scaleY.words(y * scaleY.divide)})`)
        .join('; ')}.`,
      unusable === 0 ? '' : `${counted(unusable, 'candidate', 'candidates')} not drawn; the table says why.`,
    ]
      .filter((part) => part !== '')
      .join(' '),
    table,
    notes: [
      ...(thinnedOut === 0
        ? []
        : [`${String(thinnedOut)} points that lie on or close to others are not drawn; all stand in the table.`]),
      ...(named.length < new Set([...subject, ...front]).size
        ? [`Only ${String(MOST_NAMES)} points are named; all stand in the table.`]
        : []),
      ...(unusable === 0
        ? []
        : [`${counted(unusable, 'candidate is', 'candidates are')} not drawn for want of a value the axes can show.`]),
    ],
  }
}

const HEIGHT = 380
const MARGIN = { left: 64, right: 24, top: 34, bottom: 46 } as const

interface Pixel {
  readonly x: number
  readonly y: number
}

/** Where a value lies on an axis, from 0 to 1. */
const shareOf = ([from = 0, to = 1]: readonly number[], isLog: boolean): ((value: number) => number) => {
  const on = (value: number): number => (isLog ? Math.log(value) : value)
  return (value) => (on(value) - on(from)) / (on(to) - on(from))
}

const LINE = 15
/** How far names are moved up or down, the nearest first. */
const SHIFTS = [
  -LINE / 2,
  LINE / 2,
  0,
  ...Array.from({ length: 8 }, (_, step) => [-1, 1].map((sign) => sign * LINE * (step + 1))).flat(),
]

/** Names beside their points, to the right or to the left of them, where they cover neither points nor other names. */
const placed = <T extends { readonly text: string; readonly at: Pixel }>(
  points: readonly T[],
  dots: readonly Pixel[],
) => {
  const taken: { readonly left: number; readonly right: number; readonly y: number }[] = []
  return points.map((point) => {
    const width = textWidth(point.text)
    const { x, y } = point.at
    const places = SHIFTS.flatMap((dy) =>
      (x + width + 14 <= WIDTH ? [true, false] : [false, true]).map((isRight) => ({
        ...{ isRight, dy, y: y + dy },
        ...(isRight ? { left: x + 9, right: x + 11 + width } : { left: x - 11 - width, right: x - 9 }),
      })),
    )
    const isFree = (place: (typeof places)[number]): boolean =>
      place.left >= 0 &&
      place.right <= WIDTH &&
      !taken.some(
        (other) => Math.abs(other.y - place.y) < LINE - 1 && other.left < place.right && place.left < other.right,
      ) &&
      !dots.some((dot) => Math.abs(dot.y - place.y) < 11 && dot.x + 6 > place.left && dot.x - 6 < place.right)
    const place = places.find(isFree) ?? places[0]
    if (place !== undefined) taken.push(place)
    return { point, isRight: place?.isRight ?? true, dy: place?.dy ?? 0 }
  })
}

// From a front point to the next nothing is known to be better than the worse of both: the step goes through the corner
// that is attained.
const stepCurve = (spec: ParetoSpec) => {
  const isRisingFront = (spec.x.direction === 'lower') === (spec.y.direction === 'higher')
  const holdsFirst = isRisingFront ? spec.x.direction === 'lower' : spec.x.direction !== 'lower'
  return holdsFirst ? ('step-after' as const) : ('step-before' as const)
}

/** One point of each field of a grid: where points lie on each other, more of them show nothing more. */
const thinned = <T extends { readonly x: number; readonly y: number }>(points: readonly T[]): readonly T[] => {
  if (points.length <= MOST_MARKS) return points
  const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)]
  const [left, right] = range(points.map(({ x }) => x))
  const [bottom, top] = range(points.map(({ y }) => y))
  const field = (value: number, low: number, high: number, fields: number): number =>
    high > low ? Math.min(fields - 1, Math.floor((fields * (value - low)) / (high - low))) : 0
  const kept = new Map<number, T>()
  for (const point of points) {
    const at = field(point.x, left, right, 14) * 8 + field(point.y, bottom, top, 8)
    if (!kept.has(at)) kept.set(at, point)
  }
  return [...kept.values()]
}

const tableOf = (spec: ParetoSpec): DataTable => ({
  caption: `${spec.title}: data`,
  columns: [
    { key: 'name', label: 'name', kind: 'text' },
    { key: 'x', label: spec.x.label, unit: spec.x.unit, kind: 'number' },
    { key: 'y', label: spec.y.label, unit: spec.y.unit, kind: 'number' },
    { key: 'on_front', label: 'on the front', kind: 'text' },
  ],
  rows: spec.points.map(({ name, x, y, isOnFront }) => [
    name,
    spec.logX && isDrawn(x) && x <= 0
      ? { missing: `${String(x)} is not above 0: a logarithmic axis cannot show it` }
      : cellOf(x),
    cellOf(y),
    isOnFront ? 'yes' : 'no',
  ]),
})
