import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import type { BaselineDocument } from '../../src/generated/baseline.ts'
import { documentErrors } from '../support/document.ts'
import { benchmark, tempDir } from '../support/harness.ts'
import { anExecution, aPlan, aRun } from '../support/run-builder.ts'

const dir = tempDir('baseline')
const OLDER = '20261123t101502z-k3f9x2'
const NEWER = '20261124t101502z-k3f9x3'
const FAILED = '20261122t101502z-k3f9x4'
const OPEN = '20261121t101502z-k3f9x5'

const aProject = (): string => {
  const root = mkdtempSync(join(dir, 'project '))
  mkdirSync(join(root, '.benchmark'))
  const store = createRunStore(openDatabase(join(root, '.benchmark', 'benchmark.db')))
  store.insertFinished(aRun(), null)
  store.insertFinished(aRun({ runId: NEWER, startedAt: '2026-11-24T10:15:02.000Z', label: 'second' }), null)
  const executions = [anExecution({ state: 'failed', reason: 'exit status 2', exitCode: 2, scores: [] })]
  store.insertFinished(
    aRun({ runId: FAILED, startedAt: '2026-11-22T10:15:02.000Z', state: 'incomplete', executions }),
    null,
  )
  store.createRun(aPlan({ runId: OPEN, createdAt: '2026-11-21T10:15:02.000Z' }), {})
  store.close()
  return root
}

const documentOf = async (cwd: string, ...argv: string[]): Promise<BaselineDocument> => {
  const result = await benchmark(['baseline', ...argv, '--json'], { cwd })
  expect([result.exit, result.stderr]).toEqual([0, ''])
  expect(documentErrors(result.json())).toEqual([])
  return result.json() as BaselineDocument
}

test('set, show and clear, by branch and label', async () => {
  const cwd = aProject()
  const none = await benchmark(['baseline', 'show'], { cwd })
  expect(none.stdout).toContain('No baseline is set. Set one with `benchmark baseline set RUN`')

  const set = await benchmark(['baseline', 'set', 'latest'], { cwd })
  expect(set.stdout).toBe(`Run ${NEWER} is now the baseline of the project.\n`)
  const again = await benchmark(['baseline', 'set', OLDER], { cwd })
  expect(again.stdout).toBe(`Run ${OLDER} is now the baseline of the project instead of ${NEWER}.\n`)
  await documentOf(cwd, 'set', 'second', '--branch', 'main', '--label', 'nightly')

  expect(await documentOf(cwd, 'show')).toMatchObject({
    baselines: [
      { branch: null, label: null, run_id: OLDER },
      { branch: 'main', label: 'nightly', run_id: NEWER, run_label: 'second' },
    ],
  })
  const chosen = await documentOf(cwd, 'show', '--branch', 'main', '--label', 'nightly')
  expect(chosen.baselines.map(({ run_id }) => run_id)).toEqual([NEWER])
  const fallenBack = await documentOf(cwd, 'show', '--branch', 'dev')
  expect(fallenBack.baselines.map(({ run_id }) => run_id)).toEqual([OLDER])

  const cleared = await benchmark(['baseline', 'clear'], { cwd })
  expect(cleared.stdout).toBe(`Cleared the baseline of the project (${OLDER}); the run stays.\n`)
  const gone = await benchmark(['baseline', 'clear'], { cwd })
  expect(gone.exit).toBe(3)
  expect(gone.stderr).toContain('There is one for branch main, label nightly.')
  const missing = await benchmark(['baseline', 'show', '--branch', 'dev'], { cwd })
  expect(missing.exit).toBe(3)
  expect(missing.stderr).toContain('There is no baseline for branch dev, and no default one.')
  expect(await documentOf(cwd, 'clear', '--all')).toMatchObject({ removed: [{ run_id: NEWER }], baselines: [] })
})

test('a run that has not ended, gave nothing or does not exist is no baseline', async () => {
  const cwd = aProject()
  const open = await benchmark(['baseline', 'set', OPEN], { cwd })
  expect(open.exit).toBe(4)
  expect(open.stderr).toContain(`benchmark run --resume ${OPEN}`)
  const failed = await benchmark(['baseline', 'set', FAILED], { cwd })
  expect(failed.exit).toBe(4)
  expect(failed.stderr).toContain('none of its executions succeeded')
  expect((await benchmark(['baseline', 'set', 'nightly'], { cwd })).exit).toBe(3)
  expect((await benchmark(['baseline', 'set', 'latest', '--branch', ''], { cwd })).exit).toBe(2)
})

test('a baseline is not removed before it is cleared', async () => {
  const cwd = aProject()
  await benchmark(['baseline', 'set', OLDER, '--branch', 'main'], { cwd })
  const refused = await benchmark(['remove', OLDER, NEWER, '--force'], { cwd })
  expect(refused.exit).toBe(4)
  expect(refused.stderr).toContain(`${OLDER} is the baseline of branch main.`)
  expect(refused.stderr).toContain('benchmark baseline clear --branch main')
  expect((await benchmark(['show', NEWER], { cwd })).exit).toBe(0)
  await benchmark(['baseline', 'clear', '--branch', 'main'], { cwd })
  expect((await benchmark(['remove', OLDER, NEWER], { cwd })).exit).toBe(0)
})
