import { type KeyObject, createPublicKey, verify } from 'node:crypto'

const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
const MOST_KEYS = 1000

/** An ed25519 check of raw bytes: message, signature (64), public key (32, and as base64url). */
export type RawCheck = (message: Uint8Array, signature: Buffer, key: Buffer, publicKey: string) => boolean

/**
 * Checks ed25519 signatures, one after the other. What is no key or no signature verifies nothing; nothing throws. Keys and
 * signatures of small order, which fit more than one message, are refused whatever `check` says of them.
 */
export const createVerifier = (
  check: RawCheck = createOpensslCheck(),
): ((message: Uint8Array, signature: string, publicKey: string) => boolean) => {
  const keyOf = remembering((publicKey) => {
    const key = exactBase64(publicKey, KEY_BYTES)
    return key === null || hasSmallOrder(key) ? null : key
  })
  return (message, signature, publicKey) => {
    const key = keyOf(publicKey)
    const raw = exactBase64(signature, SIGNATURE_BYTES)
    return key !== null && raw !== null && !hasSmallOrder(raw) && check(message, raw, key, publicKey)
  }
}

/**
 * The check of libsodium, twice as fast as that of OpenSSL; null where it is not installed or has no build for this machine.
 * Both accept the same signatures (test/hub/keys/verify.test.ts).
 */
export const libsodiumCheck = async (): Promise<RawCheck | null> => {
  try {
    const { crypto_sign_verify_detached: check } = await import('sodium-native')
    return ({ buffer, byteOffset, byteLength }, signature, key) =>
      check(signature, Buffer.from(buffer, byteOffset, byteLength), key)
  } catch {
    return null
  }
}

const createOpensslCheck = (): RawCheck => {
  const keyOf = remembering(publicKeyOf)
  return (message, signature, _key, publicKey) => {
    const key = keyOf(publicKey)
    try {
      return key !== null && verify(null, message, key, signature)
    } catch {
      return false
    }
  }
}

const publicKeyOf = (publicKey: string): KeyObject | null => {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
  } catch {
    return null
  }
}

// Somebody may list keys without end; forgetting all of them only costs time.
const remembering = <Found>(find: (publicKey: string) => Found): ((publicKey: string) => Found) => {
  const known = new Map<string, Found>()
  return (publicKey) => {
    const before = known.get(publicKey)
    if (before !== undefined) return before
    if (known.size >= MOST_KEYS) known.clear()
    const found = find(publicKey)
    known.set(publicKey, found)
    return found
  }
}

// The points of order 1, 2, 4 and 8 as they can be written, but for the last bit: 0, 1, -1, the two of order 8, and again
// 0 and 1 as p and p + 1.
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

/** Whether the first 32 bytes are a point whose small multiple is nothing. */
const hasSmallOrder = (bytes: Buffer): boolean => {
  const point = Buffer.from(bytes.subarray(0, KEY_BYTES))
  point.writeUInt8((point[KEY_BYTES - 1] ?? 0) & 0x7f, KEY_BYTES - 1)
  return SMALL_ORDER.has(point.toString('hex'))
}

// The last character has bits to spare: without this, one signature would have several spellings.
const exactBase64 = (text: string, bytes: number): Buffer | null => {
  const raw = Buffer.from(text, 'base64url')
  return raw.length === bytes && raw.toString('base64url') === text ? raw : null
}
