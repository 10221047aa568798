// The metric registry -> docs/metrics.md, marks of the shared run -> docs/privacy.md. Committed, and compared by tests of
// test/project/.
// Run with a folder argument to write elsewhere.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { BENCHMARK_TYPES } from '../src/core/benchmark-types.ts'
import { renewCommandTables } from './command-table.ts'
import { withPrivacyTable } from './privacy-table.ts'
import { METRICS } from '../src/core/metrics/registry.ts'
import { renderMetricReference } from '../src/render/markdown/metric-reference.ts'

const target = process.argv[2] ?? fileURLToPath(new URL('../docs', import.meta.url))
mkdirSync(target, { recursive: true })
const style = await resolveConfig(fileURLToPath(import.meta.url))
const text = await format(renderMetricReference(METRICS, BENCHMARK_TYPES), { ...style, parser: 'markdown' })
writeFileSync(join(target, 'metrics.md'), text)

if (process.argv[2] === undefined) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const privacy = join(root, 'docs', 'privacy.md')
  writeFileSync(privacy, withPrivacyTable(readFileSync(privacy, 'utf8'), root))
  renewCommandTables([join(root, 'README.md'), join(root, 'README.ko.md')], join(root, 'oclif.manifest.json'))
}
