import { expect, test } from 'vitest'
import { signedRegistryBytes, signedRunBytes } from '../../../src/core/hub/signed-bytes.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

test('a run is signed without its signature, in canonical form, under a name of its own', () => {
  expect(text(signedRunBytes({ sig: 'x', b: 1, a: [2] }))).toBe('benchmark-run-v1\0{"a":[2],"b":1}')
  expect(signedRunBytes({ b: 1, a: [2] })).toEqual(signedRunBytes({ a: [2], b: 1, sig: 'other' }))
})

test('a registry document is signed without its signatures, and is never a run', () => {
  expect(text(signedRegistryBytes({ signatures: [{}], sig: 'kept', a: 1 }))).toBe(
    'benchmark-registry-v1\0{"a":1,"sig":"kept"}',
  )
})
