import { isAbsolute, resolve } from 'node:path'

/** URL of a hub as it was written; a relative folder starts at `folder`. */
export const hubAddress = (given: string, folder: string): string =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(given) || /^[^/\s]+@[^/\s]+:/.test(given) || isAbsolute(given)
    ? given
    : resolve(folder, given)
