import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createByteTable, viewBytes } from '../../src/parse/byte-table.ts'
import { parseDecimal } from '../../src/parse/number-text.ts'

test('finds exactly what was put under the same ranges, like a map of their texts', () => {
  const keys = fc.array(fc.tuple(fc.stringMatching(/^[ab]{0,9}$/), fc.stringMatching(/^[ab]{0,3}$/)), { maxLength: 60 })
  fc.assert(
    fc.property(keys, (pairs) => {
      const table = createByteTable<string>(2)
      const model = new Map<string, string>()
      for (const [index, [first, second]] of pairs.entries()) {
        const { view } = viewBytes(Buffer.from(`x${first}${second}`))
        const from = Int32Array.of(1, 1 + first.length)
        const to = Int32Array.of(1 + first.length, 1 + first.length + second.length)
        const key = JSON.stringify([first, second])
        expect(table.get(view, from, to)).toBe(model.get(key))
        if (model.has(key)) continue
        table.put(view, from, to, `value ${index}`)
        model.set(key, `value ${index}`)
      }
    }),
  )
})

test('grows, is emptied when full, and is given up when keys never repeat; never answers wrongly', () => {
  const table = createByteTable<number>(1)
  const look = (number: number): number | undefined => {
    const { bytes, view } = viewBytes(Buffer.from(`read${number}`))
    const [from, to] = [Int32Array.of(0), Int32Array.of(bytes.length)]
    const found = table.get(view, from, to)
    if (found === undefined) table.put(view, from, to, number)
    return found
  }
  for (let number = 0; number < 100_000; number++) {
    expect([undefined, number]).toContain(look(number))
    expect([undefined, number >> 3]).toContain(look(number >> 3))
  }
})

test('a decimal is what Number makes of it, and nothing but a decimal is one', () => {
  const read = (text: string): number => parseDecimal(Buffer.from(`<${text}>`), 1, 1 + Buffer.byteLength(text))
  fc.assert(
    fc.property(
      fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
      ),
      (value) => {
        expect(read(String(value))).toBe(value === 0 ? read('0') : value)
        expect(read(value.toFixed(2))).toBeCloseTo(Number(value.toFixed(2)), 12)
      },
    ),
  )
  fc.assert(
    fc.property(fc.stringMatching(/^[-+]?[0-9]{1,9}\.?[0-9]{0,6}$/), (text) => {
      expect(read(text)).toBe(Number(text))
    }),
  )
  for (const text of ['', '-', '.', '1.2.3', '0x10', '1,5', ' 1', '1e', 'Infinity', 'NaN', '１', '--1'])
    expect(read(text), text).toBeNaN()
})
