import type { OutputTree, TreeReading } from '../../core/output-tree/output-tree.ts'
import { Problem } from '../../core/problem.ts'
import type { Files, OutputReader } from '../ports.ts'

/** Lists a folder by the rules of an output tree and says what of it can be scored on its own. */
export const readOutputTree = async (
  deps: { readonly files: Files; readonly reader: OutputReader },
  tree: OutputTree,
  target: { readonly dir: string; readonly samples: readonly string[] },
): Promise<TreeReading> => {
  const { dir, samples } = target
  const paths = new Set(
    tree.patterns.flatMap((pattern) => deps.files.glob(dir, pattern)).map((path) => path.slice(dir.length + 1)),
  )
  const warnings: string[] = []
  const toolsWithRows = new Set<string>()
  const shared = tree.sharedReport(paths)
  if (shared !== null)
    try {
      const output = await deps.reader.read(`${dir}/${shared.path}`, shared)
      if (output.kind === 'amr') for (const { tool } of output.calls) toolsWithRows.add(tool?.toLowerCase() ?? '')
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // The reports of the tools may still be whole; whoever needs this one will refuse it.
      warnings.push(`the report of all tools cannot be read: ${error.message}`)
    }
  const reading = tree.read({ paths, samples, toolsWithRows })
  return { parts: reading.parts, warnings: [...warnings, ...reading.warnings] }
}
