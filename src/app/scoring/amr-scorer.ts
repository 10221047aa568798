import type { AmrCall } from '../../core/amr/call.ts'
import { callsBySample } from '../../core/amr/calls-by-sample.ts'
import { createCallCondenser } from '../../core/amr/condense-calls.ts'
import { explainAmr } from '../../core/amr/explain.ts'
import { scoreAmr } from '../../core/amr/score-amr.ts'
import type { AmrExplanation } from '../../core/amr/scoring.ts'
import type { AmrTruth } from '../../core/amr/truth.ts'
import type { Observations } from '../../core/observations.ts'
import type { OutputReader } from '../ports.ts'
import { createScorer } from './benchmark-scorer.ts'
import { wrongKind } from './wrong-kind.ts'

/** A truth, and the way to what its names are looked up in. */
interface NamedTruth extends AmrTruth {
  readonly vocabulary: OutputReader['vocabulary']
}

/** Resistance genes: the hits of a sample, from however many reports. */
export const amrScorer = createScorer<NamedTruth, readonly AmrCall[]>({
  benchmarkType: 'amr-detection',
  readTruth: async (reader, file) => ({
    ...(await reader.amrTruth(file)),
    vocabulary: (reference) => reader.vocabulary(reference),
  }),
  truthWarnings: () => [],
  condenser: (truth, options) => createCallCondenser(options, truth),
  whole: (output) => callsOf(output),
  sort: (output, samples) => callsBySample(callsOf(output), samples),
  join: (left, right) => [...left, ...right],
  nothing: [],
  score: (truth, predictions, samples, options) => {
    const vocabulary = options.vocabulary === undefined ? null : truth.vocabulary(options.vocabulary)
    const input = { truth, predictions, samples, options, vocabulary }
    const { scores, matches, comparability, universeKey, warnings } = scoreAmr(input)
    const explain = (): readonly AmrExplanation[] => explainAmr(input, matches)
    return { scores, matches, explain, comparability, universe: universeKey, warnings }
  },
})

const callsOf = (output: Observations): readonly AmrCall[] => {
  if (output.kind === 'amr') return output.calls
  throw wrongKind(output, 'amr-detection', 'the hits of an AMR tool')
}
