import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type DrawChart, loadCharts } from '../../../src/render/html/charts/chart.ts'
import { bindEntities } from '../../../src/render/html/charts/entities.ts'
import type { Chart, ChartSpec, Datum } from '../../../src/render/html/charts/spec.ts'

const axis = { label: 'gene recall', unit: 'ratio', direction: 'higher' } as const
const seconds = { label: 'runtime', unit: 'seconds', direction: 'lower' } as const
const common = { title: 'A figure', method: 'How it was made.' }
const names = ['kma', 'resfinder', 'x'.repeat(200), 'שלום עולם']

/** One spec of each kind from the same values. */
const specsOf = (values: readonly Datum[]): ChartSpec[] => [
  {
    ...{ ...common, kind: 'trend', key: 'trend', y: axis },
    series: [
      {
        name: 'kma',
        points: values.map((value, index) => ({
          at: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
          label: `r${index}`,
          value,
          low: null,
          high: null,
        })),
      },
    ],
    changePoints: [{ at: '2026-01-02T00:00:00.000Z', label: 'here', direction: 'worse' }],
  },
  {
    ...common,
    kind: 'dotInterval',
    key: 'dots',
    x: axis,
    reference: 0,
    rows: values.map((value, index) => ({ label: names[index % 4]!, value, low: 0, high: 1, tone: 'none' as const })),
  },
  {
    ...common,
    kind: 'pareto',
    key: 'pareto',
    x: seconds,
    y: axis,
    logX: true,
    points: values.map((value, index) => ({ name: names[index % 4]!, x: value, y: index, isOnFront: index % 2 === 0 })),
  },
  {
    ...common,
    kind: 'heatTable',
    key: 'heat',
    rowLabel: 'metric',
    columns: values.map((_, index) => `column ${index}`),
    rows: [{ label: names[2]!, axis, domain: null, cells: values }],
  },
  {
    ...common,
    kind: 'boxStrip',
    key: 'box',
    x: axis,
    groups: [{ name: names[3]!, values: values.map((value, index) => ({ label: `s${index}`, value })) }],
  },
  {
    ...common,
    kind: 'bars',
    key: 'bars',
    x: axis,
    rows: values.map((value, index) => ({ label: names[index % 4]!, value })),
  },
  {
    ...common,
    kind: 'stacked',
    key: 'stacked',
    x: seconds,
    partLabel: 'process',
    rows: [{ label: 'kma', parts: values.map((value, index) => ({ name: `P${index}`, value })) }],
  },
  {
    ...common,
    kind: 'rankHeat',
    key: 'ranks',
    rows: [{ label: 'kma', shares: values.map((value) => (typeof value === 'number' ? value : 0)) }],
  },
]

const rowsExpected = (values: readonly Datum[]): number => values.length

let chart: DrawChart
beforeAll(async () => {
  chart = await loadCharts()
}, 120_000)
const draw = (spec: ChartSpec): Chart => chart(spec, bindEntities(names))

/** Everything that must hold of any chart, whatever it was given. */
const check = (drawn: Chart, count: number): void => {
  const { svg } = drawn
  expect(svg).not.toMatch(/NaN|Infinity|undefined|null/)
  expect(svg).toMatch(/^<svg [^>]*role="img"/)
  expect(svg).toContain(`aria-labelledby="${drawn.key}-title ${drawn.key}-desc"`)
  expect(svg.match(/aria-label=|<style|style=|<script|href=|\son\w+=/g)).toBeNull()
  expect(new TextEncoder().encode(svg).length, drawn.key).toBeLessThanOrEqual(30_000)
  expect((svg.match(/<\w/g) ?? []).length).toBeLessThanOrEqual(1_500)
  expect(drawn.desc.length).toBeGreaterThan(5)
  expect(drawn.table.rows).toHaveLength(count)
  for (const row of drawn.table.rows)
    for (const cell of row) if (typeof cell === 'number') expect(Number.isFinite(cell)).toBe(true)
  const box = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)
  const [width, height] = [Number(box?.[1]), Number(box?.[2])]
  for (const match of svg.matchAll(/translate\((-?[\d.]+)(?:,(-?[\d.]+))?\)/g)) {
    expect(Math.abs(Number(match[1]))).toBeLessThanOrEqual(width + 5)
    expect(Math.abs(Number(match[2] ?? 0))).toBeLessThanOrEqual(height + 5)
  }
}

const CASES: readonly (readonly [string, readonly Datum[]])[] = [
  ['nothing', []],
  ['one value', [0.5]],
  ['all the same', [0.5, 0.5, 0.5]],
  ['all missing', [{ missing: 'not run' }, { missing: 'failed' }]],
  ['NaN and infinities', [NaN, Infinity, -Infinity, 0.5]],
  ['negative', [-3, -1, -2]],
  ['tiny and huge', [1e-9, 1, 1e12]],
  ['zero', [0]],
]

describe.each(CASES)('charts of %s', (_name, values) => {
  test.each(specsOf(values).map((spec) => [spec.kind, spec] as const))('%s', (_kind, spec) => {
    check(draw(spec), rowsExpected(values))
  })
})

describe('a chart', () => {
  test('holds for any values', () => {
    const datum = fc.oneof<fc.Arbitrary<Datum>[]>(
      // Smaller than 1e-9 nothing is measured.
      fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((value) => (Math.abs(value) < 1e-9 ? 0 : value)),
      fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000),
      fc.constant({ missing: 'not run' }),
    )
    fc.assert(
      fc.property(fc.array(datum, { maxLength: 12 }), (values) => {
        for (const spec of specsOf(values)) check(draw(spec), values.length)
      }),
      { numRuns: 15, seed: 6 },
    )
  })

  test('has the same bytes whatever was drawn before', () => {
    const specs = specsOf([0.2, 0.4, { missing: 'failed' }, 0.9])
    const first = specs.map((spec) => draw(spec).svg)
    const again = [...specs]
      .reverse()
      .map((spec) => draw(spec).svg)
      .reverse()
    expect(again).toEqual(first)
  })

  test('says why what cannot be shown is not shown', () => {
    const [, , pareto] = specsOf([0, 2, 3])
    const drawn = draw(pareto!)
    expect(drawn.table.rows[0]?.[1]).toEqual({ missing: '0 is not above 0: a logarithmic axis cannot show it' })
    expect(drawn.notes.join(' ')).toContain('1 candidate is not drawn')
    const [, dots] = specsOf([NaN])
    expect(draw(dots!).table.rows[0]?.[1]).toEqual({ missing: 'not a finite number' })
  })

  test('leaves gaps and breaks as they are, and starts no trend at zero', () => {
    const points = [0.9, 0.91, { missing: 'failed' }, 0.92, 0.93, 0.94] as const
    const spec = (segment: (index: number) => string): ChartSpec => ({
      ...{ ...common, kind: 'trend', key: 't', y: axis, changePoints: [] },
      series: [
        {
          name: 'kma',
          points: points.map((value, index) => ({
            at: `2026-01-0${index + 1}T00:00:00Z`,
            label: '',
            value,
            segment: segment(index),
          })),
        },
      ],
    })
    const lines = (drawn: Chart): number =>
      drawn.svg.match(/<path [^>]*stroke-width="2"|stroke-width="2"[^>]*>\s*<path/g)?.length ?? 0
    expect(lines(draw(spec(() => 'a')))).toBe(2)
    expect(lines(draw(spec((index) => (index < 5 ? 'a' : 'b'))))).toBe(2)
    expect(lines(draw(spec((index) => (index < 4 ? 'a' : 'b'))))).toBe(2)
    expect(draw(spec(() => 'a')).svg).not.toContain('>0.00<')
  })

  test('condenses aloud: no chart grows without bound', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ((index * 7919) % 1000) / 1000)
    for (const spec of specsOf(many)) {
      const drawn = draw(spec)
      check(drawn, many.length)
      if (spec.kind !== 'rankHeat') expect(drawn.notes.length, spec.kind).toBeGreaterThan(0)
    }
  })

  test('shows hostile labels as text', () => {
    const label = '</svg><script>alert(1)</script>\u202e\u0000"onload="x'
    const drawn = draw({ ...common, title: label, kind: 'bars', key: 'b', x: axis, rows: [{ label, value: 1 }] })
    expect(drawn.svg).not.toMatch(/<script|\u202e|\u0000/) // eslint-disable-line no-control-regex -- that is what must not be there
    expect(drawn.svg.match(/<\/svg>/g)).toHaveLength(1)
    expect(drawn.svg).toContain('[U+202E]')
  })
})

describe('colours and shapes of entities', () => {
  test('eight are told apart by colour alone, sixty-four by colour and shape', () => {
    const many = Array.from({ length: 64 }, (_, index) => `pipeline ${index}`)
    const eight = bindEntities(many.slice(0, 8))
    expect(new Set(many.slice(0, 8).map((name) => eight(name).token)).size).toBe(8)
    const all = bindEntities(many)
    expect(new Set(many.map((name) => `${all(name).token} ${all(name).shape}`)).size).toBe(64)
  })

  test('do not depend on the order of the names', () => {
    const one = bindEntities(['a', 'b', 'c'])
    const other = bindEntities(['c', 'a', 'b', 'a'])
    for (const name of ['a', 'b', 'c']) expect(one(name)).toEqual(other(name))
  })
})
