import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunPayload } from '../../../src/generated/hub-run.ts'
import { createDashboardReads } from '../../../src/store/dashboard/dashboard-reads.ts'
import { openDatabase } from '../../../src/store/open.ts'
import { createRunStore } from '../../../src/store/run-store.ts'
import { fillDashboardProject } from '../../support/dashboard-scene.ts'
import { URL } from '../../support/hub-index.ts'
import { tempDir } from '../../support/harness.ts'
import { aPlan, aRun, aSummary } from '../../support/run-builder.ts'
import { sharedRun } from '../../support/shared-run.ts'

test('a metric counted in two ways is one series with one value a run: the mean over samples', () => {
  const cwd = tempDir('dashboard reads')
  const summary: RunPayload['summary'] = (['macro', 'micro'] as const).map((aggregation) => ({
    ...{ pipeline: 0, series: 0, value: aggregation === 'macro' ? 0.625 : 0.7, reason: null, n: 2, n_expected: 2 },
    ...{ low: null, high: null, aggregation, interval: null },
  }))
  const shared = sharedRun({ payload: { summary } })
  fillDashboardProject(cwd, [shared])
  const db = openDatabase(join(cwd, '.benchmark', 'benchmark.db'))
  const own = aRun({
    summary: [
      aSummary({ value: 0.9 }),
      aSummary({ value: 0.8, low: null, high: null, method: { aggregation: 'micro', interval: null } }),
    ],
  })
  createRunStore(db).insertFinished(own, aPlan({ runId: own.runId }))
  const reads = createDashboardReads(db, { hub: URL, withOwn: true })
  const values = reads
    .folders()
    .flatMap((folder) => reads.runs(folder))
    .map(({ origin, values: of }) => [origin, of.map(({ value }) => value)])
  db.close()
  expect(values).toEqual([
    ['hub', [0.625]],
    ['own', [0.9]],
  ])
})
