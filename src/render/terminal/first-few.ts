const SHOWN = 8

/** The first names of a list and how many more there are, so that one row cannot fill the screen. */
export const firstFew = (names: readonly string[]): string =>
  names.length <= SHOWN ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} … ${names.length - SHOWN} more`
