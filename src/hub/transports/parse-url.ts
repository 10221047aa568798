/** A URL, or null for text that is none. */
export const parseUrl = (text: string, base?: URL): URL | null => {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}
