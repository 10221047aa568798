const LONGEST = 60
// Names Windows keeps for devices, with any ending.
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/

/**
 * A name as a file name: `[a-z0-9-]`, at most 60 characters, and six hexadecimal digits of the name's hash wherever it
 * had to be altered, so that two names never share one.
 */
export const slug = (name: string, sha256: (text: string) => string): string => {
  const kept = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const isKept = kept === name && kept.length <= LONGEST && kept !== '' && !DEVICES.test(kept) && !kept.includes('--')
  if (isKept && !HASHED.test(kept)) return kept
  const short = kept.slice(0, LONGEST - 7).replace(/-+$/, '')
  return `${short === '' ? 'x' : short}-${sha256(name).slice(0, 6)}`
}

// An unaltered name must not look like the slug of an altered one.
const HASHED = /-[0-9a-f]{6}$/
