/** Names of what this program leaves on disk, so that nothing else is ever taken for it. */

import { RUN_ID_PATTERN } from '../run-id.ts'

const SET_ASIDE = '.pruned-'

/** What a folder is called from the moment it is being removed: nobody finds it under its own name any more. */
export const setAsideName = (name: string): string => `${SET_ASIDE}${name}`

/** What such a folder was called before. */
export const ownName = (name: string): string => (name.startsWith(SET_ASIDE) ? name.slice(SET_ASIDE.length) : name)

/** A file that was being written by a process that is gone: `.metadata.json.4711.0.tmp`. */
export const isTemporary = (name: string): boolean => /^\..+\.\d+\.\d+\.tmp$/.test(name)

/** A folder of cached content: the first two digits of its digests. */
export const isContentFolder = (name: string): boolean => /^[0-9a-f]{2}$/.test(name)

/** Content by its digest, or a part of it that a fetch left, with what is noted of it. */
export const isContent = (folder: string, name: string): boolean =>
  name.startsWith(folder) && /^[0-9a-f]{64}(?:\.[0-9a-f]{8}-\d+-\d+\.part(?:\.json)?)?$/.test(name)

/** Whether content is all there, and no part that is still being fetched or was left. */
export const isWhole = (name: string): boolean => /^[0-9a-f]{64}$/.test(name)

/** The run whose outputs a path is among, by its look; null for any other path. */
export const runOfOutputs = (path: string): string | null => {
  const folder = /([^/]+)\/outputs\//.exec(path)?.[1] ?? ''
  return RUN_ID_PATTERN.test(folder) ? folder : null
}
