// Reads and scores CAMI profiles with the built program, and says what that took: the work without the start-up.
import { createHash } from 'node:crypto'
import { startWork } from './work-cost.mjs'
import { scoreProfiles } from '../../dist/core/profile/score-profiles.js'
import { DEFAULT_PROFILE_SCORING } from '../../dist/core/profile/scoring-options.js'
import { readOutput } from '../../dist/parse/index.js'
import { readProfileTruth } from '../../dist/parse/profile-truth.js'

export const run = async (_folder, onCommand) => {
  onCommand('work')
  const [truthFile = '', ...files] = process.argv.slice(2)
  // Loading modules is start-up, here as there; the program loads this one when it first hashes.
  createHash('sha256')
  const end = startWork()
  const truth = await readProfileTruth(truthFile)
  const [sample = ''] = truth.samples.keys()
  let scored = 0
  for (const file of files) {
    const { profiles, abundance } = await readOutput(file, { format: 'auto' })
    const predictions = new Map([[sample, profiles[0]]])
    const options = DEFAULT_PROFILE_SCORING
    scored += scoreProfiles({ truth, predictions, abundance, samples: [sample], options }).scores.length
  }
  process.stdout.write(`${scored} ${end()}\n`)
}
