/** What an execution read besides its samples: name of the database -> digest of its content; null = could not be taken. */
export type DatabaseDigests = Readonly<Record<string, string | null>>

/** Digests are recognised by their beginning. */
export const shortDigests = (text: string): string =>
  text.replaceAll(/\b[0-9a-f]{32,}\b/g, (digest) => digest.slice(0, SHORT))

const SHORT = 12
