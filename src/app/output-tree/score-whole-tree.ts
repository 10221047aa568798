import type { OutputTree } from '../../core/output-tree/output-tree.ts'
import type { Aligner, Files, OutputReader } from '../ports.ts'
import { readOutputTree } from './read-output-tree.ts'
import { scoreTreePart } from './score-tree-part.ts'
import type { ExecutionScores, ScoringContext } from '../scoring-context.ts'

const NOTHING = { scores: [], comparability: {}, universe: null }

/**
 * Scores what a pipeline with an output tree reports as a whole, which is what one execution of it stands for. Its parts
 * (single tools, assemblers) are told apart by importing the folder.
 */
export const scoreWholeTree = async (
  deps: { readonly files: Files; readonly reader: OutputReader; readonly aligner: Aligner },
  context: ScoringContext,
  tree: OutputTree,
  dir: string,
): Promise<ExecutionScores> => {
  const { parts, warnings } = await readOutputTree(deps, tree, { dir, samples: context.samples })
  if (parts.every(({ notRun }) => notRun !== null)) {
    const why = parts.flatMap(({ notRun }) => notRun ?? [])[0] ?? warnings[0]
    const nothing = `nothing in the output folder is named by the rules of ${tree.id} for these samples`
    return { ...NOTHING, failure: `output_missing: ${why ?? nothing}`, warnings }
  }
  const part = tree.whole(parts)
  if (part === null) {
    const several = parts.map(({ params }) => Object.values(params).join(' ')).filter((name) => name !== '')
    const hint = `no part of the outputs speaks for all (${several.join(', ')}): benchmark import scores each of them`
    return { ...NOTHING, failure: null, warnings: [...warnings, hint] }
  }
  const { scores, comparability, universe, failure, ...scored } = await scoreTreePart(deps, context, { part, dir })
  return { scores, comparability, universe, failure, warnings: [...warnings, ...scored.warnings] }
}
