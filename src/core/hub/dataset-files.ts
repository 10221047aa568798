/** Files of a dataset that somebody else describes: names that stay inside its folder, and where to look for them. */

const PART_MAX = 255
const PATH_MAX = 512
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
// Our own files in the folder of a dataset.
const RESERVED = new Set(['dataset.yaml'])

/** Why this cannot be the path of a file inside a dataset folder, or null when it can. */
export const datasetPathFault = (path: string): string | null => {
  if (path === '' || path.length > PATH_MAX) return 'is empty or too long'
  // eslint-disable-next-line no-control-regex -- finding control characters is the point
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]/.test(path)) return 'has characters that no file name needs'
  if (path.includes('\\')) return 'has a backslash'
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute'
  const parts = path.split('/')
  if (parts.includes('..')) return 'leads out of the dataset folder'
  if (parts.some((part) => part === '' || part === '.')) return 'has an empty part'
  if (parts.some((part) => part.length > PART_MAX)) return 'has a part that is too long'
  // Among them those that other programs act upon when somebody is in the folder: .git, .envrc, …
  if (parts.some((part) => part.startsWith('.') || /^git~\d+$/i.test(part))) return 'has a part that is hidden'
  if (parts.some((part) => /[:*?"<>|]|[ .]$/.test(part) || DEVICE.test(part)))
    return 'has a part that not every system can hold'
  return RESERVED.has(path.toLowerCase()) ? 'has a name that is used for something else' : null
}

/** What is wrong with the paths of a dataset, one sentence each; empty when they can stand beside each other. */
export const datasetPathFaults = (paths: readonly string[]): readonly string[] => {
  const folded = new Map<string, string>()
  const faults = paths.flatMap((path) => {
    const fault = datasetPathFault(path)
    if (fault !== null) return [`The path ${JSON.stringify(path)} ${fault}.`]
    // Names that differ in case or composition only are one file on some file systems.
    const key = path.normalize('NFC').toLowerCase()
    const other = folded.get(key)
    folded.set(key, path)
    return other === undefined ? [] : [`${JSON.stringify(other)} and ${JSON.stringify(path)} could be the same file.`]
  })
  for (const [key, path] of folded)
    for (let cut = key.indexOf('/'); cut !== -1; cut = key.indexOf('/', cut + 1))
      if (folded.has(key.slice(0, cut))) faults.push(`${JSON.stringify(path)} stands in what is a file itself.`)
  return faults
}

const isUrl = (source: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(source)

/** A path below a base (`https://…`, `s3://…`, `file:…` or a folder); names are escaped where the base is a URL. */
export const below = (base: string, path: string): string => {
  const trimmed = base.replace(/\/+$/, '')
  if (/^s3:/i.test(base) || !isUrl(base)) return `${trimmed}/${path}`
  return `${trimmed}/${path.split('/').map(encodeURIComponent).join('/')}`
}

/**
 * Everything to try for a file, best first: below each base under its name in the dataset and under its relative
 * sources, then the sources it names itself. What leads out of a base is left out.
 */
export const sourcesOf = (
  file: { readonly path: string; readonly sources: readonly string[] },
  bases: readonly string[],
  /** Where relative sources start when no base is given: the folder of the document; null when it has none. */
  home: string | null,
): readonly string[] => {
  const relative = file.sources.filter((source) => !isUrl(source) && datasetPathFault(source) === null)
  const own = file.sources.filter(isUrl)
  const given = bases.flatMap((base) => [file.path, ...relative].map((path) => below(base, path)))
  const beside = home === null ? [] : [...relative, file.path].map((path) => below(home, path))
  return [...new Set([...given, ...own, ...beside])]
}
