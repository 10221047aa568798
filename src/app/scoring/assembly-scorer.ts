import type { AssemblyTruth } from '../../core/assembly/assembly.ts'
import { type AssemblyEvidence, evidenceOf, joinEvidence, NO_EVIDENCE } from '../../core/assembly/evidence.ts'
import { NO_TRUTH, scoreAssemblies } from '../../core/assembly/score-assemblies.ts'
import { DEFAULT_ASSEMBLY_SCORING } from '../../core/assembly/scoring-options.ts'
import type { AssemblyObservations, Observations } from '../../core/observations.ts'
import { Problem } from '../../core/problem.ts'
import { createScorer } from './benchmark-scorer.ts'
import { wrongKind } from './wrong-kind.ts'

/** Assemblies: contigs, and what QUAST and estimators of bins report of them, from however many files. */
export const assemblyScorer = createScorer<AssemblyTruth, AssemblyEvidence>({
  benchmarkType: 'assembly-quality',
  readTruth: (reader, file) => reader.assemblyTruth(file),
  noTruth: NO_TRUTH,
  truthWarnings: () => [],
  whole: (output) => {
    const { facts, file } = factsOf(output)
    const [, second] = facts
    if (second !== undefined)
      throw new Problem('E_INPUT', `${file} reports on ${String(facts.length)} assemblies; one was expected.`, {
        location: { file, line: second.line },
      })
    return facts[0] === undefined ? NO_EVIDENCE : evidenceOf(facts[0], file)
  },
  sort: (output, samples) => {
    const { facts, file } = factsOf(output)
    const known = new Set(samples)
    const bySample = new Map<string, AssemblyEvidence>()
    const strangers = new Map<string, number>()
    let unnamedLine: number | null = null
    for (const fact of facts)
      if (fact.sample === null) unnamedLine ??= fact.line
      else if (known.has(fact.sample)) bySample.set(fact.sample, evidenceOf(fact, file))
      else strangers.set(fact.sample, fact.line)
    return { bySample, strangers, unnamedLine }
  },
  join: joinEvidence,
  nothing: NO_EVIDENCE,
  score: (truth, predictions, samples, { assembly: options = DEFAULT_ASSEMBLY_SCORING }) => ({
    ...scoreAssemblies({ truth, predictions, samples, options }),
    matches: [],
    universe: null,
  }),
})

const factsOf = (output: Observations): AssemblyObservations => {
  if (output.kind === 'assembly') return output
  throw wrongKind(output, 'assembly-quality', 'contigs, a QUAST report or estimates of bins')
}
