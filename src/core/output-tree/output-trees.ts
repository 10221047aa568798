import { funcscan } from './funcscan.ts'
import { mag } from './mag.ts'
import type { OutputTree } from './output-tree.ts'

/** Every output tree whose names are understood. A new one is a file and a line here. */
const OUTPUT_TREES: readonly OutputTree[] = [funcscan, mag]

/** The tree of that id (`output_tree:` of a pipeline), or null. */
export const findOutputTree = (id: string | null | undefined): OutputTree | null =>
  OUTPUT_TREES.find((tree) => tree.id === id) ?? null
