import type { OutputTree } from '../../core/output-tree/output-tree.ts'
import type { Parameters, Pipeline } from '../../core/pipeline.ts'
import { Problem } from '../../core/problem.ts'
import type { Aligner, Files, OutputReader } from '../ports.ts'
import { readOutputTree } from '../output-tree/read-output-tree.ts'
import { scoreExecution } from '../score-execution.ts'
import { scoreTreePart } from '../output-tree/score-tree-part.ts'
import type { ExecutionScores, ScoringContext } from '../scoring-context.ts'

/** One thing of a folder that was scored on its own; it becomes an execution. */
export interface ImportedPart {
  readonly params: Parameters
  readonly sample: string | null
  readonly processes: readonly string[] | null
  readonly scored: ExecutionScores
  readonly notRun: string | null
  /** Relative to the folder. */
  readonly filesRead: readonly string[]
}

interface Parts {
  readonly parts: readonly ImportedPart[]
  readonly warnings: readonly string[]
}

interface Deps {
  readonly files: Files
  readonly reader: OutputReader
  readonly aligner: Aligner
}

/** Scores every part of an output tree. Throws `E_INPUT` when nothing in the folder is named by its rules. */
export const scoreOutputTree = async (
  deps: Deps,
  context: ScoringContext,
  { tree, dir }: { readonly tree: OutputTree; readonly dir: string },
): Promise<Parts> => {
  const reading = await readOutputTree(deps, tree, { dir, samples: context.samples })
  if (reading.parts.every(({ notRun }) => notRun !== null))
    throw new Problem('E_INPUT', `${dir} does not look like the output folder of ${tree.id}.`, {
      location: { file: dir },
      hints: [
        ...reading.warnings.slice(0, 5),
        `Looked for ${tree.patterns.slice(0, 3).join(', ')}, for the samples ${context.samples.slice(0, 5).join(', ')}.`,
        'Name the folder that was given to the pipeline as --outdir.',
      ],
    })
  const parts: ImportedPart[] = []
  const said = new Set<string>()
  for (const part of reading.parts) {
    const { filesRead, warnings, ...scored } = await scoreTreePart(deps, context, { part, dir })
    // Tools joined are read from the files of the tools: what there is to say of those has been said.
    const fresh = warnings.filter((warning) => !said.has(warning))
    for (const warning of fresh) said.add(warning)
    const { params, processes, notRun } = part
    parts.push({ params, sample: null, processes, scored: { ...scored, warnings: fresh }, notRun, filesRead })
  }
  return { parts, warnings: reading.warnings }
}

/**
 * Scores the outputs a pipeline declares, as if it had just written them into the folder: for each sample those in its
 * own folder `<dir>/<sample>`, or in `<dir>` itself where the path names the sample or there is only one.
 */
export const scoreOutputFiles = async (
  deps: Deps,
  context: ScoringContext,
  { pipeline, dir }: { readonly pipeline: Pipeline; readonly dir: string },
): Promise<Parts> => {
  if (pipeline.outputs.length === 0)
    throw new Problem('E_CONFIG', `The pipeline ${pipeline.name} declares no outputs to read.`, {
      hints: ['Name them: --prediction PATH --format ID.'],
    })
  const targets = pipeline.scope === 'dataset' ? [null] : context.samples
  const parts: ImportedPart[] = []
  for (const sample of targets) {
    const outdir = folderOf(deps.files, pipeline, dir, sample, context.samples.length)
    const prefix = outdir === dir ? '' : `${outdir.slice(dir.length + 1)}/`
    const samples = sample === null ? context.samples : [sample]
    const filesRead = pipeline.outputs
      .flatMap(({ path }) => samples.flatMap((one) => deps.files.glob(outdir, path.replaceAll('{sample}', one))))
      .map((path) => prefix + path.slice(outdir.length + 1))
    const scored = await scoreExecution(deps, context, { pipeline, sample, outdir })
    parts.push({ params: {}, sample, processes: null, scored, notRun: null, filesRead: [...new Set(filesRead)] })
  }
  if (parts.every(({ filesRead }) => filesRead.length === 0))
    throw new Problem('E_NOT_FOUND', `${dir} holds no outputs of ${pipeline.name}.`, {
      hints: [
        `Looked for ${pipeline.outputs.map(({ path }) => path).join(', ')}${pipeline.scope === 'sample' ? ', also in a folder for each sample' : ''}.`,
        'Other places: --prediction PATH, with {sample} for each sample.',
      ],
    })
  return { parts, warnings: [] }
}

const folderOf = (files: Files, { outputs }: Pipeline, dir: string, sample: string | null, samples: number): string => {
  if (
    sample === null ||
    outputs.some(
      ({ path }) => path.includes('{sample}') && files.glob(dir, path.replaceAll('{sample}', sample)).length > 0,
    )
  )
    return dir
  // A sample may be called anything, in a truth; only a plain name is a folder's.
  const own = `${dir}/${sample}`
  if (/[/\\]|^\.\.?$/.test(sample)) return dir
  return files.exists(own) || samples > 1 ? own : dir
}
