import type { Observations } from '../core/observations.ts'
import { Problem } from '../core/problem.ts'
import { readOutput } from './index.ts'

/**
 * Reads a truth written in the format of an output. What the reading of an output advises, another `--format`, does not
 * hold here: a truth has one format, `needed` in a few words. Same faults otherwise.
 */
export const readTruthOutput = async (file: string, format: string, needed: string): Promise<Observations> => {
  try {
    return await readOutput(file, { format })
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'E_INPUT' || error.findings.length === 0) throw error
    const { code, message, findings } = error
    throw new Problem(code, message, {
      findings,
      cause: error,
      hints: [`The truth must be ${needed}; what a tool reports is given with --prediction.`],
    })
  }
}
