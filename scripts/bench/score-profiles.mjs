// Reads and scores CAMI profiles with the built program, and says what that took: the work without the start-up.
import { startWork } from './work-cost.mjs'
import { optimiseLate } from '../../dist/cli/optimise-late.js'
import { scoreProfiles } from '../../dist/core/profile/score-profiles.js'
import { DEFAULT_PROFILE_SCORING } from '../../dist/core/profile/scoring-options.js'
import { readOutput } from '../../dist/parse/index.js'
import { readProfileTruth } from '../../dist/parse/profile-truth.js'

// As the program does.
optimiseLate()
const [truthFile = '', ...files] = process.argv.slice(2)
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
