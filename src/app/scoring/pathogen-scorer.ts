import { scorePathogens } from '../../core/pathogen/score-pathogens.ts'
import { DEFAULT_PATHOGEN_SCORING, type PathogenScoringOptions } from '../../core/pathogen/scoring-options.ts'
import { truthWarnings } from '../../core/pathogen/truth-warnings.ts'
import type { PathogenTruth } from '../../core/pathogen/truth.ts'
import type { SampleProfile } from '../../core/profile/profile.ts'
import type { ScoringOptions } from '../../core/scoring-options.ts'
import { createScorer } from './benchmark-scorer.ts'
import { onlyProfile, profilesOf, refuseSharedRank, sortProfiles } from './profile-outputs.ts'

/** What is reported of one sample; tools that report each rank on its own write several files. */
interface Reported {
  readonly profiles: readonly SampleProfile[]
  readonly files: readonly string[]
}

const TYPE = 'pathogen-detection'

/** Pathogens, called from taxonomic profiles. */
export const pathogenScorer = createScorer<PathogenTruth, Reported>({
  benchmarkType: TYPE,
  readTruth: (reader, file) => reader.pathogenTruth(file),
  truthWarnings: (truth, samples, options) => truthWarnings(truth, samples, optionsOf(options)),
  whole: (output) => {
    const only = onlyProfile(profilesOf(output, TYPE))
    return { profiles: only === null ? [] : [only], files: [output.file] }
  },
  sort: (output, samples) =>
    sortProfiles(profilesOf(output, TYPE), samples, (profile) => ({ profiles: [profile], files: [output.file] })),
  join: (left, right, sample) => {
    const files = [...left.files, ...right.files]
    const taxaOf = ({ profiles }: Reported) => profiles.flatMap(({ taxa }) => taxa)
    refuseSharedRank(taxaOf(left), taxaOf(right), { files, sample })
    return { profiles: [...left.profiles, ...right.profiles], files }
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
