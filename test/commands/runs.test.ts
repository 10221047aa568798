import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunPlan } from '../../src/core/plan.ts'
import type { Run } from '../../src/core/run.ts'
import { toPlanDocument } from '../../src/documents/plan-document.ts'
import { toMetadataDocument, toMetricsDocument } from '../../src/documents/run-document.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { documentErrors } from '../support/document.ts'
import { benchmark, tempDir } from '../support/harness.ts'
import { anExecution, aPlan, aRun } from '../support/run-builder.ts'

const dir = tempDir('runs')
const OLDER = '20261123t101502z-k3f9x2'
const NEWER = '20261124t101502z-k3f9x3'

/** A project with two finished runs and their folders. */
const aProject = (): string => {
  const root = mkdtempSync(join(dir, 'project '))
  mkdirSync(join(root, '.benchmark'))
  const store = createRunStore(openDatabase(join(root, '.benchmark', 'benchmark.db')))
  const runs = [
    aRun({
      label: 'first \u001b[31mred',
      executions: [
        anExecution(),
        anExecution({
          id: 2,
          sample: 'S10',
          state: 'failed',
          exitCode: 2,
          reason: 'output kma.res is missing',
          scores: [],
        }),
      ],
      state: 'incomplete',
    }),
    aRun({ runId: NEWER, startedAt: '2026-11-24T10:15:02.000Z', finishedAt: null, label: 'second', tags: [] }),
  ]
  for (const run of runs) store.insertFinished(run, writeFolder(root, run))
  store.close()
  return root
}

const writeFolder = (root: string, run: Run): RunPlan => {
  const folder = join(root, '.benchmark', 'results', run.runId)
  const plan = aPlan({ runId: run.runId, resultsDir: folder })
  mkdirSync(join(folder, 'outputs', '001-kma'), { recursive: true })
  mkdirSync(join(folder, 'logs'))
  writeFileSync(join(folder, 'outputs', '001-kma', 'kma.res'), '#Template\n')
  writeFileSync(join(folder, 'metadata.json'), JSON.stringify(toMetadataDocument(run, plan)))
  writeFileSync(join(folder, 'metrics.json'), JSON.stringify(toMetricsDocument(run)))
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(toPlanDocument(plan)))
  return plan
}

const folderOf = (root: string, runId: string): string => join(root, '.benchmark', 'results', runId)

test('list shows the newest run first, filters, and prints one document under --json', async () => {
  const cwd = aProject()
  const { stdout, stderr, exit } = await benchmark(['list'], { cwd })
  expect([exit, stderr]).toEqual([0, ''])
  const lines = stdout.trimEnd().split('\n')
  expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual(['run', NEWER, OLDER])
  expect(stdout).toContain('first red')
  // eslint-disable-next-line no-control-regex -- none may reach a pipe
  expect(stdout).not.toMatch(/\u001b/)

  const limited = await benchmark(['list', '--limit', '1'], { cwd })
  expect(limited.stdout).toContain('1 of 2 runs')
  const filtered = await benchmark(['list', '--tag', 'nightly', '--state', 'incomplete', '--json'], { cwd })
  expect(filtered.json()).toMatchObject({
    schema: 'benchmark.run-list/1',
    total: 1,
    runs: [{ run_id: OLDER, label: 'first \u001b[31mred' }],
  })
  const none = await benchmark(['list', '--pipeline', 'nobody', '--json'], { cwd })
  expect(none.json()).toEqual({ schema: 'benchmark.run-list/1', total: 0, runs: [] })
})

test('list in a project without runs says how to get one and creates nothing', async () => {
  const cwd = mkdtempSync(join(dir, 'empty '))
  const { stdout, exit } = await benchmark(['list'], { cwd })
  expect([exit, stdout]).toEqual([0, expect.stringContaining('benchmark run')])
  expect(existsSync(join(cwd, '.benchmark'))).toBe(false)
})

test('show gives the newest run unless told otherwise, with failures and their reasons', async () => {
  const cwd = aProject()
  expect((await benchmark(['show'], { cwd })).stdout).toContain(NEWER)
  const { stdout, exit } = await benchmark(['show', 'latest~1', '--per-sample'], { cwd })
  expect(exit).toBe(0)
  expect(stdout).toMatch(/kma 1\.4\.9 +min_identity=90 +0\.900 \[0\.800, 0\.950\]/)
  expect(stdout).toMatch(/2 kma min_identity=90 S10: failed \(exit status 2\): output kma\.res is missing/)
  const json = await benchmark(['show', OLDER.slice(0, 8), '--json'], { cwd })
  expect(json.json()).toMatchObject({
    schema: 'benchmark.run/1',
    run_id: OLDER,
    executions: [{ id: 1 }, { id: 2, exit_code: 2 }],
  })
})

test('show of what is not there exits 3 with a suggestion, in text and in JSON', async () => {
  const cwd = aProject()
  const run = await benchmark(['show', 'secnod'], { cwd })
  expect([run.exit, run.stderr]).toEqual([3, expect.stringContaining('Did you mean "second"?')])
  const metric = await benchmark(['show', '--metric', 'sensitivty', '--json'], { cwd })
  expect([metric.exit, metric.json()]).toEqual([3, expect.objectContaining({ schema: 'benchmark.error/1' })])
  expect(metric.stdout).toContain('Did you mean')
})

test('remove deletes rows and files of the named runs only', async () => {
  const cwd = aProject()
  const result = await benchmark(['remove', 'latest~1', '--json'], { cwd })
  expect([result.exit, result.json()]).toEqual([
    0,
    {
      schema: 'benchmark.removal/1',
      removed: [{ run_id: OLDER, results_dir: folderOf(cwd, OLDER), files_removed: true }],
    },
  ])
  expect([existsSync(folderOf(cwd, OLDER)), existsSync(folderOf(cwd, NEWER))]).toEqual([false, true])
  expect((await benchmark(['list', '--json'], { cwd })).json()).toMatchObject({ total: 1, runs: [{ run_id: NEWER }] })
})

test('remove leaves files that are not ours, and with --keep-files all of them', async () => {
  const cwd = aProject()
  writeFileSync(join(folderOf(cwd, OLDER), 'my notes.txt'), 'keep')
  expect((await benchmark(['remove', OLDER], { cwd })).exit).toBe(0)
  expect(existsSync(join(folderOf(cwd, OLDER), 'my notes.txt'))).toBe(true)
  expect(existsSync(join(folderOf(cwd, OLDER), 'outputs'))).toBe(false)
  expect((await benchmark(['remove', NEWER, '--keep-files'], { cwd })).stdout).toContain('no files were deleted')
  expect(existsSync(join(folderOf(cwd, NEWER), 'plan.json'))).toBe(true)
  expect((await benchmark(['import', '--json'], { cwd })).json()).toMatchObject({ restored: [NEWER], damaged: [] })
})

test('remove takes no folder that belongs to another run', async () => {
  const cwd = aProject()
  writeFileSync(join(folderOf(cwd, OLDER), 'plan.json'), JSON.stringify(toPlanDocument(aPlan({ runId: NEWER }))))
  rmSync(join(folderOf(cwd, OLDER), 'metadata.json'))
  expect((await benchmark(['remove', OLDER, '--json'], { cwd })).json()).toMatchObject({
    removed: [{ files_removed: false }],
  })
  expect(existsSync(join(folderOf(cwd, OLDER), 'outputs'))).toBe(true)
})

test('remove removes nothing when one of the runs is unknown or active', async () => {
  const cwd = aProject()
  const unknown = await benchmark(['remove', OLDER, 'nope'], { cwd })
  expect([unknown.exit, unknown.stderr]).toEqual([3, expect.stringContaining('Nothing was removed')])
  const store = createRunStore(openDatabase(join(cwd, '.benchmark', 'benchmark.db')))
  const active = '20261125t101502z-k3f9x4'
  store.createRun(aPlan({ runId: active, resultsDir: folderOf(cwd, active) }), {})
  store.setRunState(active, 'running', null)
  store.close()
  const refused = await benchmark(['remove', OLDER, active], { cwd })
  expect([refused.exit, refused.stderr]).toEqual([6, expect.stringContaining(`benchmark cancel ${active}`)])
  expect((await benchmark(['list', '--json'], { cwd })).json()).toMatchObject({ total: 3 })
  expect((await benchmark(['remove', active, '--force'], { cwd })).exit).toBe(0)
})

test('import rebuilds a lost database; a damaged folder is named and sets the exit status', async () => {
  const cwd = aProject()
  const before = (await benchmark(['show', OLDER, '--json'], { cwd })).json()
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(cwd, '.benchmark', `benchmark.db${suffix}`), { force: true })
  writeFileSync(join(folderOf(cwd, NEWER), 'metrics.json'), '{')
  const { stdout, exit } = await benchmark(['import'], { cwd })
  expect(exit).toBe(4)
  expect(stdout).toContain('1 restored, 0 already there, 1 damaged')
  expect(stdout).toMatch(/metrics\.json: is not whole JSON/)
  expect((await benchmark(['show', OLDER, '--json'], { cwd })).json()).toEqual(before)
})

test('what --json prints fits its public schema', async () => {
  const cwd = aProject()
  const calls: [string, string[]][] = [
    ['run-list', ['list']],
    ['run', ['show']],
    ['error', ['show', 'nothing']],
    ['rebuild', ['import']],
    ['removal', ['remove', 'latest', 'latest~1']],
  ]
  for (const [kind, argv] of calls) {
    const result = await benchmark([...argv, '--json'], { cwd })
    expect(result.json()).toMatchObject({
      schema: expect.stringMatching(new RegExp(`^benchmark\\.${kind}/`)) as unknown,
    })
    expect(documentErrors(result.json())).toEqual([])
  }
})

test.each(['list', 'show', 'remove', 'import'])('%s --help has examples', async (command) => {
  const { stdout, exit } = await benchmark([command, '--help'], { cwd: dir })
  expect(exit).toBe(0)
  expect(stdout).toContain(`$ benchmark ${command}`)
})
