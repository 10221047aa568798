// Reads a report as `benchmark score` does and prints how many rows there were and the most memory it took. A process
// of its own, with the built program only, because the peak of a process never falls.
import { createCallCondenser } from '../../../dist/core/amr/condense-calls.js'
import { rowsOf } from '../../../dist/core/amr/filter-calls.js'
import { DEFAULT_AMR_SCORING } from '../../../dist/core/scoring-options.js'
import { readOutput } from '../../../dist/parse/index.js'

const [file, format] = process.argv.slice(2)
const condenser = createCallCondenser(DEFAULT_AMR_SCORING, { samples: new Map() })
const { calls } = await readOutput(file, { format }, condenser)
process.stdout.write(JSON.stringify({ rows: rowsOf(calls), peakBytes: process.resourceUsage().maxRSS * 1024 }))
