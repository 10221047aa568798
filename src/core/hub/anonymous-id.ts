const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const CHARACTERS = 26

/** A random name for an anonymised run, 130 bits. `randomBytes` yields uniform bytes. */
export const newAnonymousId = (randomBytes: (count: number) => Uint8Array): string =>
  Array.from(randomBytes(CHARACTERS), (byte) => ALPHABET[byte & 31]).join('')
