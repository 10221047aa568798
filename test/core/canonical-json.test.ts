import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../src/core/canonical-json.ts'

test('does not depend on the order of keys, at any depth', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: 'x' })).toBe('{"a":"x","b":[{"c":2,"d":1}]}')
  expect(canonicalJson({ a: 'x', b: [{ c: 2, d: 1 }] })).toBe('{"a":"x","b":[{"c":2,"d":1}]}')
})

test('loses nothing JSON can hold', () => {
  const value = fc.jsonValue().map((one) => JSON.parse(JSON.stringify(one)) as unknown)
  fc.assert(
    fc.property(value, (one) => {
      expect(JSON.parse(canonicalJson(one))).toEqual(one)
    }),
  )
})

test('is the same text when it is read and written again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (one) => {
      const text = canonicalJson(JSON.parse(JSON.stringify(one)))
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    }),
  )
})

test('sorts keys by code units, those that look like numbers too', () => {
  expect(canonicalJson({ b: 0, 10: 1, 9: 2, '-1': 3, '': 4 })).toBe('{"":4,"-1":3,"10":1,"9":2,"b":0}')
})

// RFC 8785, 3.2.3: the key order of the example.
test('sorts the keys of the example of the standard', () => {
  const given = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  }
  expect(
    Object.values(
      JSON.parse(
        `[${canonicalJson(given)
          .slice(1, -1)
          .replaceAll(/"[^"]*":/g, '')}]`,
      ) as object,
    ),
  ).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ])
})

// RFC 8785, 3.2.2: the example document.
test('writes the example of the standard', () => {
  const given = JSON.parse(
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],` +
      String.raw`"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
  ) as unknown
  expect(canonicalJson(given)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
      `"string":"\u20ac$` +
      String.raw`\u000f\nA'B\"\\\\\"/"}`,
  )
})

// RFC 8785, appendix B: IEEE 754 bits and their text.
test.each([
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
])('writes the number %s as %s', (bits, text) => {
  expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text)
})

test.each([Number.NaN, Infinity])('refuses %d instead of writing null', (value) => {
  expect(() => canonicalJson({ a: [value] })).toThrow(RangeError)
})

describe('what JSON cannot hold', () => {
  test.each(['\ud800', 'a\udc00b', '\ude00\ud83d'])('halves of surrogate pairs are refused: %j', (text) => {
    expect(() => canonicalJson(text)).toThrow(RangeError)
    expect(() => canonicalJson({ [text]: 1 })).toThrow(RangeError)
  })

  test.each([[[undefined]], [() => 1], [1n], [new Date(0)], [new Map()]])('%s is refused', (value) => {
    expect(() => canonicalJson({ a: value })).toThrow(TypeError)
  })

  test('a key without a value is left out', () => {
    expect(canonicalJson({ a: undefined, b: null })).toBe('{"b":null}')
  })
})

test('a key named __proto__ is a key like others', () => {
  expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"x":2}}'))).toBe('{"__proto__":{"x":2},"b":1}')
})
