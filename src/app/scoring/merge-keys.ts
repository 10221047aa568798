/**
 * Comparability keys of several predictions as one. Where they differ (one tool counts reads, another genome copies) the
 * value names all of them.
 */
export const mergeKeys = (
  left: Readonly<Record<string, string>>,
  right: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const merged = { ...left }
  for (const [key, value] of Object.entries(right)) {
    const before = merged[key]
    merged[key] =
      before === undefined ? value : [...new Set([...before.split(SEPARATOR), value])].sort().join(SEPARATOR)
  }
  return merged
}

const SEPARATOR = ' and '
