import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import {
  freeRegistryBytes,
  signedLineBytes,
  signedRegistryBytes,
  signedRunBytes,
  signedSealBytes,
} from '../../../src/core/hub/signed-bytes.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

test('a run is signed without its signature, in canonical form, under a name of its own', () => {
  expect(text(signedRunBytes({ sig: 'x', b: 1, a: [2] }))).toBe('benchmark-run-v1\0{"a":[2],"b":1}')
  expect(signedRunBytes({ b: 1, a: [2] })).toEqual(signedRunBytes({ a: [2], b: 1, sig: 'other' }))
})

test('a registry document is signed without its signatures, for one hub, and is never a run', () => {
  expect(text(signedRegistryBytes({ signatures: [{}], sig: 'kept', a: 1 }, '00ff'))).toBe(
    'benchmark-registry-v2\x0000ff\0{"a":1,"sig":"kept"}',
  )
  // Before there was a hub in it.
  expect(text(freeRegistryBytes({ signatures: [{}], sig: 'kept', a: 1 }))).toBe(
    'benchmark-registry-v1\0{"a":1,"sig":"kept"}',
  )
})

test('a seal is signed without its signature, for one hub, and is never anything else', () => {
  const document = { sig: 'x', signatures: [], a: 1 }
  expect(text(signedSealBytes(document, '00ff'))).toBe('benchmark-seal-v1\x0000ff\0{"a":1,"signatures":[]}')
  const others = [signedRunBytes(document), signedRegistryBytes(document, '00ff'), freeRegistryBytes(document)]
  for (const other of others) expect(text(other)).not.toMatch(/^benchmark-seal/)
})

const aLine = (document: object): Uint8Array => Buffer.from(canonicalJson(document))

test('what is signed can be cut out of the line, whatever stands in it', () => {
  const anything = fc.record({
    payload: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
    run_id: fc.string(),
    sig: fc.string(),
    signer: fc.record({ alg: fc.constant('ed25519'), key_id: fc.string() }),
    visibility: fc.constantFrom('public', 'community'),
  })
  fc.assert(
    fc.property(anything, (document) => {
      fc.pre(isWellFormed(JSON.stringify(document)))
      const cut = signedLineBytes(aLine(document), document)
      // Signatures and key ids are ASCII where they are right; others need not be cut, but never wrongly.
      if (cut !== null) expect(text(cut)).toBe(text(signedRunBytes(document)))
      else expect(`${document.sig}${document.signer.key_id}`).toMatch(/[^ !#-[\]-~]/)
    }),
  )
})

test('a line that does not end as its document says has nothing to verify', () => {
  const document = { run_id: 'a', sig: 'b', signer: { alg: 'ed25519', key_id: 'c' }, visibility: 'public' }
  expect(signedLineBytes(aLine({ ...document, sig: 'x' }), document)).toBeNull()
  expect(signedLineBytes(aLine({ ...document, visibility: 'community' }), document)).toBeNull()
  expect(signedLineBytes(new Uint8Array(0), document)).toBeNull()
})

const isWellFormed = (json: string): boolean => !json.includes('\\ud')
