import { generateKeyPairSync, sign } from 'node:crypto'
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createVerifier, libsodiumCheck } from '../../../src/hub/keys/verify.ts'
import { add, BASE, challenge, encode, L, type Point, signature, times, TORSION } from '../../support/edwards.ts'

const sodium = await libsodiumCheck()
const checks: [string, ReturnType<typeof createVerifier>][] = [
  ['OpenSSL', createVerifier()],
  ...(sodium === null ? [] : [['libsodium', createVerifier(sodium)] as [string, ReturnType<typeof createVerifier>]]),
]
const [SECRET, NONCE] = [0x1234567890abcdefn * 8n, 0xfedcba987654321n]
const NOTHING: Point = [0n, 1n]

interface Case {
  readonly message: Buffer
  readonly signature: string
  readonly publicKey: string
}

/** Signed with the secret, as far as the points let it: what of small order is added to them is the forger's. */
const forged = (
  secret: bigint,
  nonce: bigint,
  {
    key = NOTHING,
    first = NOTHING,
    isRight = () => true,
  }: { key?: Point; first?: Point; isRight?: (factor: bigint) => boolean },
): Case => {
  const publicKey = encode(add(times(secret, BASE), key))
  const start = encode(add(times(nonce, BASE), first))
  for (let number = 0; ; number++) {
    const message = Buffer.from(`message ${number}`)
    const factor = challenge(start, publicKey, message)
    if (!isRight(factor)) continue
    const second = (nonce + factor * secret) % L
    return { message, signature: signature(start, second), publicKey: publicKey.toString('base64url') }
  }
}
const isMultiple = (factor: bigint): boolean => factor % 8n === 0n

// An optional dependency: where npm left it out, or it has no build, only OpenSSL is tested.
test.skipIf(!existsSync('node_modules/sodium-native/prebuilds/linux-x64') || process.arch !== 'x64')(
  'libsodium is used where it is installed',
  () => expect(sodium).not.toBeNull(),
)

describe.each(checks)('%s', (_name, verify) => {
  const accepts = ({ message, signature, publicKey }: Case): boolean => verify(message, signature, publicKey)

  test('takes what is signed, and nothing a bit beside it', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const key = publicKey.export({ format: 'jwk' }).x ?? ''
    for (let round = 0; round < 100; round++) {
      const message = Buffer.from(`a document ${'x'.repeat(round)}`)
      const good = sign(null, message, privateKey)
      expect(verify(message, good.toString('base64url'), key)).toBe(true)
      const bad = Buffer.from(good)
      bad.writeUInt8((bad[round % 64] ?? 0) ^ (1 << (round % 8)), round % 64)
      expect(verify(message, bad.toString('base64url'), key)).toBe(false)
      expect(verify(message.subarray(1), good.toString('base64url'), key)).toBe(false)
    }
    expect(accepts(forged(SECRET, NONCE, {}))).toBe(true)
  })

  test('a second half that is not reduced is another spelling, and refused', () => {
    const good = forged(SECRET, NONCE, {})
    const raw = Buffer.from(good.signature, 'base64url')
    const second = BigInt(`0x${Buffer.from(raw.subarray(32)).reverse().toString('hex')}`)
    expect(accepts({ ...good, signature: signature(raw.subarray(0, 32), second + L) })).toBe(false)
  })

  test('a first half with a part of small order is refused: who multiplies by eight would take it', () => {
    for (let order = 1n; order < 8n; order++)
      expect(accepts(forged(SECRET, NONCE, { first: times(order, TORSION) }))).toBe(false)
  })

  test('a key with a part of small order fits where that part falls out, and nowhere else', () => {
    expect(accepts(forged(SECRET, NONCE, { key: TORSION, isRight: isMultiple }))).toBe(true)
    expect(accepts(forged(SECRET, NONCE, { key: TORSION, isRight: (factor) => !isMultiple(factor) }))).toBe(false)
  })

  test('keys of small order, which fit every message, are refused however they are written', () => {
    for (let order = 0n; order < 8n; order++) {
      const point = times(order, TORSION)
      const found = forged(0n, NONCE, { key: point, isRight: isMultiple })
      expect(accepts(found)).toBe(false)
      if (point[1] > 1n) continue
      expect(accepts({ ...found, publicKey: encode(point, true).toString('base64url') })).toBe(false)
      expect(accepts({ ...found, publicKey: encode([1n - point[0], point[1]]).toString('base64url') })).toBe(false)
    }
  })

  test('first halves of small order are refused', () => {
    for (let order = 0n; order < 8n; order++)
      expect(accepts(forged(SECRET, 0n, { first: times(order, TORSION) }))).toBe(false)
  })
})
