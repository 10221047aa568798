import { join } from 'node:path'
import type { RunComparison } from '../app/compare/run-comparison.ts'
import type { Project } from '../compose.ts'
import { Problem } from '../core/problem.ts'
import { renderComparison } from '../render/compare/comparison-text.ts'
import { toComparisonDocument } from '../render/json/comparison-document.ts'

/**
 * Keeps a comparison as JSON and markdown in `results/comparisons/`; the same question replaces its earlier answer. An
 * answer that cannot be kept is still an answer: then it is said and nothing fails.
 */
export const keepComparison = async (
  project: Project,
  comparison: RunComparison,
  tell: (text: string) => void,
): Promise<void> => {
  try {
    const folder = join(await project.resultsDir(), 'comparisons')
    const files = await project.files()
    files.makeDir(folder)
    const name = join(folder, nameOf(comparison))
    files.writeAtomically(`${name}.json`, `${JSON.stringify(toComparisonDocument(comparison), null, 2)}\n`)
    files.writeAtomically(`${name}.md`, `${renderComparison(comparison, { format: 'markdown', all: true })}\n`)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tell(`Warning: the comparison is not kept in the results folder: ${error.message}`)
  }
}

/** `<run>-with-<baseline>`; what the baseline stood for matters only where it is not a whole run. */
const nameOf = ({ comparison, reference }: RunComparison): string => {
  const ids = `${comparison.candidate.at(-1) ?? ''}-with-${comparison.baseline.at(-1) ?? ''}`
  const part =
    reference.kind === 'pipeline' || reference.kind === 'project' ? `-${reference.kind}-${reference.name}` : ''
  return `${ids}${part}`.replaceAll(/[^\w.-]+/g, '_').slice(0, 150)
}
