import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { problemOf } from '../core/problem.ts'
import type { AbundanceType, NamedProfile, ProfileTruth } from '../core/profile/profile.ts'
import { readTruthOutput } from './truth-output.ts'

/** Reads the truth of a diversity-analysis dataset: a CAMI profile in which every sample has a name. */
export const readProfileTruth = async (file: string): Promise<ProfileTruth> => {
  const output = await readTruthOutput(
    file,
    'cami-profile',
    'a CAMI profile (@SampleID, @Ranks, @@TAXID, RANK, TAXPATH and PERCENTAGE)',
  )
  const profiles = output.kind === 'profile' ? output.profiles : []
  const unnamed = profiles.filter(({ sample }) => sample === null)
  if (unnamed.length > 0)
    throw problemOf(
      'E_INPUT',
      `${file} cannot be used as a truth.`,
      unnamed.map(({ line }) => ({
        message: 'The profile does not name its sample.',
        location: { file, line, column: 1 },
        hint: 'add a header @SampleID:NAME',
      })),
    )
  return {
    samples: new Map(profiles.map((profile) => [profile.sample ?? '', profile])),
    abundance: abundanceOf(file, profiles),
    sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
  }
}

// The format states shares of genome copies, unless a header of the file says otherwise: of all samples, or of none.
const abundanceOf = (file: string, profiles: readonly NamedProfile[]): AbundanceType => {
  const [first] = profiles
  const other = profiles.find(({ abundance }) => abundance !== first?.abundance)
  if (other !== undefined)
    throw problemOf('E_INPUT', `${file} cannot be used as a truth.`, [
      {
        message: 'Not all samples state the same type of abundance.',
        location: { file, line: other.line, column: 1 },
        hint: 'give every sample the same header @__abundance__:sequence or taxonomic',
      },
    ])
  return first?.abundance ?? 'taxonomic'
}
