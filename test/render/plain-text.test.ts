import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainLine, plainText } from '../../src/render/plain-text.ts'

test.each([
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['a cleared screen', 'a\u001b[2J\u001b[1;1Hb', 'ab'],
  ['a window title', '\u001b]0;evil\u0007text', 'text'],
  ['a link', '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
  ['an eight-bit sequence', '\u009b31mred', 'red'],
  ['a carriage return that overwrites', 'good\rbad', 'good\ufffdbad'],
  ['a bell and a backspace', 'a\u0007b\u0008', 'a\ufffdb\ufffd'],
  ['reversed reading direction', 'abc\u202egpj', 'abc\ufffdgpj'],
  ['nothing', 'blaTEM-1 한글 – é', 'blaTEM-1 한글 – é'],
])('makes %s harmless', (_, text, shown) => {
  expect(plainText(text)).toBe(shown)
})

test('keeps line breaks in text and turns them into spaces in a line', () => {
  expect(plainText('a\r\nb\tc')).toBe('a\nb c')
  expect(plainLine(' a \n\n b\r\n')).toBe('a b')
})

test('no control character ever gets through, and doing it twice changes nothing', () => {
  const nasty = fc.string({
    unit: fc.constantFrom('\u001b', '[', ']', '\\', '0', ';', 'm', '\u0007', '\u009b', 'a', '\n'),
  })
  fc.assert(
    fc.property(
      fc.oneof(nasty, fc.string({ unit: fc.nat(0x2fff).map((code) => String.fromCharCode(code)) })),
      (text) => {
        const shown = plainText(text)
        // eslint-disable-next-line no-control-regex -- what must not be there
        expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
        expect(plainText(shown)).toBe(shown)
      },
    ),
  )
})
