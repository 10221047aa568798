// Crockford's letters: nothing that reads like another character when typed from a screen.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const RANDOM_CHARACTERS = 6

/** What every run id looks like: UTC start to the second, then six characters that tell runs of one second apart. */
export const RUN_ID_PATTERN = /^\d{8}t\d{6}z-[0-9a-hjkmnp-tv-z]{6}$/

/** A new run id such as `20261123t101502z-k3f9x2`; sorts by start time. `randomBytes` yields uniform bytes. */
export const newRunId = (startedAt: Date, randomBytes: (count: number) => Uint8Array): string => {
  const stamp = startedAt.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').toLowerCase()
  // 256 is a multiple of 32, so taking the low five bits keeps the characters uniform.
  const tail = Array.from(randomBytes(RANDOM_CHARACTERS), (byte) => ALPHABET[byte & 31]).join('')
  return `${stamp}z-${tail}`
}
