import { cleanMessage, cleanName } from '../../../core/clean-text.ts'
import { bars } from './bars.ts'
import { boxStrip } from './box-strip.ts'
import { dotInterval } from './dot-interval.ts'
import { finish, type Sketch } from './frame.ts'
import { heatTable, rankHeat } from './heat-table.ts'
import { pareto } from './pareto.ts'
import { type Drawing, loadDrawing } from './plot.ts'
import type { Chart, ChartSpec, Entities } from './spec.ts'
import { stacked } from './stacked.ts'
import { trend } from './trend.ts'

/**
 * The one way to draw: `const chart = await loadCharts()`, then `chart(spec, entities)`. The same spec gives the same
 * bytes, whatever was drawn before. Loading takes some tenths of a second, a chart about ten milliseconds.
 */
export const loadCharts = async (): Promise<DrawChart> => {
  const drawing = await (loaded ??= loadDrawing())
  return (given, entities) => {
    const spec = clean(given, '') as ChartSpec
    return finish(drawing, spec, sketch(drawing, spec, entities))
  }
}

export type DrawChart = (spec: ChartSpec, entities: Entities) => Chart

/** Every text of a spec as it may be shown: names are cut as names, all else as messages. */
const clean = (part: unknown, key: string): unknown => {
  if (typeof part === 'string') return key === 'label' || key === 'name' ? cleanName(part) : cleanMessage(part)
  if (Array.isArray(part)) return part.map((item) => clean(item, key))
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, clean(value, name)]))
}

let loaded: Promise<Drawing> | undefined

const sketch = (drawing: Drawing, spec: ChartSpec, entities: Entities): Sketch => {
  switch (spec.kind) {
    case 'trend':
      return trend(drawing, spec, entities)
    case 'dotInterval':
      return dotInterval(drawing, spec, entities)
    case 'pareto':
      return pareto(drawing, spec, entities)
    case 'heatTable':
      return heatTable(drawing, spec)
    case 'boxStrip':
      return boxStrip(drawing, spec, entities)
    case 'bars':
      return bars(drawing, spec)
    case 'stacked':
      return stacked(drawing, spec)
    case 'rankHeat':
      return rankHeat(drawing, spec)
  }
}
