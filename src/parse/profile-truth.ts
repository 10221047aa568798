import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { problemOf } from '../core/problem.ts'
import type { ProfileTruth } from '../core/profile/profile.ts'
import { readOutput } from './index.ts'

/** Reads the truth of a diversity-analysis dataset: a CAMI profile in which every sample has a name. */
export const readProfileTruth = async (file: string): Promise<ProfileTruth> => {
  const output = await readOutput(file, { format: 'cami-profile' })
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
    samples: new Map(profiles.map(({ sample, ranks, taxa }) => [sample ?? '', { ranks, taxa }])),
    abundance: output.kind === 'profile' ? output.abundance : 'taxonomic',
    sha256: createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  }
}
