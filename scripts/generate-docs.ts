// The metric registry -> docs/metrics.md. Committed, and compared by test/project/metrics-doc.test.ts.
// Run with a folder argument to write elsewhere.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { BENCHMARK_TYPES } from '../src/core/benchmark-types.ts'
import { renewCommandTables } from './command-table.ts'
import { METRICS } from '../src/core/metrics/registry.ts'
import { renderMetricReference } from '../src/render/markdown/metric-reference.ts'

const target = process.argv[2] ?? fileURLToPath(new URL('../docs', import.meta.url))
mkdirSync(target, { recursive: true })
const style = await resolveConfig(fileURLToPath(import.meta.url))
const text = await format(renderMetricReference(METRICS, BENCHMARK_TYPES), { ...style, parser: 'markdown' })
writeFileSync(join(target, 'metrics.md'), text)

if (process.argv[2] === undefined) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  renewCommandTables([join(root, 'README.md'), join(root, 'README.ko.md')], join(root, 'oclif.manifest.json'))
}
