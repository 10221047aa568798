import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { IndexedRun } from '../../src/app/hub/store-ports.ts'
import { fillDashboardProject } from '../support/dashboard-scene.ts'
import { build, treeOf } from '../support/dashboard-site.ts'
import { tempDir } from '../support/harness.ts'
import { sharedRun } from '../support/shared-run.ts'

const LONG = 300_000
const root = tempDir('dashboard shards')
const project = (): string => join(mkdtempSync(join(root, 'p-')), 'a project')

const BINNING = [
  ...['average_purity_bp', 'average_completeness_bp', 'f1_score_bp', 'adjusted_rand_index_bp', 'percentage_binned_bp'],
  ...['recovered_genomes_50_10', 'recovered_genomes_90_5', 'wall_seconds', 'peak_rss_bytes'],
]

/** Runs of the type with most columns, each with a label, a branch, tags and parameters of its own. */
const denseRuns = (count: number, text = ''): readonly IndexedRun[] =>
  Array.from({ length: count }, (_, index) => {
    const random = createHash('sha256').update(String(index)).digest('hex')
    const started_at = new Date(Date.parse('2026-11-01T00:00:00Z') + index * 397_000).toISOString()
    const value = (at: number): number => parseInt(random.slice(at * 4, at * 4 + 6), 16) / 17e6
    return sharedRun({
      ...{ project: 'lab', month: '2026-11', name: `r${String(index).padStart(5, '0')}` },
      payload: {
        ...{ benchmark_type: 'binning', started_at, finished_at: started_at, commit: random.slice(0, 40) },
        ...{ label: `nightly build ${random.slice(0, 12)}${text}`, tags: ['nightly', random.slice(0, 8)] },
        ...{ branch: `feature/assembler-${random.slice(0, 10)}${text}`, primary_metrics: [], executions: [] },
        pipelines: [
          { name: 'metabat2', version: `2.${String(index % 40)}`, params: { min_contig: 1500, seed: index } },
        ],
        series: BINNING.map((metric) => ({
          ...{ metric, level: null, rank: null, unit: 'ratio', direction: 'higher' as const },
        })),
        summary: BINNING.map((_metric, series) => ({
          ...{
            pipeline: 0,
            series,
            value: value(series),
            reason: null,
            n: 10 + (index % 7),
            n_expected: 10 + (index % 9),
          },
          ...{ low: null, high: null, aggregation: 'macro' as const, interval: null },
        })),
      },
    })
  })

describe('files of runs of a dashboard', () => {
  test('runs that say much of themselves stand in smaller pieces', async () => {
    const cwd = project()
    fillDashboardProject(cwd, denseRuns(1_000, 'a long story '.repeat(70)))
    const site = join(cwd, 'site')
    await build(cwd, site)
    const shards = [...treeOf(join(site, 'data'))].filter(([path]) => path.endsWith('.js'))
    expect(shards).toHaveLength(3)
    for (const [path, text] of shards) expect(Buffer.byteLength(text), path).toBeLessThanOrEqual(1_000_000)
    const tables = [...treeOf(join(site, 'data'))].filter(([path]) => path.endsWith('.tsv'))
    expect(tables.flatMap(([, text]) => text.trim().split('\n').slice(1))).toHaveLength(1_000)
  })

  test(
    'a month of six thousand runs of the densest type stands in files of at most a megabyte, every run once',
    async () => {
      const cwd = project()
      const runs = denseRuns(6_000)
      fillDashboardProject(cwd, runs)
      const site = join(cwd, 'site')
      await build(cwd, site)
      const shards = [...treeOf(join(site, 'data'))].filter(([path]) => path.endsWith('.js'))
      expect(shards.map(([path]) => path.replace(/\.\w+\.js$/, ''))).toEqual(
        ['001', '002', '003'].map((part) => `lab/2026-11-part-${part}`),
      )
      const ids = shards.flatMap(([path, text]) => {
        expect(Buffer.byteLength(text), path).toBeLessThanOrEqual(1_000_000)
        // A script that hands over a name and JSON as text.
        const [, json] = JSON.parse(`[${text.trim().slice('bench('.length, -1)}]`) as [string, string]
        return (JSON.parse(json) as { id: string }).id.split(' ')
      })
      expect(Buffer.byteLength(shards[0]?.[1] ?? '')).toBeGreaterThan(500_000)
      expect(new Set(ids).size).toBe(6_000)
      expect(ids).toHaveLength(6_000)
      const page = readFileSync(join(site, 'p', 'lab', 'runs.html'), 'utf8')
      expect(page).toContain('6,000 runs of lab.')
    },
    LONG,
  )
})
