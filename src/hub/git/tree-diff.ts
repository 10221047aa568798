import type { Oid, TreeChange } from '../../app/hub/git-ports.ts'
import { Problem } from '../../core/problem.ts'
import { FOLDER_MODE, type TreeEntry } from './object.ts'
import type { Trees } from './trees.ts'

/** Deeper than any layout; a tree that is nested further is not opened but shown as what it is. */
const MAX_DEPTH = 16
/** A few small trees that name each other many times unfold to more paths than there is memory or time for. */
const MAX_CHANGES = 5_000_000

/**
 * Files that differ, in path order. Equal oids are not opened. A folder nested deeper than 16 levels comes as one change
 * with mode `040000`, so that it is seen and refused.
 */
export async function* diffTrees(trees: Trees, before: Oid | null, after: Oid): AsyncGenerator<TreeChange> {
  let changes = 0
  for await (const change of differing(trees, before, after, '', 0)) {
    if (++changes > MAX_CHANGES) throw new Problem('E_HUB', `The hub has more than ${MAX_CHANGES} changed files.`)
    yield change
  }
}

async function* differing(
  trees: Pick<Trees, 'tree'>,
  before: Oid | null,
  after: Oid | null,
  prefix: string,
  depth: number,
): AsyncGenerator<TreeChange> {
  if (before === after) return
  const left = before === null ? [] : await trees.tree(before)
  const right = after === null ? [] : await trees.tree(after)
  for (let l = 0, r = 0; l < left.length || r < right.length;) {
    const was = left[l]
    const is = right[r]
    const order = was === undefined ? 1 : is === undefined ? -1 : was.key < is.key ? -1 : was.key > is.key ? 1 : 0
    if (order <= 0) l++
    if (order >= 0) r++
    yield* entryDiffers(trees, order <= 0 ? was : undefined, order >= 0 ? is : undefined, prefix, depth)
  }
}

async function* entryDiffers(
  trees: Pick<Trees, 'tree'>,
  was: TreeEntry | undefined,
  is: TreeEntry | undefined,
  prefix: string,
  depth: number,
): AsyncGenerator<TreeChange> {
  const one = is ?? was
  if (one === undefined || (was?.oid === is?.oid && was?.mode === is?.mode)) return
  const path = prefix + one.name
  // Entries with the same key are both folders or both not.
  if (one.mode === FOLDER_MODE && depth < MAX_DEPTH)
    yield* differing(trees, was?.oid ?? null, is?.oid ?? null, `${path}/`, depth + 1)
  else yield { path, before: side(was), after: side(is) }
}

const side = (entry: TreeEntry | undefined): TreeChange['before'] =>
  entry === undefined ? null : { oid: entry.oid, mode: entry.mode }
