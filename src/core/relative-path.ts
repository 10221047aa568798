/** The path of `path` as seen from inside `folder` (both absolute, `/` as separator); null when it is not inside. */
export const pathInside = (folder: string, path: string): string | null =>
  path === folder ? '.' : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null

/** How to get from one absolute folder to another: `../../data`. */
export const pathBetween = (from: string, to: string): string => {
  const [left, right] = [from.split('/'), to.split('/')]
  let common = 0
  while (common < left.length && common < right.length && left[common] === right[common]) common++
  const up = left.slice(common).map(() => '..')
  return [...up, ...right.slice(common)].join('/') || '.'
}

/** The folder of an absolute path. */
export const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')))

/** The last part of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
