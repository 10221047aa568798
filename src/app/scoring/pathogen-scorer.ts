import type { Observations, ProfileObservations } from '../../core/observations.ts'
import { scorePathogens } from '../../core/pathogen/score-pathogens.ts'
import { DEFAULT_PATHOGEN_SCORING, type PathogenScoringOptions } from '../../core/pathogen/scoring-options.ts'
import { truthWarnings } from '../../core/pathogen/truth-warnings.ts'
import type { PathogenTruth } from '../../core/pathogen/truth.ts'
import { Problem } from '../../core/problem.ts'
import type { SampleProfile } from '../../core/profile/profile.ts'
import type { ScoringOptions } from '../../core/scoring-options.ts'
import { createScorer } from './benchmark-scorer.ts'
import { wrongKind } from './wrong-kind.ts'

/** What is reported of one sample; tools that report each rank on its own write several files. */
interface Reported {
  readonly profiles: readonly SampleProfile[]
  readonly files: readonly string[]
}

/** Pathogens, called from taxonomic profiles. */
export const pathogenScorer = createScorer<PathogenTruth, Reported>({
  benchmarkType: 'pathogen-detection',
  readTruth: (reader, file) => reader.pathogenTruth(file),
  truthWarnings: (truth, samples, options) => truthWarnings(truth, samples, optionsOf(options)),
  whole: (output) => {
    const { profiles, file } = profilesOf(output)
    const [, second] = profiles
    if (second !== undefined)
      throw new Problem('E_INPUT', `${file} holds ${profiles.length} profiles; one was expected.`, {
        location: { file, line: second.line },
      })
    return { profiles, files: [file] }
  },
  sort: (output, samples) => {
    const { profiles, file } = profilesOf(output)
    const known = new Set(samples)
    const bySample = new Map<string, Reported>()
    const strangers = new Map<string, number>()
    let unnamedLine: number | null = null
    for (const profile of profiles)
      if (profile.sample === null) unnamedLine ??= profile.line
      else if (known.has(profile.sample)) bySample.set(profile.sample, { profiles: [profile], files: [file] })
      else strangers.set(profile.sample, profile.line)
    return { bySample, strangers, unnamedLine }
  },
  join: (left, right, sample) => {
    const ranks = new Set(left.profiles.flatMap(({ taxa }) => taxa.map(({ rank }) => rank)))
    const twice = right.profiles.flatMap(({ taxa }) => taxa).find(({ rank }) => ranks.has(rank))
    if (twice !== undefined)
      throw new Problem(
        'E_INPUT',
        `${[...left.files, ...right.files].join(' and ')} both say what is in ${sample} at rank ${twice.rank}.`,
        { hints: ['Files of one prediction may complete each other rank by rank; give others a label of their own.'] },
      )
    return { profiles: [...left.profiles, ...right.profiles], files: [...left.files, ...right.files] }
  },
  nothing: { profiles: [], files: [] },
  score: (truth, reported, samples, options) =>
    scorePathogens({
      truth,
      predictions: new Map([...reported].map(([sample, one]) => [sample, one?.profiles ?? null])),
      samples,
      options: optionsOf(options),
    }),
})

const optionsOf = (options: ScoringOptions): PathogenScoringOptions => options.pathogen ?? DEFAULT_PATHOGEN_SCORING

const profilesOf = (output: Observations): ProfileObservations => {
  if (output.kind === 'profile') return output
  throw wrongKind(output, 'pathogen-detection', 'a taxonomic profile')
}
