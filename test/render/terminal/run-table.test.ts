import { expect, test } from 'vitest'
import { importantMetrics } from '../../../src/app/show-run.ts'
import type { PipelineSummary } from '../../../src/core/run.ts'
import { known, missing } from '../../../src/core/score.ts'
import { renderRunList } from '../../../src/render/terminal/list-table.ts'
import { renderRun } from '../../../src/render/terminal/run-table.ts'
import { anExecution, aRun, aSummary, someScores } from '../../support/run-builder.ts'

const noInterval = { low: null, high: null }
const cost = (metric: string, value: number, unit: string): PipelineSummary =>
  aSummary({ metric, level: null, unit, direction: 'lower', ...known(value), ...noInterval })

const run = aRun({
  label: 'nightly',
  state: 'incomplete',
  executions: [
    anExecution(),
    anExecution({ id: 2, sample: 'S10', scores: someScores('S10') }),
    anExecution({
      id: 3,
      pipeline: 'abricate',
      version: null,
      params: {},
      state: 'failed',
      exitCode: 2,
      scores: [],
      reason: 'output hits.tsv is missing\u001b[2J',
      warnings: ['one row was ignored'],
    }),
    anExecution({ id: 4, warmup: true, params: { min_identity: 1 } }),
  ],
  summary: [
    aSummary(),
    aSummary({ metric: 'specificity', ...missing('no_universe'), ...noInterval, n: 0 }),
    cost('wall_seconds', 3725, 'seconds'),
    cost('peak_rss_bytes', 4.2e9, 'bytes'),
  ],
  warnings: ['the truth lists no negatives'],
})

test('a run is shown with its primary metrics, costs, failures and warnings', () => {
  expect(renderRun(run)).toMatchInlineSnapshot(`
    "run      20261123t101502z-k3f9x2 "nightly"
    state    incomplete (2 succeeded, 1 failed)
    started  2026-11-23 10:15 UTC, took 1m 00s
    type     amr-detection, 2 samples
    project  resistance-tracker
    branch   main at 0123456789
    tags     nightly
    database kma: resfinder dddddddddddd

    pipeline   parameters         sensitivity (gene)  runtime  memory  n
    kma 1.4.9  min_identity=90  0.900 [0.800, 0.950]   1h 02m  4.2 GB  2/2
    abricate                                       –        –       –  –

    Without result:
        3 abricate S1: failed (exit status 2): output hits.tsv is missing

    Warning: the truth lists no negatives
    Warning: execution 3: one row was ignored"
  `)
})

test('without declared metrics the first ranked ones are shown', () => {
  const shown = importantMetrics({ ...run, primaryMetrics: [] })
  expect(shown.map(({ metric }) => metric)).toEqual(['sensitivity', 'specificity', 'wall_seconds', 'peak_rss_bytes'])
})

test('per sample, every measured repeat has a row of its own', () => {
  const text = renderRun(run, { perSample: true })
  expect(text).toContain('kma 1.4.9  min_identity=90  S10          1  succeeded               0.900   12.5 s  734 MB')
  expect(text).not.toContain('min_identity=1 ')
})

test('two aggregations of one metric are told apart', () => {
  const method = { aggregation: 'micro' as const, interval: null }
  const both = { ...run, summary: [aSummary(), aSummary({ ...noInterval, ...known(0.5), method })] }
  const text = renderRun(both, { metrics: importantMetrics(both, true) })
  expect(text).toContain('sensitivity (gene, macro)')
  expect(text).toContain('sensitivity (gene, micro)')
})

test('many metrics become rows', () => {
  const summary = Array.from({ length: 12 }, (_, index) => aSummary({ metric: `metric_${index}` }))
  const text = renderRun({ ...run, summary }, { metrics: importantMetrics({ ...run, summary }, true) })
  expect(text).toMatch(/pipeline +parameters +metric +as +value +n/)
  expect(text).toMatch(/kma 1\.4\.9 +min_identity=90 +metric_11 \(gene\) +macro +0\.900 \[0\.800, 0\.950\] +2\/2/)
})

test('a list says how many runs it leaves out, and leaves out columns nobody filled', () => {
  const text = renderRunList({ runs: [aRun({ tags: [] })], total: 10_000 })
  expect(text).toMatchInlineSnapshot(`
    "run                      started (UTC)       took  state      branch  pipelines  samples
    20261123t101502z-k3f9x2  2026-11-23 10:15  1m 00s  completed  main    kma              2
    1 of 10,000 runs; --limit 0 shows all."
  `)
  expect(renderRunList({ runs: [], total: 0 })).toContain('benchmark run')
})

test('a list fits the width of a terminal', () => {
  const runs = [aRun({ label: 'a label of several words', pipelines: ['nfcore_mag', 'nfcore_funcscan', 'abricate'] })]
  for (const line of renderRunList({ runs, total: 1 }, { width: 120 }).split('\n'))
    expect(line.length).toBeLessThanOrEqual(120)
})

test('what several executions warn of is said once', () => {
  const warned = (id: number, ...warnings: readonly string[]) => anExecution({ id, warnings })
  const text = renderRun(
    aRun({
      executions: [warned(1, 'rare'), ...[2, 3, 4, 5, 6, 7, 8].map((id) => warned(id, 'common'))],
      warnings: [],
    }),
  )
  expect(text.split('\n').filter((line) => line.startsWith('Warning'))).toEqual([
    'Warning: execution 1: rare',
    'Warning: executions 2, 3, 4, 5, 6 and 2 more: common',
  ])
})

test('a run as markdown and as values', () => {
  const run = aRun({ label: '@octocat | <b>' })
  const markdown = renderRun(run, { format: 'markdown' })
  expect(markdown).toMatch(/^- run /)
  expect(markdown).not.toMatch(/@octocat|<b>/)
  expect(markdown).toMatch(/^\| pipeline \|/m)
  const [head = '', first = ''] = renderRun(run, { format: 'tsv' }).split('\n')
  expect(head.split('\t').slice(0, 6)).toEqual(['pipeline', 'version', 'params', 'metric', 'level', 'rank'])
  expect(first.split('\t')).toHaveLength(head.split('\t').length)
  const samples = renderRun(run, { format: 'csv', perSample: true })
  expect(samples.split('\n')[0]).toContain('sample,repeat,state,metric')
  expect(samples).toContain('wall_seconds')
})
