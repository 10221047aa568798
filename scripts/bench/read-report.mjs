// Reads a report with the built program and does nothing else, and says what that took: the work without the start-up.
import { startWork } from './work-cost.mjs'
import { optimiseLate } from '../../dist/cli/optimise-late.js'
import { createCallCondenser } from '../../dist/core/amr/condense-calls.js'
import { DEFAULT_AMR_SCORING } from '../../dist/core/scoring-options.js'
import { readAmrTruth } from '../../dist/parse/amr-truth.js'
import { readOutput } from '../../dist/parse/index.js'

// As the program does.
optimiseLate()
const [report = '', truthFile = ''] = process.argv.slice(2)
const truth = await readAmrTruth(truthFile)
const end = startWork()
const output = await readOutput(report, { format: 'auto' }, createCallCondenser(DEFAULT_AMR_SCORING, truth))
process.stdout.write(`${output.calls.length} ${end()}\n`)
