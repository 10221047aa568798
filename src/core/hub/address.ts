/** What kind of address a text is by its look alone. A folder is everything that is neither. */

/** `https://…`, `ssh://…`, `file://…`, and also what no hub can be behind, such as `ext::…`. */
export const hasScheme = (text: string): boolean => /^[a-z][a-z0-9+.-]*:(?:\/\/|:)/i.test(text)

/** `user@host:path` or `host:path`, as ssh and git write it. */
export const isScpLike = (text: string): boolean =>
  /^(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?!\/\/|:)[^\s]+$/.test(text) && !text.includes(':-')
