import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { benchmark, type CliResult, packageRoot, tempDir } from '../support/harness.ts'

const place = tempDir('hub story')
const hub = join(place, 'hub.git')

/** A project of somebody with keys of their own. */
const somebody = (name: string) => {
  const cwd = join(place, name)
  mkdirSync(cwd)
  const env = { BENCHMARK_CONFIG_HOME: join(place, `keys of ${name}`) }
  const run = (...argv: string[]): Promise<CliResult> => benchmark(argv, { cwd, env })
  return { cwd, env, run }
}

const git = (...argv: string[]): string => execFileSync('git', ['-C', hub, ...argv], { encoding: 'utf8' }).trim()

interface Upload {
  readonly uploaded: string[]
  readonly queued: string[]
  readonly rejected: { run_id: string; reason: string }[]
}

const maintainer = somebody('maintainer')
const anna = somebody('anna')
const bert = somebody('bert')
const latest = async (of: ReturnType<typeof somebody>): Promise<string> =>
  ((await of.run('list', '--json')).json() as { runs: { run_id: string }[] }).runs[0]!.run_id

beforeAll(async () => {
  expect((await maintainer.run('hub', 'init', hub, '--name', 'our-lab')).exit).toBe(0)
  for (const [name, of] of [
    ['anna-project', anna],
    ['bert-project', bert],
  ] as const) {
    expect((await of.run('init', '--project-name', name, '--central-hub', hub)).exit).toBe(0)
    expect((await of.run('test', '--quick')).exit).toBe(0)
  }
}, 120_000)

describe('a hub in a folder', () => {
  test('registering, sharing and reading: each sees the runs of the other, nothing goes twice', async () => {
    expect((await anna.run('register', '--json')).json()).toMatchObject({
      state: 'registered',
      project: 'anna-project',
    })
    expect((await anna.run('register', '--json')).json()).toMatchObject({ state: 'unchanged' })
    expect((await bert.run('register')).exit).toBe(0)
    const run = await latest(anna)
    const first = (await anna.run('upload', '--run-id', 'latest', '--visibility', 'public', '--json')).json() as Upload
    expect(first).toMatchObject({ uploaded: [run], queued: [], rejected: [] })
    const commits = git('rev-list', '--count', 'main')
    const second = (await anna.run('upload', '--run-id', run, '--visibility', 'public', '--json')).json() as Upload
    expect(second).toMatchObject({ uploaded: [run], queued: [] })
    expect(git('rev-list', '--count', 'main')).toBe(commits)
    expect((await bert.run('sync', '--json')).json()).toMatchObject({ added: 1, quarantined: [] })
    expect((await bert.run('sync', '--json')).json()).toMatchObject({ added: 0, removed: 0 })
    expect((await bert.run('hub', 'status', '--json')).json()).toMatchObject({ runs: 1, registration: 'registered' })
    expect((await bert.run('audit', 'verify')).exit).toBe(0)
    expect(git('fsck', '--strict')).toBe('')
  })

  test('a private run stays, and says what to do', async () => {
    const refused = await bert.run('upload', '--run-id', 'latest', '--json')
    expect(refused.exit).toBe(4)
    expect((refused.json() as Upload).rejected[0]?.reason).toContain('--visibility')
    expect(git('ls-tree', '-r', '--name-only', 'main')).not.toContain('bert-project/20')
  })

  test('a hub that is away queues and exits 0; the next sync delivers', async () => {
    renameSync(hub, `${hub}.away`)
    const away = await bert.run('upload', '--run-id', 'latest', '--visibility', 'public')
    expect(away).toMatchObject({ exit: 0 })
    expect(away.stdout).toContain('Queued')
    renameSync(`${hub}.away`, hub)
    const run = await latest(bert)
    expect((await bert.run('sync', '--json')).json()).toMatchObject({ delivered: [run], queued: 0, added: 1 })
  })

  test('anonymised: held while it stands alone, shared when its owner does not mind; no name of anything leaves', async () => {
    const preview = (await anna.run('privacy', 'preview', '--visibility', 'community', '--json')).json() as {
      document: string
      held: string | null
    }
    expect(preview.held).toContain('identify')
    expect(preview.document).not.toContain('anna')
    const held = await anna.run('upload', '--run-id', 'latest', '--visibility', 'community')
    expect(held.stdout).toContain('held')
    await anna.run('upload', '--run-id', 'latest', '--visibility', 'community', '--allow-small-group')
    const path = git('ls-tree', '-r', '--name-only', 'main')
      .split('\n')
      .find((one) => one.includes('/community/'))
    expect(path).toMatch(/warehouse\/results\/community\/\d{4}-\d{2}\/[0-9a-z]{26}\.json$/)
    expect(git('show', `main:${path ?? ''}`)).not.toMatch(/anna|hub story/)
    expect(git('log', '-1', '--format=%an %ae %s %b', 'main')).not.toContain('anna')
  })

  test('the check takes everything that was shared, and refuses what somebody changed by hand', async () => {
    const all = await maintainer.run('hub', 'check', '--repository', hub, '--base', '0', '--head', 'main')
    expect(all.exit).toBe(0)
    const clone = join(place, 'clone')
    execFileSync('git', ['clone', '--quiet', hub, clone])
    const file = git('ls-tree', '-r', '--name-only', 'main')
      .split('\n')
      .find((one) => one.includes('/anna-project/20'))!
    writeFileSync(join(clone, file), readFileSync(join(clone, file), 'utf8').replace('"completed"', '"imported"'))
    const commit = ['-c', 'user.name=x', '-c', 'user.email=x@y.z', 'commit', '--quiet', '-am', 'better numbers']
    execFileSync('git', ['-C', clone, ...commit])
    const bad = await maintainer.run(
      'hub',
      'check',
      '--repository',
      clone,
      '--base',
      'HEAD~1',
      '--head',
      'HEAD',
      '--json',
    )
    expect(bad.exit).toBe(5)
    expect(bad.json()).toMatchObject({ refused: true, findings: [{ path: file, rule: 'changed' }] })
    // As a hook, with the updates of the push on standard input.
    const hook = join(hub, 'hooks', 'pre-receive')
    const program = `"${process.execPath}" "${join(packageRoot, 'bin/run.js')}"`
    writeFileSync(hook, `#!/bin/sh\nexec ${program} hub check --repository .\n`)
    chmodSync(hook, 0o755)
    expect(() => execFileSync('git', ['-C', clone, 'push', '--quiet'], { stdio: 'pipe' })).toThrow(/never changes/)
  })

  test('the view, an erasure and a new epoch reach everybody', async () => {
    const view = join(place, 'view')
    expect((await bert.run('hub', 'view', view)).exit).toBe(0)
    expect(readdirSync(join(view, 'warehouse', 'aggregated')).sort()).toEqual([
      'by_dataset',
      'by_metric',
      'by_pipeline',
    ])
    const run = await latest(anna)
    expect(existsSync(join(view, 'warehouse/results/anna-project', run, 'run.json'))).toBe(true)
    expect((await anna.run('hub', 'erase', run, '--reason', 'mistake')).exit).toBe(0)
    expect((await bert.run('sync', '--json')).json()).toMatchObject({ removed: 1 })
    await maintainer.run('init', '--project-name', 'maintainer-project', '--central-hub', hub)
    expect((await anna.run('hub', 'squash')).exit).toBe(6)
    expect((await maintainer.run('hub', 'squash')).exit).toBe(0)
    expect(git('rev-list', '--count', 'main')).toBe('1')
    const after = await bert.run('sync', '--json')
    expect(after).toMatchObject({ exit: 0 })
    expect((after.json() as { notes: string[] }).notes.join(' ')).toContain('new epoch')
    await bert.run('hub', 'view', view)
    expect(existsSync(join(view, 'warehouse/results/anna-project', run))).toBe(false)
  })

  test('keys are for their owner alone', () => {
    const keys = join(anna.env.BENCHMARK_CONFIG_HOME, 'keys')
    for (const name of readdirSync(keys)) expect(statSync(join(keys, name)).mode & 0o077).toBe(0)
  })
})

describe('killed at any moment', () => {
  test('uploads and syncs lose nothing and double nothing', async () => {
    const carl = somebody('carl')
    await carl.run('init', '--project-name', 'carl-project', '--central-hub', hub)
    await carl.run('register')
    const rounds = Number(process.env['BENCHMARK_HUB_KILLS'] ?? 12)
    for (let round = 0; round < rounds; round++) {
      if (round % 4 === 0) await carl.run('test', '--quick')
      const argv = round % 2 === 0 ? ['upload', '--run-id', 'latest', '--visibility', 'public'] : ['sync']
      const child = execFile(process.execPath, [join(packageRoot, 'bin/run.js'), ...argv], {
        cwd: carl.cwd,
        env: { ...process.env, ...carl.env },
      })
      // Spread over start-up, reading, writing and sending.
      await sleep(150 + ((round * 211) % 1100))
      child.kill('SIGKILL')
      await new Promise((resolve) =>
        child.exitCode !== null || child.signalCode !== null ? resolve(0) : child.once('exit', resolve),
      )
    }
    const runs = ((await carl.run('list', '--json')).json() as { runs: { run_id: string }[] }).runs.map(
      ({ run_id }) => run_id,
    )
    const shared = await carl.run(
      'upload',
      '--visibility',
      'public',
      '--json',
      ...runs.flatMap((id) => ['--run-id', id]),
    )
    expect((shared.json() as Upload).uploaded.sort()).toEqual([...runs].sort())
    expect((await carl.run('sync')).exit).toBe(0)
    const there = git('ls-tree', '-r', '--name-only', 'main')
      .split('\n')
      .filter((path) => path.includes('/carl-project/20'))
    expect(there).toHaveLength(runs.length)
    expect(git('rev-list', '--min-parents=2', '--count', 'main')).toBe('0')
    // The new epoch has left the history before it dangling.
    expect(git('fsck', '--strict', '--no-dangling')).toBe('')
    expect((await carl.run('audit', 'verify')).exit).toBe(0)
    expect((await carl.run('hub', 'status', '--json')).json()).toMatchObject({ waiting: [] })
    expect((await maintainer.run('hub', 'check', '--repository', hub, '--base', '0', '--head', 'main')).exit).toBe(0)
  }, 240_000)
})
