// Reads and scores a report with the built program, and says what that took: the work without the start-up.
import { startWork } from './work-cost.mjs'
import { optimiseLate } from '../../dist/cli/optimise-late.js'
import { createCallCondenser } from '../../dist/core/amr/condense-calls.js'
import { callsBySample } from '../../dist/core/amr/calls-by-sample.js'
import { scoreAmr } from '../../dist/core/amr/score-amr.js'
import { DEFAULT_AMR_SCORING } from '../../dist/core/scoring-options.js'
import { readAmrTruth } from '../../dist/parse/amr-truth.js'
import { readOutput } from '../../dist/parse/index.js'

// As the program does.
optimiseLate()
const [report = '', truthFile = ''] = process.argv.slice(2)
const end = startWork()
const truth = await readAmrTruth(truthFile)
const output = await readOutput(report, { format: 'auto' }, createCallCondenser(DEFAULT_AMR_SCORING, truth))
const predictions = callsBySample(output.calls, truth.samples.keys()).bySample
const { scores } = scoreAmr({ truth, predictions, options: DEFAULT_AMR_SCORING })
process.stdout.write(`${output.calls.length} ${scores.length} ${end()}\n`)
