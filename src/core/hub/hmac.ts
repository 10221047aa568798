const BLOCK = 64

/** HMAC (RFC 2104) over a hash with blocks of 64 bytes that answers in hexadecimal, as SHA-256 does. */
export const hmac = (sha256: (bytes: Uint8Array) => string, secret: Uint8Array, text: string): string => {
  const key = new Uint8Array(BLOCK)
  key.set(secret.length > BLOCK ? fromHex(sha256(secret)) : secret)
  const inner = sha256(joined(key, 0x36, new TextEncoder().encode(text)))
  return sha256(joined(key, 0x5c, fromHex(inner)))
}

const joined = (key: Uint8Array, pad: number, rest: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(BLOCK + rest.length)
  for (let at = 0; at < BLOCK; at++) bytes[at] = (key[at] ?? 0) ^ pad
  bytes.set(rest, BLOCK)
  return bytes
}

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
