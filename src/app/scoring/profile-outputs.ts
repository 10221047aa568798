import type { Observations, ProfileObservations } from '../../core/observations.ts'
import { Problem } from '../../core/problem.ts'
import type { NamedProfile, ProfileTaxon } from '../../core/profile/profile.ts'
import type { Sorted } from './benchmark-scorer.ts'
import { wrongKind } from './wrong-kind.ts'

/** The profiles of an output. Throws `E_INPUT` for another kind of output. */
export const profilesOf = (output: Observations, benchmarkType: string): ProfileObservations => {
  if (output.kind === 'profile') return output
  throw wrongKind(output, benchmarkType, 'a taxonomic profile')
}

/** The profile of an output about one sample; null where it holds none. */
export const onlyProfile = ({ profiles, file }: ProfileObservations): NamedProfile | null => {
  const [only, second] = profiles
  if (second !== undefined)
    throw new Problem('E_INPUT', `${file} holds ${profiles.length} profiles; one was expected.`, {
      location: { file, line: second.line },
    })
  return only ?? null
}

/** Profiles by the samples they name. */
export const sortProfiles = <Part>(
  { profiles }: ProfileObservations,
  samples: Iterable<string>,
  partOf: (profile: NamedProfile) => Part,
): Sorted<Part> => {
  const known = new Set(samples)
  const stated = new Set(profiles.map(({ sample }) => sample))
  const bySample = new Map<string, Part>()
  const strangers = new Map<string, number>()
  let unnamedLine: number | null = null
  for (const profile of profiles) {
    const { sample, shortSample = '', line } = profile
    const isShort = sample !== null && !known.has(sample) && !stated.has(shortSample) && !bySample.has(shortSample)
    const name = isShort && known.has(shortSample) ? shortSample : sample
    if (name === null) unnamedLine ??= line
    else if (known.has(name)) bySample.set(name, partOf(profile))
    else strangers.set(name, line)
  }
  return { bySample, strangers, unnamedLine }
}

/** Tools that report each rank on its own write several files; two that state one rank cannot both hold. */
export const refuseSharedRank = (
  left: readonly ProfileTaxon[],
  right: readonly ProfileTaxon[],
  of: { readonly files: readonly string[]; readonly sample: string },
): void => {
  const ranks = new Set(left.map(({ rank }) => rank))
  const twice = right.find(({ rank }) => ranks.has(rank))
  if (twice === undefined) return
  throw new Problem('E_INPUT', `${of.files.join(' and ')} both say what is in ${of.sample} at rank ${twice.rank}.`, {
    hints: ['Files of one prediction may complete each other rank by rank; give others a label of their own.'],
  })
}
