import { axisScale } from './axis-scale.ts'
import { counted, cut, emptySketch, GRID, INK, limitsOf, MUTED, paddedDomain, type Sketch } from './frame.ts'
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
  const domainX = spec.logX
    ? [Math.min(...drawn.map(({ x }) => x)) / 1.3, Math.max(...drawn.map(({ x }) => x)) * 1.3]
    : paddedDomain(xs, limitsOf(spec.x.unit)).map((value) => value / scaleX.divide)
  const middle = spec.logX
    ? Math.sqrt((domainX[0] ?? 1) * (domainX[1] ?? 1))
    : ((domainX[0] ?? 0) + (domainX[1] ?? 0)) / 2
  const side = (isLeft: boolean) =>
    Plot.text(
      named.filter(({ x }) => x <= middle === isLeft),
      {
        ...{ x: 'x', y: 'y', text: ({ name }: { name: string }) => cut(name, 40) },
        ...{ textAnchor: isLeft ? ('start' as const) : ('end' as const), dx: isLeft ? 10 : -10, dy: -9 },
        ...{ stroke: '#ffffff', strokeWidth: 4, fill: INK },
      },
    )
  const unusable = spec.points.length - usable.length
  return {
    options: {
      ...{ height: 380, marginLeft: 64, marginRight: 24, marginTop: 34, marginBottom: 46 },
      x: {
        ...(spec.logX ? { type: 'log' as const, ticks: 6, tickFormat: '~g' } : {}),
        ...{ domain: domainX, label: scaleX.label, labelArrow: false as const, labelAnchor: 'center' as const },
      },
      y: {
        domain: paddedDomain(ys, limitsOf(spec.y.unit)).map((value) => value / scaleY.divide),
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
      side(true),
      side(false),
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
      ...(named.length < subject.length + front.length
        ? [`Only ${String(MOST_NAMES)} points are named; all stand in the table.`]
        : []),
      ...(unusable === 0
        ? []
        : [`${counted(unusable, 'candidate is', 'candidates are')} not drawn for want of a value the axes can show.`]),
    ],
  }
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
