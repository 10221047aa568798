import { findBenchmarkType } from '../../core/benchmark-types.ts'
import { Problem } from '../../core/problem.ts'
import type { ProjectConfig } from '../../core/project-config.ts'
import { DEFAULT_AMR_SCORING } from '../../core/scoring-options.ts'
import type { ImportDeps, ImportRequest } from './import-request.ts'
import { knownBenchmarkType } from '../known-benchmark-type.ts'
import type { Files } from '../ports.ts'
import type { ScoringContext } from '../scoring-context.ts'
import { scorerOf } from '../scoring/scorers.ts'

/** Throws when there is no folder, or nothing in it. */
export const requireFolder = (files: Files, dir: string): void => {
  if (!files.exists(dir)) throw new Problem('E_NOT_FOUND', `There is no folder ${dir}.`, { hints: ['Check the path.'] })
  if (files.glob(dir, '*').length === 0)
    throw new Problem('E_INPUT', `The folder ${dir} is empty, or no folder.`, {
      hints: ['Name the output folder of the pipeline (--outdir of an nf-core pipeline).'],
    })
}

/** The type asked for, else that of the project where the outputs can be scored as it, else what they are for. */
export const chooseType = (asked: string | undefined, ofProject: string, possible: readonly string[]): string => {
  if (asked !== undefined) return knownBenchmarkType(asked)
  return possible.includes(ofProject) ? ofProject : (possible[0] ?? ofProject)
}

interface ImportContext extends ScoringContext {
  readonly warnings: readonly string[]
}

/** Opens the truth and says whom the outputs should be about. */
export const openContext = async (
  deps: ImportDeps,
  config: ProjectConfig,
  request: ImportRequest,
  benchmarkType: string,
): Promise<ImportContext> => {
  const { truth: file, input } = request
  if (file === undefined && input === undefined)
    throw new Problem('E_USAGE', 'It is not known which samples there should be.', {
      hints: [
        'Pass --truth with what is really in the samples; their list is taken from it.',
        'Or --input with the sample sheet of the pipeline, to import what it cost and what can be said without a truth.',
      ],
    })
  if (file !== undefined && !deps.files.exists(file))
    throw new Problem('E_NOT_FOUND', `The truth ${file} does not exist.`, { hints: ['Check --truth.'] })
  const scorer = scorerOf(benchmarkType)
  const truth = file === undefined || scorer === null ? null : await scorer.openTruth(deps.reader, file)
  const listed = input === undefined ? null : deps.config.sampleIds(input)
  const samples = listed ?? truth?.samples ?? null
  if (samples === null)
    throw new Problem('E_USAGE', `Truths of the type ${benchmarkType} cannot be read: the samples are not known.`, {
      hints: ['Pass --input with the sample sheet of the pipeline.'],
    })
  const vocabulary = benchmarkType === 'amr-detection' ? deps.vocabulary() : undefined
  const scoring = {
    ...DEFAULT_AMR_SCORING,
    ...config.scoring,
    ...request.scoring,
    ...(vocabulary === undefined ? {} : { vocabulary }),
  }
  const warnings = [
    ...(truth?.warnings(samples, scoring) ?? []),
    ...(file === undefined ? ['No truth was given: accuracy is not known.'] : []),
    ...(scorer === null
      ? [
          `Outputs of the type ${findBenchmarkType(benchmarkType)?.title ?? benchmarkType} are not scored by this version.`,
        ]
      : []),
  ]
  return { benchmarkType, scoring, samples, truth, warnings }
}
