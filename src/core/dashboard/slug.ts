const LONGEST = 60
const DIGITS = 6
const MORE_DIGITS = 20
// Names Windows keeps for devices, with any ending.
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/

/**
 * A name as a file name: `[a-z0-9-]`, at most 60 characters, and six hexadecimal digits of the name's hash wherever it
 * had to be altered, so that two names never share one.
 */
export const slug = (name: string, sha256: (text: string) => string, digits = DIGITS): string => {
  const kept = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const isKept = kept === name && kept.length <= LONGEST && kept !== '' && !DEVICES.test(kept) && !kept.includes('--')
  if (isKept && !HASHED.test(kept)) return kept
  const short = kept.slice(0, LONGEST - digits - 1).replace(/-+$/, '')
  return `${short === '' ? 'x' : short}-${sha256(name).slice(0, digits)}`
}

/** Slugs of names that stand beside each other. Six digits can be met on purpose; those that do so get twenty. */
export const slugsOf = (names: Iterable<string>, sha256: (text: string) => string): ReadonlyMap<string, string> => {
  const owners = new Map<string, string[]>()
  for (const name of new Set(names)) {
    const short = slug(name, sha256)
    owners.set(short, [...(owners.get(short) ?? []), name])
  }
  return new Map(
    [...owners].flatMap(([short, own]): [string, string][] =>
      own.length === 1 ? own.map((name) => [name, short]) : own.map((name) => [name, slug(name, sha256, MORE_DIGITS)]),
    ),
  )
}

// An unaltered name must not look like the slug of an altered one.
const HASHED = /-(?:[0-9a-f]{6}|[0-9a-f]{20})$/
