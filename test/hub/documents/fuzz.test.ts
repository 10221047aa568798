import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { createHubDocuments } from '../../../src/hub/documents/hub-documents.ts'
import { hubRun, lineOf, testKey } from '../../support/hub-documents.ts'

const documents = createHubDocuments()
const line = Buffer.from(lineOf(hubRun(testKey())))

const HOSTILE = [
  '\ufeff',
  '\0',
  '\\u0000',
  '\\ud800',
  '1e400',
  '-0',
  '1E5',
  '0.10',
  ' ',
  '\n',
  '[[[[',
  '"__proto__":{},',
]

// Any answer is fine but an exception, a silent acceptance of other bytes, or a fault that is no sentence.
const check = (bytes: Uint8Array): void => {
  const { document, fault } = documents.run(bytes)
  if (document === null) expect(fault).toMatch(/^\P{Cc}{1,400}\.$/u)
  else expect(Buffer.from(canonicalJson(document)).equals(bytes)).toBe(true)
}

test('bytes of a real run, changed anywhere', () => {
  const change = fc.tuple(fc.nat(line.length - 1), fc.nat(8), fc.uint8Array({ maxLength: 8 }))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      let bytes: Buffer = line
      for (const [at, cut, put] of changes)
        bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)])
      check(bytes)
    }),
    { numRuns: 2000 },
  )
})

test('hostile pieces put in anywhere', () => {
  fc.assert(
    fc.property(fc.nat(line.length), fc.constantFrom(...HOSTILE), (at, piece) => {
      check(Buffer.concat([line.subarray(0, at), Buffer.from(piece), line.subarray(at)]))
    }),
    { numRuns: 2000 },
  )
})

test('any value in the place of any other', () => {
  const places = Array.from(line.toString().matchAll(/:("(?:[^"\\]|\\.)*"|-?[\d.e+-]+|null|true|false)/g))
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.jsonValue(), ({ index, 0: found }, value) => {
      const text = line.toString()
      const changed = `${text.slice(0, index)}:${JSON.stringify(value)}${text.slice(index + found.length)}`
      check(Buffer.from(changed))
    }),
    { numRuns: 1000 },
  )
})

test('any JSON, canonical or not', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      check(Buffer.from(JSON.stringify(value)))
    }),
  )
})
