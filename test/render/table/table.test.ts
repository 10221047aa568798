import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wantsColour } from '../../../src/cli/wants-colour.ts'
import { ansiPaint } from '../../../src/render/table/paint.ts'
import { numberCell, renderTable, withoutEmptyColumns } from '../../../src/render/table/table.ts'
import { displayWidth } from '../../../src/render/terminal/column-layout.ts'
import { HOSTILE_NAMES } from '../../support/hostile-names.ts'

const TABLE = {
  head: ['pipeline', 'peak memory', 'started (UTC)'],
  rows: [
    ['kma', numberCell(4_212_345_678, (bytes) => `${(bytes / 1e9).toFixed(1)} GB`), 'today'],
    [{ text: 'abricate', tone: 'bad' as const }, numberCell(null, String), ''],
  ],
}

describe('one table', () => {
  test('for people', () => {
    expect(renderTable(TABLE)).toBe(
      ['pipeline  peak memory  started (UTC)', 'kma            4.2 GB  today', 'abricate            –'].join('\n'),
    )
    expect(renderTable(TABLE, { format: 'markdown' })).toBe(
      [
        '| pipeline | peak memory | started (UTC) |',
        '| :-- | --: | :-- |',
        '| kma | 4.2 GB | today |',
        '| abricate | – |  |',
      ].join('\n'),
    )
  })

  test('for programs: full values under steady names', () => {
    expect(renderTable(TABLE, { format: 'csv' })).toBe(
      'pipeline,peak_memory,started_utc\nkma,4212345678,today\nabricate,,\n',
    )
    expect(renderTable({ ...TABLE, keys: ['a', 'b', 'c'] }, { format: 'tsv' })).toBe(
      'a\tb\tc\nkma\t4212345678\ttoday\nabricate\t\t\n',
    )
  })

  test('leaves out for people what nobody filled', () => {
    const { head, rows } = withoutEmptyColumns({
      head: ['a', 'b'],
      rows: [
        ['x', ''],
        ['y', { text: '' }],
      ],
    })
    expect([head, rows]).toEqual([['a'], [['x'], ['y']]])
  })
})

describe('values for spreadsheets', () => {
  test.each(HOSTILE_NAMES)('%j is no formula, and one field', (name) => {
    const csv = renderTable({ head: ['name', 'next'], rows: [[name, 'after']] }, { format: 'csv' })
    const [, field = ''] = /^name,next\n((?:"(?:[^"]|"")*"|[^",\n]*)),after\n$/.exec(csv) ?? []
    expect(csv).toContain(`${field},after\n`)
    expect(field.replace(/^"/, '')).not.toMatch(/^\s*[=+\-@]/)
    const tsv = renderTable({ head: ['name', 'next'], rows: [[name, 'after']] }, { format: 'tsv' })
    expect(tsv.split('\n').map((line) => line.split('\t').length)).toEqual([2, 2, 1])
  })

  test('numbers keep their sign', () => {
    expect(renderTable({ head: ['x'], rows: [['-0.5'], ['+3'], ['-1e-7'], ['-x']] }, { format: 'csv' })).toBe(
      "x\n-0.5\n+3\n-1e-7\n'-x\n",
    )
  })
})

describe('colour', () => {
  test('changes nothing but colour: the same text, the same columns', () => {
    const painted = renderTable(TABLE, { paint: ansiPaint })
    expect(painted).toContain('\u001b[31mabricate\u001b[39m')
    // eslint-disable-next-line no-control-regex -- the colours are taken out
    expect(painted.replaceAll(/\u001b\[\d+m/g, '')).toBe(renderTable(TABLE))
  })

  test('only where somebody sees it', () => {
    const [terminal, pipe] = [{ isTTY: true }, {}]
    expect(wantsColour(terminal, {})).toBe(true)
    expect(wantsColour(pipe, {})).toBe(false)
    expect(wantsColour(terminal, { TERM: 'dumb' })).toBe(false)
    expect(wantsColour(terminal, { NO_COLOR: '1' })).toBe(false)
    expect(wantsColour(terminal, { NO_COLOR: '' })).toBe(true)
    expect(wantsColour(pipe, { FORCE_COLOR: '1' })).toBe(true)
    expect(wantsColour(terminal, { FORCE_COLOR: '0' })).toBe(false)
    expect(wantsColour(terminal, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false)
  })
})

test('no line is wider than the terminal where words can be broken apart', () => {
  const word = fc.constantFrom('ab', '한글', 'longer-words', '長い名前', 'x', '🧬')
  const cell = fc.array(word, { maxLength: 9 }).map((words) => words.join(' '))
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 }), fc.constantFrom(40, 80, 200), (rows, width) => {
      const text = renderTable({ head: ['one', 'two', 'three'], rows }, { width })
      for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width)
    }),
    { numRuns: 100 },
  )
})
