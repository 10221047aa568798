import { isAbsolute, resolve } from 'node:path'
import { hasScheme, isScpLike } from '../core/hub/address.ts'

/** URL of a hub as it was written; a relative folder starts at `folder`. */
export const hubAddress = (given: string, folder: string): string =>
  hasScheme(given) || isScpLike(given) || isAbsolute(given) ? given : resolve(folder, given)
