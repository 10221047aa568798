import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PruneDocument } from '../../src/generated/prune.ts'
import type { RunDocument } from '../../src/generated/run.ts'
import { createContentCache } from '../../src/hub/fetch/content-cache.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'
import { daysOff } from '../support/hub-scene.ts'
import { aProject, oldAndNew, type Project, states } from '../support/prune-project.ts'

const TRACE = join(packageRoot, 'test/fixtures/trees/funcscan-4/pipeline_info/execution_trace_2026-11-02_10-00-00.txt')

const everything = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/benchmark\.db/.test(name))
    .sort()
const pathsOf = ({ removed }: PruneDocument): string[] => removed.map(({ kind, run_id }) => `${kind} ${run_id ?? ''}`)

describe('benchmark prune', () => {
  test('frees what old runs wrote, and loses no number; --dry-run says the same beforehand', async () => {
    const project = aProject()
    const { old, now } = await oldAndNew(project)
    const [before, newer] = [await project.show(old), await project.show(now)]
    const files = everything(project.dir)

    const preview = await project.prune('--dry-run')
    expect(preview).toMatchObject({ exit: 0, dry_run: true, older_than_seconds: 90 * 86_400, problems: [], kept: [] })
    expect(preview.removed).toMatchObject([{ kind: 'outputs', run_id: old, count: 2, files: 4 }])
    expect(preview.bytes_freed).toBeGreaterThan(400_000)
    expect(everything(project.dir)).toEqual(files)
    expect((await project.call('audit', 'list', '--json')).json()).toMatchObject({ entries: [] })

    expect(await project.prune()).toEqual({ ...preview, dry_run: false })
    expect(project.outputs(old)).toEqual([])
    expect(project.outputs(now)).toHaveLength(2)
    const after = await project.show(old)
    expect(after).toEqual({ ...before, outputs_pruned_at: after.outputs_pruned_at })
    expect(await project.show(now)).toEqual(newer)
    expect((await project.call('show', old)).stdout).toContain('of 2 executions removed by `benchmark prune`')
    expect((await project.call('show', now)).stdout).not.toContain('prune')
    const gone = files.filter((name) => !everything(project.dir).includes(name))
    expect(gone.every((name) => name.includes(`${old}/outputs/`))).toBe(true)
    expect((await project.call('audit', 'list', '--json')).json()).toMatchObject({
      entries: [{ action: 'prune', detail: { chosen: { outputs: { count: 2 } }, runs: [old] } }],
    })
    expect((await project.call('audit', 'verify')).exit).toBe(0)

    const output = `.benchmark/results/${old}/outputs/001-job-S1-r1/hits.tsv`
    const scored = await project.call('score', '--truth', 'truth.tsv', '--prediction', output, '--format', 'abricate')
    expect([scored.exit, scored.stderr]).toEqual([3, expect.stringContaining(`benchmark show ${old}`)])

    const again = await project.call('prune')
    expect([again.exit, again.stdout]).toEqual([0, expect.stringContaining('Nothing to do')])
    // The database can still be made from the folders.
    const copy = tempDir('restored')
    expect((await benchmark(['import', project.results('')], { cwd: copy })).exit).toBe(0)
    const restored = (await benchmark(['show', old, '--json'], { cwd: copy })).json() as RunDocument
    expect(restored.summary).toEqual(before.summary)
    for (const command of [
      ['report', old],
      ['compare', old, '--with', `run:${now}`],
      ['dashboard', '--output', 'site'],
      ['list'],
      ['history', '--metric', 'sensitivity'],
    ])
      expect((await project.call(...command)).stderr).not.toContain('bug')
  })

  test('what could have been reused runs again, and says so; what is there is reused', async () => {
    const project = aProject()
    const { old } = await oldAndNew(project)
    await project.prune()
    expect(states(await project.run(0))).toEqual(['cached', 'cached'])
    project.restore()
    const preview = await project.call('run', '--dry-run')
    expect(preview.stdout).toMatch(/run: the outputs of run \S+ were removed by `benchmark prune` on 20/)
    const result = await project.call('run', '--json')
    expect(states(result.json() as RunDocument)).toEqual(['succeeded', 'succeeded'])
    const told = result.stderr.split('\n').filter((line) => line.includes('benchmark prune'))
    expect(told).toEqual([
      expect.stringContaining(`What could have been reused runs again: the outputs of run ${old} were removed`),
    ])
    // The measurement whose outputs are gone no longer stands before those that are there.
    expect(states(await project.run(0))).toEqual(['cached', 'cached'])
  })

  test('keeps baselines, the newest of a pipeline, what newer runs took over, and what can go on', async () => {
    const project = aProject()
    const { run_id: source } = await project.run(120)
    const { run_id: measured } = await project.run(110, '--no-cache')
    const { run_id: baseline } = await project.run(105, '--no-cache')
    const { run_id: unfinished } = await project.run(104, '--no-cache')
    const taking = await project.run(1)
    expect(taking.executions[0]?.cached_from?.run_id).toBe(source)
    await project.call('baseline', 'set', baseline)
    project.sql("UPDATE run SET state = 'interrupted' WHERE id = @id", { id: unfinished })
    const result = await project.prune()
    expect(pathsOf(result)).toEqual([`outputs ${measured}`])
    expect(Object.fromEntries(result.kept.map(({ run_id, because }) => [run_id, because]))).toEqual({
      [source]: 'reused',
      [baseline]: 'baseline',
      [unfinished]: 'unfinished',
    })
    for (const runId of [source, baseline, unfinished]) expect(project.outputs(runId)).toHaveLength(2)
    const text = (await project.call('prune')).stdout
    for (const words of ['newer runs took over', 'later runs are held against', 'they can go on'])
      expect(text).toContain(words)
    // When the run that took them over is old itself and not the newest, they go together.
    project.age(taking.run_id, 100)
    await project.run(1, '--no-cache')
    expect(pathsOf(await project.prune())).toEqual([`outputs ${source}`])
  })

  test('leaves the run alone that a runner works on, and works beside it', async () => {
    const project = aProject()
    const { old, now } = await oldAndNew(project)
    await project.run(100, '--no-cache')
    const active = (await project.run(100, '--no-cache')).run_id
    project.sql("INSERT INTO lease VALUES (1, @id, 'elsewhere', 'boot', 1, '1')", { id: active })
    const result = await project.prune()
    expect(result.kept).toContainEqual({ run_id: active, because: 'active' })
    expect(project.outputs(active)).toHaveLength(2)
    expect(project.outputs(old)).toEqual([])
    expect(project.outputs(now)).toHaveLength(2)
  })

  test('follows no link and takes nothing that the run did not make, wherever its folder is', async () => {
    const project = aProject()
    const elsewhere = join(project.dir, 'results of mine')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'mine.txt'), 'mine')
    const { run_id: old } = await project.run(100, '--output', elsewhere, '--repeats', '2')
    project.change()
    await project.run(1)
    // It had something in it, so the run has a folder of its own there.
    const folder = join(elsewhere, old)
    const [first = '', second = ''] = readdirSync(join(folder, 'outputs')).sort()
    const archive = tempDir('archive')
    renameSync(join(folder, 'outputs', first), join(archive, 'moved'))
    symlinkSync(join(archive, 'moved'), join(folder, 'outputs', first))
    mkdirSync(join(folder, 'outputs', 'notes of mine'))
    writeFileSync(join(folder, 'outputs', 'notes of mine', 'a.txt'), 'a')
    symlinkSync(archive, join(folder, 'outputs', second, 'link'))
    expect((await project.prune()).removed).toMatchObject([{ run_id: old, count: 3 }])
    expect(readdirSync(join(folder, 'outputs')).sort()).toEqual([first, 'notes of mine'])
    expect(existsSync(join(archive, 'moved', 'large.bam'))).toBe(true)
    expect(readFileSync(join(elsewhere, 'mine.txt'), 'utf8')).toBe('mine')
  })

  test('takes nothing outside of the project or behind a link to a run, for it may be somebody else’s as well', async () => {
    const project = aProject()
    const { old } = await oldAndNew(project)
    const { run_id: outside } = await project.run(100, '--output', join(tempDir('outside'), 'here'), '--no-cache')
    // What a copy knows of are the folders of what it was copied from.
    const copy = tempDir('copy')
    cpSync(project.dir, copy, { recursive: true })
    const inCopy = await benchmark(['prune', '--json'], { cwd: copy })
    expect(inCopy.json()).toMatchObject({
      removed: [],
      kept: expect.arrayContaining([{ run_id: old, because: 'elsewhere' }]) as unknown[],
    })
    expect(project.outputs(old)).toHaveLength(2)
    const archive = join(tempDir('archive'), old)
    cpSync(project.results(old), archive, { recursive: true })
    rmSync(project.results(old), { recursive: true })
    symlinkSync(archive, project.results(old))
    const result = await project.prune()
    expect(result.removed).toEqual([])
    for (const runId of [outside, old]) expect(result.kept).toContainEqual({ run_id: runId, because: 'elsewhere' })
    expect(readdirSync(join(archive, 'outputs'))).toHaveLength(2)
  })

  test('takes no folder that belongs to another run, or that is a link', async () => {
    const project = aProject()
    const { old, now } = await oldAndNew(project)
    const plan = readFileSync(project.results(old, 'plan.json'), 'utf8')
    const metadata = readFileSync(project.results(old, 'metadata.json'), 'utf8')
    for (const name of ['plan.json', 'metadata.json'])
      writeFileSync(project.results(old, name), readFileSync(project.results(now, name)))
    expect((await project.prune()).removed).toEqual([])
    writeFileSync(project.results(old, 'plan.json'), plan)
    writeFileSync(project.results(old, 'metadata.json'), metadata)
    const archive = tempDir('archive')
    cpSync(project.results(old, 'outputs'), archive, { recursive: true })
    rmSync(project.results(old, 'outputs'), { recursive: true })
    symlinkSync(archive, project.results(old, 'outputs'))
    expect((await project.prune()).removed).toEqual([])
    expect(readdirSync(archive)).toHaveLength(2)
  })

  test('--logs takes the logs of the same executions, --only nothing else', async () => {
    const project = aProject()
    const { old, now } = await oldAndNew(project)
    expect((await project.prune('--only', 'leftovers', '--only', 'mirrors')).removed).toEqual([])
    expect(pathsOf(await project.prune('--logs'))).toEqual([`outputs ${old}`, `logs ${old}`])
    expect(readdirSync(project.results(old, 'logs'))).toEqual([])
    expect(readdirSync(project.results(now, 'logs'))).toHaveLength(2)
    expect((await project.call('show', old)).exit).toBe(0)
  })

  test('the traces of workflows stay, and so do the processes in a report', async () => {
    const project = aProject('mkdir "$2/pipeline_info" && cp trace.txt "$2/pipeline_info/execution_trace_1.txt"')
    writeFileSync(join(project.dir, 'trace.txt'), readFileSync(TRACE))
    const { old } = await oldAndNew(project)
    const processes = async (): Promise<unknown> => {
      const { stdout } = await project.call('report', old, '--format', 'json')
      return (JSON.parse(stdout) as { resources: { processes: unknown } }).resources.processes
    }
    const before = await processes()
    expect(JSON.stringify(before)).toContain('wall_seconds')
    expect((await project.prune()).removed).toHaveLength(1)
    expect(await processes()).toEqual(before)
    expect((await project.prune('--logs')).totals).toMatchObject([{ kind: 'logs', count: 2 }])
    const { stdout } = await project.call('report', old, '--format', 'json')
    expect(JSON.stringify(JSON.parse(stdout))).toContain('removed by `benchmark prune` on 20')
  })
})

test('where the traces cannot be kept, the outputs stay as they are', async () => {
  const project = aProject('mkdir "$2/pipeline_info" && cp trace.txt "$2/pipeline_info/execution_trace_1.txt"')
  writeFileSync(join(project.dir, 'trace.txt'), readFileSync(TRACE))
  const { old } = await oldAndNew(project)
  const before = project.outputs(old)
  for (const name of before) {
    rmSync(project.results(old, 'logs', name), { recursive: true })
    symlinkSync(tempDir('logs'), project.results(old, 'logs', name))
  }
  const result = await project.prune()
  expect([result.exit, result.removed]).toEqual([6, []])
  expect(project.outputs(old)).toEqual(before)
})

describe('what else takes space', () => {
  const sha = 'ab'.padEnd(64, '0')
  const later = (project: Project, days: number, ...flags: string[]) =>
    benchmark(['prune', '--json', ...flags], { cwd: project.dir, env: daysOff(days) })

  test('cached files that no dataset has, unfinished fetches, and temporary files go when nobody used them', async () => {
    const project = aProject()
    const { run_id: runId } = await project.run(0)
    const cache = join(project.dir, '.benchmark', 'cache', 'sha256', 'ab')
    mkdirSync(cache, { recursive: true })
    const shared = sha.replace(/0$/, '1')
    const part = `${sha.replace(/0$/, '2')}.01234567-4711-0.part`
    for (const name of [sha, shared, part, `${part}.json`, 'notes.txt'])
      writeFileSync(join(cache, name), 'x'.repeat(5000))
    linkSync(join(cache, shared), join(project.dir, 'reads.fq'))
    const temporary = project.results(runId, '.metadata.json.4711.0.tmp')
    const stray = join(project.dir, '.benchmark', '.x.json.1.2.tmp')
    for (const file of [temporary, stray]) writeFileSync(file, 'half')
    mkdirSync(project.results(runId, 'scratch', project.outputs(runId)[0] ?? ''), { recursive: true })
    mkdirSync(project.results(runId, 'scratch', 'mine'))
    writeFileSync(project.results(runId, '.notes.1.2.tmp'), 'mine')
    mkdirSync(project.results(runId, 'mine'))

    expect((await project.prune()).removed).toEqual([])
    const soon = (await later(project, 2)).json() as PruneDocument
    expect(soon.removed.map(({ kind, path, count: of }) => [kind, path, of])).toEqual([
      ['leftovers', project.results(runId, 'scratch'), 1],
      ['leftovers', project.results(runId), 1],
      ['leftovers', join(project.dir, '.benchmark'), 1],
    ])
    expect(readdirSync(project.results(runId)).sort()).toEqual(
      ['.notes.1.2.tmp', 'logs', 'metadata.json', 'metrics.json', 'mine', 'outputs', 'plan.json', 'scratch'].sort(),
    )
    expect(readdirSync(project.results(runId, 'scratch'))).toEqual(['mine'])
    const much = (await later(project, 91)).json() as PruneDocument
    expect(much.removed).toMatchObject([{ kind: 'downloads', path: cache, count: 3, run_id: null }])
    expect(readdirSync(cache).sort()).toEqual([shared, 'notes.txt'])
    expect(project.outputs(runId)).toHaveLength(2)
  })

  test('mirrors of hubs that the project has no longer go, those of its hub stay', async () => {
    const place = tempDir('hubs')
    const project = aProject('', `  central_hub: {url: ${JSON.stringify(join(place, 'ours.git'))}}\n`)
    const env = { BENCHMARK_CONFIG_HOME: join(place, 'keys') }
    for (const name of ['ours', 'theirs']) {
      const made = await benchmark(['hub', 'init', join(place, `${name}.git`), '--name', name], {
        cwd: project.dir,
        env,
      })
      expect(made.exit, made.stderr).toBe(0)
      const read = await benchmark(['sync', '--hub', join(place, `${name}.git`)], { cwd: project.dir, env })
      expect(read.exit, read.stderr).toBe(0)
    }
    const hubs = join(project.dir, '.benchmark', 'cache', 'hubs')
    const mirrors = (): string[] =>
      readdirSync(hubs, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    mkdirSync(join(hubs, 'something of mine'))
    expect(mirrors()).toHaveLength(3)
    expect((await project.prune()).removed).toEqual([])
    const result = (await later(project, 91)).json() as PruneDocument
    expect(result.removed).toMatchObject([{ kind: 'mirrors', count: 1, run_id: null }])
    expect(result.removed[0]?.path).toContain('theirs')
    expect(mirrors()).toHaveLength(2)
    // What was read from it is in the database, and it can be fetched again.
    const again = await benchmark(['sync', '--hub', join(place, 'theirs.git')], { cwd: project.dir, env })
    expect(again.exit, again.stderr).toBe(0)
  })
})

describe('mistakes', () => {
  test.each(['90', 'old', '-1d', ''])('an age of "%s" is refused', async (age) => {
    const { exit, stderr } = await benchmark(['prune', `--older-than=${age}`], { cwd: tempDir('age') })
    expect([exit, stderr]).toEqual([2, expect.stringContaining('90d')])
  })

  test('where there is no project there is nothing to do, and nothing is made', async () => {
    const cwd = tempDir('nothing')
    const { exit, stdout } = await benchmark(['prune'], { cwd })
    expect([exit, stdout]).toEqual([0, expect.stringContaining('Nothing to do')])
    expect(readdirSync(cwd)).toEqual([])
  })

  test('--help has examples', async () => {
    const { exit, stdout } = await benchmark(['prune', '--help'], { cwd: tempDir('help') })
    expect([exit, stdout]).toEqual([0, expect.stringContaining('--dry-run')])
    expect(stdout).toContain('EXAMPLES')
  })
})

// Files of the cache tell by their times when they were used last.
test('a fetch touches what it takes from the cache', async () => {
  const project = aProject()
  const data = 'reads of somebody'
  const sha256 = createHash('sha256').update(data).digest('hex')
  const cached = join(project.dir, '.benchmark', 'cache', 'sha256', sha256.slice(0, 2), sha256)
  mkdirSync(join(cached, '..'), { recursive: true })
  writeFileSync(cached, data)
  utimesSync(cached, new Date(0), new Date(0))
  const cache = createContentCache({ folder: join(project.dir, '.benchmark', 'cache'), env: {} })
  const obtained = await cache.obtain(
    { sha256, bytes: data.length, sources: [] },
    { signal: new AbortController().signal, onBytes: () => undefined },
  )
  expect(obtained.outcome).toBe('cached')
  expect(Date.now() - statSync(cached).mtimeMs).toBeLessThan(60_000)
})
