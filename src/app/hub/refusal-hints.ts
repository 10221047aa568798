/** What to do about a hub that refuses a change, from what it says. */
const KNOWN: readonly (readonly [words: RegExp, hints: readonly string[]])[] = [
  [
    /no space left on device|disk quota exceeded/i,
    ['Where the hub is kept there is no space left: whoever keeps it must free some, then try again.'],
  ],
  [
    /read-only file system|permission denied|insufficient permission|unable to create temporary object directory/i,
    ['You may not write to the folder the hub is in: whoever keeps it can give you the right.'],
  ],
]

/** Hints for a refusal; `otherwise` when its words are not known. */
export const refusalHints = (message: string | null, otherwise: readonly string[]): readonly string[] =>
  KNOWN.find(([words]) => message !== null && words.test(message))?.[1] ?? otherwise
