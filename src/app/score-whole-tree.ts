import type { OutputTree } from '../core/output-tree/output-tree.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import type { Files, OutputReader } from './ports.ts'
import { readOutputTree } from './read-output-tree.ts'
import { scoreTreePart } from './score-tree-part.ts'
import type { ExecutionScores, ScoringContext } from './scoring-context.ts'

const NOTHING = { scores: [], comparability: {}, universe: null }

/**
 * Scores what a pipeline with an output tree reports as a whole, which is what one execution of it stands for. Its parts
 * (single tools) are told apart by importing the folder.
 */
export const scoreWholeTree = async (
  deps: { readonly files: Files; readonly reader: OutputReader },
  context: ScoringContext,
  tree: OutputTree,
  dir: string,
): Promise<ExecutionScores> => {
  const { parts, warnings } = await readOutputTree(deps, tree, { dir, samples: context.samples })
  const part = parts.find(({ params }) => canonicalJson(params) === canonicalJson(tree.whole))
  if (part === undefined) {
    const why = parts.flatMap(({ notRun }) => notRun ?? [])[0] ?? `nothing in there is named by the rules of ${tree.id}`
    return { ...NOTHING, failure: `output_missing: ${why}`, warnings }
  }
  const { scores, comparability, universe, failure, ...scored } = await scoreTreePart(deps, context, { part, dir })
  return { scores, comparability, universe, failure, warnings: [...warnings, ...scored.warnings] }
}
