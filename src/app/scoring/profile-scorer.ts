import type { ProfileObservations } from '../../core/observations.ts'
import type { NamedProfile, ProfileTruth, SampleProfile, StatedAbundance } from '../../core/profile/profile.ts'
import { scoreProfiles } from '../../core/profile/score-profiles.ts'
import { DEFAULT_PROFILE_SCORING, type ProfileScoringOptions } from '../../core/profile/scoring-options.ts'
import { truthSumWarnings } from '../../core/profile/sum-warnings.ts'
import type { ScoringOptions } from '../../core/scoring-options.ts'
import { createScorer } from './benchmark-scorer.ts'
import { onlyProfile, profilesOf, refuseSharedRank, sortProfiles } from './profile-outputs.ts'

/** What is known of one sample; tools that report each rank on its own write several files. */
interface ReportedProfile {
  readonly profile: SampleProfile
  readonly abundance: StatedAbundance
  /** Whether the user may know better what the percentages are shares of. */
  readonly isGeneric: boolean
  readonly files: readonly string[]
}

const NOTHING: SampleProfile = { ranks: [], taxa: [] }

const TYPE = 'diversity-analysis'

/** Taxonomic profiles. */
export const profileScorer = createScorer<ProfileTruth, ReportedProfile>({
  benchmarkType: TYPE,
  readTruth: (reader, file) => reader.profileTruth(file),
  truthWarnings: (truth, samples, options) => truthSumWarnings(truth.samples, samples, optionsOf(options)),
  whole: (output) => {
    const observations = profilesOf(output, TYPE)
    return reportedBy(observations, onlyProfile(observations))
  },
  sort: (output, samples) => {
    const observations = profilesOf(output, TYPE)
    return sortProfiles(observations, samples, (profile) => reportedBy(observations, profile))
  },
  join: (left, right, sample) => {
    const files = [...left.files, ...right.files]
    // Lists of genomes (bacteria here, archaea there) may complete each other at every rank.
    if (left.abundance !== 'presence' || right.abundance !== 'presence')
      refuseSharedRank(left.profile.taxa, right.profile.taxa, { files, sample })
    return {
      profile: {
        ...left.profile,
        ranks: [...new Set([...left.profile.ranks, ...right.profile.ranks])],
        taxa: [...new Map([...left.profile.taxa, ...right.profile.taxa].map((taxon) => [taxon.taxid, taxon])).values()],
      },
      abundance: left.files.length > 0 ? left.abundance : right.abundance,
      isGeneric: left.isGeneric && right.isGeneric,
      files,
    }
  },
  nothing: { profile: NOTHING, abundance: null, isGeneric: true, files: [] },
  score: (stated, reported, samples, settings) => {
    const options = optionsOf(settings)
    const truth = { ...stated, abundance: options.truthAbundance ?? stated.abundance }
    const scored = scoreProfiles({
      truth,
      predictions: new Map([...reported].map(([sample, one]) => [sample, one?.profile ?? null])),
      abundance: abundanceOf([...reported.values()], truth, options),
      samples,
      options,
    })
    return { ...scored, matches: [], universe: null }
  },
})

// Plans of earlier releases lack the younger options.
const optionsOf = (options: ScoringOptions): ProfileScoringOptions => ({
  ...DEFAULT_PROFILE_SCORING,
  ...options.profile,
})

const reportedBy = (
  { abundance, isGeneric, file }: ProfileObservations,
  profile: NamedProfile | null,
): ReportedProfile => ({
  profile: profile ?? NOTHING,
  abundance: profile?.abundance ?? abundance,
  isGeneric,
  files: [file],
})

/** What a prediction states shares of. Where its files differ, what the truth does not state decides. */
const abundanceOf = (
  reported: readonly (ReportedProfile | null)[],
  truth: ProfileTruth,
  options: ProfileScoringOptions,
): StatedAbundance => {
  const stated = reported.flatMap((one): StatedAbundance[] => {
    if (one === null || one.files.length === 0) return []
    return [one.isGeneric ? (options.abundance ?? one.abundance) : one.abundance]
  })
  const other = stated.find((abundance) => abundance !== truth.abundance)
  // A tool without any file found nothing, whatever it would have stated shares of.
  return other === undefined ? truth.abundance : other
}
