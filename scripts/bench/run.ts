// npm run bench: every figure as a ratio to a baseline measured in the same run. Prints markdown for docs/benchmarks.md.
import { benchAttempts } from './attempts.ts'
import { benchExecutions } from './executions.ts'
import { benchFasta } from './fasta.ts'
import { benchInstrument } from './instrument.ts'
import { benchProfiles } from './profiles.ts'
import { benchReport } from './report.ts'
import { benchStartup } from './startup.ts'
import { benchStore } from './store.ts'
import { benchStreaming } from './streaming.ts'
import { type BenchTable, toMarkdown } from './table.ts'

// Node reads the authorities of this variable at each start: 29 ms for the 140 of Debian, and nothing here asks anybody.
delete process.env['NODE_EXTRA_CA_CERTS']

const benches: Record<string, () => BenchTable | Promise<BenchTable>> = {
  startup: benchStartup,
  executions: benchExecutions,
  attempts: benchAttempts,
  instrument: benchInstrument,
  store: benchStore,
  fasta: benchFasta,
  report: benchReport,
  profiles: benchProfiles,
  streaming: benchStreaming,
}
const wanted = process.argv.slice(2)
for (const [name, bench] of Object.entries(benches))
  if (wanted.length === 0 || wanted.includes(name)) process.stdout.write(`${toMarkdown(await bench())}\n`)
