import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../../src/render/terminal/column-layout.ts'
import { textColumns } from '../../../src/render/terminal/text-columns.ts'
import { textTable } from '../../../src/render/terminal/text-table.ts'

const widest = (text: string): number => Math.max(...text.split('\n').map(displayWidth))

describe.each([
  ['the table', textTable],
  ['the quick columns', textColumns],
])('%s', (_, draw) => {
  test('aligns words to the left and numbers to the right', () => {
    const rows = [
      ['kma', '0.900 [0.800, 0.950]', '12.5 s'],
      ['abricate --minid 80', '– (no truth)', '1h 02m'],
    ]
    expect(draw(['pipeline', 'sensitivity', 'runtime'], rows)).toBe(
      [
        'pipeline                      sensitivity  runtime',
        'kma                  0.900 [0.800, 0.950]   12.5 s',
        'abricate --minid 80          – (no truth)   1h 02m',
      ].join('\n'),
    )
  })

  test('fits the width by breaking long text between words, never inside numbers', () => {
    const text = draw(['name', 'value'], [['some words that do not fit on one line', '1234.5 s']], 30)
    expect(widest(text)).toBeLessThanOrEqual(30)
    expect(text).toContain('1234.5 s')
    expect(text.split('\n')).toHaveLength(3)
  })

  test('keeps a star with the word it marks', () => {
    const text = draw(['metric', 'value'], [['* sensitivity (gene)', '0.5 s']], 22)
    expect(widest(text)).toBeLessThanOrEqual(22)
    expect(text).toContain('* sensitivity')
  })

  test('counts wide characters as two', () => {
    const text = draw(
      ['a', 'b'],
      [
        ['한글', 'x'],
        ['abcd', 'y'],
      ],
    )
    expect(text.split('\n').slice(1)).toEqual(['한글  x', 'abcd  y'])
  })

  test('shows cells as one harmless line each', () => {
    expect(draw(['a'], [['\u001b[31mx\ny']])).toBe('a\nx y')
  })

  test('is narrow enough wherever words allow it, and loses no word', () => {
    const cell = fc
      .array(fc.constantFrom('ab', '한글', 'longer-word', 'x'), { maxLength: 8 })
      .map((words) => words.join(' '))
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 30, max: 90 }), (body, width) => {
        const text = draw(['one', 'two'], body, width)
        expect(widest(text)).toBeLessThanOrEqual(width)
        const words = (one: string): string[] =>
          one
            .split(/\s+/)
            .filter((word) => word !== '')
            .sort()
        expect(words(text)).toEqual(words(['one two', ...body.flat()].join(' ')))
      }),
      { numRuns: 40 },
    )
  })
})

test('table and quick columns look the same, also over many rows', () => {
  const rows = Array.from({ length: 230 }, (_, index) => [
    `name ${index}`,
    String(index / 7),
    index % 3 === 0 ? '' : '한글 text',
  ])
  expect(textTable(['a', 'b', 'c'], rows, 24)).toBe(textColumns(['a', 'b', 'c'], rows, 24))
})
