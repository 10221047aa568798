import { type KeyObject, createPublicKey, verify } from 'node:crypto'

const SIGNATURE_BYTES = 64
const MOST_KEYS = 1000

/** Checks ed25519 signatures, one after the other. What is no key or no signature verifies nothing; nothing throws. */
export const createVerifier = (): ((bytes: Uint8Array, signature: string, publicKey: string) => boolean) => {
  const keys = new Map<string, KeyObject | null>()
  const keyOf = (publicKey: string): KeyObject | null => {
    const known = keys.get(publicKey)
    if (known !== undefined) return known
    // Somebody may list keys without end; forgetting all of them only costs time.
    if (keys.size >= MOST_KEYS) keys.clear()
    const made = publicKeyOf(publicKey)
    keys.set(publicKey, made)
    return made
  }
  return (bytes, signature, publicKey) => {
    const key = keyOf(publicKey)
    const raw = exactBase64(signature, SIGNATURE_BYTES)
    if (key === null || raw === null) return false
    try {
      return verify(null, bytes, key, raw)
    } catch {
      return false
    }
  }
}

const publicKeyOf = (publicKey: string): KeyObject | null => {
  if (exactBase64(publicKey, 32) === null) return null
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
  } catch {
    return null
  }
}

// The last character has bits to spare: without this, one signature would have several spellings.
const exactBase64 = (text: string, bytes: number): Buffer | null => {
  const raw = Buffer.from(text, 'base64url')
  return raw.length === bytes && raw.toString('base64url') === text ? raw : null
}
