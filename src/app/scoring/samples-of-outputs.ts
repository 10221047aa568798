import type { OutputSpec } from '../../core/pipeline.ts'
import { Problem } from '../../core/problem.ts'
import type { ScoringOptions } from '../../core/scoring-options.ts'
import type { OutputReader } from '../ports.ts'
import type { OpenTruth } from './benchmark-scorer.ts'

interface Asked {
  readonly truth: string | null
  readonly predictions: readonly (Pick<OutputSpec, 'format' | 'columns'> & { readonly file: string })[]
  readonly samples: readonly string[]
  readonly options: ScoringOptions
}

/** Called so when the files have names of their own each. */
const UNNAMED = 'assembly'

/**
 * The samples where no truth lists them: those asked for; else those that outputs on several samples name; else one,
 * called like the reference or like the outputs' file. `reader` should remember what it read: it is asked again later.
 */
export const samplesOfOutputs = async (
  reader: OutputReader,
  truth: OpenTruth,
  { truth: truthFile, predictions, samples, options }: Asked,
): Promise<readonly string[]> => {
  if (samples.length > 0) return samples
  if (predictions.some(({ file }) => file.includes('{sample}')))
    throw new Problem('E_USAGE', 'Nothing says which samples {sample} stands for.', {
      hints: ['Pass --sample for each, or --truth with a table of samples.'],
    })
  const named = new Set<string>()
  for (const { file, ...spec } of predictions) {
    const output = await reader.read(file, spec).catch(unlessProblem)
    if (output?.namesSamples !== true) continue
    for (const name of truth.collect([], options).sort(output, []).strangers.keys()) named.add(name)
  }
  if (named.size > 0) return [...named]
  const stems = new Set((truthFile === null ? predictions.map(({ file }) => file) : [truthFile]).map(stemOf))
  const [only = UNNAMED, ...others] = stems
  return [others.length === 0 ? only : UNNAMED]
}

/** Reads every file once, however often it is asked for. */
export const remembering = (reader: OutputReader): OutputReader => {
  const known = new Map<string, ReturnType<OutputReader['read']>>()
  return {
    ...reader,
    read: (file, spec, condenser) => {
      const key = JSON.stringify([file, spec.format, spec.columns])
      const output = known.get(key) ?? reader.read(file, spec, condenser)
      known.set(key, output)
      return output
    },
  }
}

// Whoever reads the file to score it will say what is wrong with it.
const unlessProblem = (error: unknown): null => {
  if (error instanceof Problem) return null
  throw error
}

const stemOf = (file: string): string => {
  const name = file.split(/[\\/]/).at(-1) ?? ''
  return name.replace(/\.gz$/, '').replace(/\.[^.]+$/, '') || UNNAMED
}
