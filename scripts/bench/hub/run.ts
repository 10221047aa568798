// npm run bench:hub [-- sync upload news contention] [--runs N] [--cache FOLDER]: the exchange with a hub, against plain git.
// Prints markdown for docs/benchmarks.md. FOLDER keeps generated hubs for the next time; the default hub has 100,000 runs.
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type BenchTable, toMarkdown } from '../table.ts'
import { benchContention } from './contention.ts'
import { benchNews } from './news.ts'
import { type BenchPlace, openPlace } from './place.ts'
import { benchSync } from './sync.ts'
import { benchUpload } from './upload.ts'

const BENCHES: Readonly<Record<string, (place: BenchPlace, runs: number) => Promise<BenchTable>>> = {
  sync: benchSync,
  upload: benchUpload,
  news: benchNews,
  contention: benchContention,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '100000' }, cache: { type: 'string' } },
})
const place = await openPlace(values.cache ?? null)
try {
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    const table = await bench(place, Number(values.runs))
    const load = (loadavg()[0] ?? 0).toFixed(1)
    process.stdout.write(`${toMarkdown({ ...table, title: `${table.title} (load average ${load})` })}\n`)
  }
} finally {
  place.close()
}
