import { hash } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const CHARACTERS = 26

/** Id of a raw public key (base64url): the first 130 bits of its SHA-256 in lower-case base32. */
export const keyIdOf = (publicKey: string): string => {
  const digest = hash('sha256', Buffer.from(publicKey, 'base64url'), 'buffer')
  let id = ''
  let bits = 0
  let held = 0
  for (const byte of digest) {
    held = ((held << 8) | byte) & 0xfff
    for (bits += 8; bits >= 5 && id.length < CHARACTERS; bits -= 5) id += ALPHABET[(held >> (bits - 5)) & 31] ?? ''
    if (id.length === CHARACTERS) break
  }
  return id
}
