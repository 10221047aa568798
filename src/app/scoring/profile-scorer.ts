import type { Observations, ProfileObservations } from '../../core/observations.ts'
import { Problem } from '../../core/problem.ts'
import type { AbundanceType, ProfileTruth, SampleProfile } from '../../core/profile/profile.ts'
import { scoreProfiles } from '../../core/profile/score-profiles.ts'
import { DEFAULT_PROFILE_SCORING, type ProfileScoringOptions } from '../../core/profile/scoring-options.ts'
import { truthSumWarnings } from '../../core/profile/sum-warnings.ts'
import type { ScoringOptions } from '../../core/scoring-options.ts'
import { createScorer } from './benchmark-scorer.ts'
import { wrongKind } from './wrong-kind.ts'

/** What is known of one sample; tools that report each rank on its own write several files. */
interface ReportedProfile {
  readonly profile: SampleProfile
  readonly abundance: AbundanceType | null
  readonly files: readonly string[]
}

const NOTHING: SampleProfile = { ranks: [], taxa: [] }

/** Taxonomic profiles. */
export const profileScorer = createScorer<ProfileTruth, ReportedProfile>({
  benchmarkType: 'diversity-analysis',
  readTruth: (reader, file) => reader.profileTruth(file),
  truthWarnings: (truth, samples, options) => truthSumWarnings(truth.samples, samples, optionsOf(options)),
  whole: (output) => {
    const { profiles, abundance, file } = profilesOf(output)
    const [only, second] = profiles
    if (second !== undefined)
      throw new Problem('E_INPUT', `${file} holds ${profiles.length} profiles; one was expected.`, {
        location: { file, line: second.line },
      })
    return { profile: only ?? NOTHING, abundance, files: [file] }
  },
  sort: (output, samples) => {
    const { profiles, abundance, file } = profilesOf(output)
    const known = new Set(samples)
    const bySample = new Map<string, ReportedProfile>()
    const strangers = new Map<string, number>()
    let unnamedLine: number | null = null
    for (const profile of profiles)
      if (profile.sample === null) unnamedLine ??= profile.line
      else if (known.has(profile.sample)) bySample.set(profile.sample, { profile, abundance, files: [file] })
      else strangers.set(profile.sample, profile.line)
    return { bySample, strangers, unnamedLine }
  },
  join: (left, right, sample) => {
    const ranks = new Set(left.profile.taxa.map(({ rank }) => rank))
    const twice = right.profile.taxa.find(({ rank }) => ranks.has(rank))
    if (twice !== undefined)
      throw new Problem(
        'E_INPUT',
        `${[...left.files, ...right.files].join(' and ')} both say what is in ${sample} at rank ${twice.rank}.`,
        { hints: ['Files of one prediction may complete each other rank by rank; give others a label of their own.'] },
      )
    return {
      profile: {
        ranks: [...new Set([...left.profile.ranks, ...right.profile.ranks])],
        taxa: [...left.profile.taxa, ...right.profile.taxa],
      },
      abundance: left.abundance ?? right.abundance,
      files: [...left.files, ...right.files],
    }
  },
  nothing: { profile: NOTHING, abundance: null, files: [] },
  score: (truth, reported, samples, options) => {
    const abundance = [...reported.values()].find((one) => one !== null && one.abundance !== null)?.abundance ?? null
    const scored = scoreProfiles({
      truth,
      predictions: new Map([...reported].map(([sample, one]) => [sample, one?.profile ?? null])),
      abundance,
      samples,
      options: optionsOf(options),
    })
    return { ...scored, matches: [], universe: null }
  },
})

const optionsOf = (options: ScoringOptions): ProfileScoringOptions => options.profile ?? DEFAULT_PROFILE_SCORING

const profilesOf = (output: Observations): ProfileObservations => {
  if (output.kind === 'profile') return output
  throw wrongKind(output, 'diversity-analysis', 'a taxonomic profile')
}
