// What somebody meets who uses a hub for the first time, and that what was shown is what leaves.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { benchmark, type CliResult, tempDir } from '../support/harness.ts'

const place = tempDir('hub first use')
const hub = join(place, 'hub.git')

const somebody = (name: string) => {
  const cwd = join(place, name)
  mkdirSync(cwd)
  const keys = join(place, `keys of ${name}`)
  const run = (...argv: string[]): Promise<CliResult> => benchmark(argv, { cwd, env: { BENCHMARK_CONFIG_HOME: keys } })
  return { run, keys: join(keys, 'keys') }
}
const maintainer = somebody('maintainer')
const anna = somebody('anna')

interface Preview {
  readonly document: string
}
interface Shared {
  readonly payload: Readonly<Record<string, unknown>> & { readonly samples: readonly string[] }
}
const files = (): string[] =>
  execFileSync('git', ['-C', hub, 'ls-tree', '-r', '--name-only', 'main'], { encoding: 'utf8' }).trim().split('\n')
const inHub = (folder: string): Buffer => {
  const path = files().find((one) => one.startsWith(`warehouse/results/${folder}/`)) ?? 'none'
  return execFileSync('git', ['-C', hub, 'cat-file', 'blob', `main:${path}`])
}

beforeAll(async () => {
  const made = await maintainer.run('hub', 'init', hub, '--name', 'our-lab')
  expect([made.exit, made.stdout]).toEqual([0, expect.stringContaining(maintainer.keys)])
  expect((await anna.run('init', '--project-name', 'anna', '--central-hub', hub)).exit).toBe(0)
  expect((await anna.run('test', '--quick')).exit).toBe(0)
}, 120_000)

test('a hub that is one already keeps its name, and nobody gets a key for it by asking again', async () => {
  const again = await anna.run('hub', 'init', hub, '--name', 'mine')
  expect([again.exit, again.stdout]).toEqual([0, expect.stringContaining('stays our-lab')])
  expect(existsSync(anna.keys) ? readdirSync(anna.keys) : []).toEqual([])
  expect((await anna.run('sync')).stdout).toContain('no runs in this hub yet')
})

test('what a preview shows of a named run is what leaves, byte for byte', async () => {
  const undecided = await anna.run('privacy', 'preview')
  expect([undecided.exit, undecided.stderr]).toEqual([2, expect.stringContaining('--visibility')])
  const preview = (await anna.run('privacy', 'preview', '--visibility', 'public', '--json')).json() as Preview
  const upload = ['upload', '--run-id', 'latest', '--visibility', 'public']
  const early = await anna.run(...upload)
  expect([early.exit, early.stdout]).toEqual([4, expect.stringContaining('benchmark register')])
  expect((await anna.run('register')).exit).toBe(0)
  expect((await anna.run(...upload)).exit).toBe(0)
  expect(inHub('anna').toString('utf8')).toBe(preview.document)
}, 60_000)

test('of an anonymous one, too, but for its id, its signature and the order of samples', async () => {
  const preview = (await anna.run('privacy', 'preview', '--visibility', 'community', '--json')).json() as Preview
  const upload = ['upload', '--run-id', 'latest', '--visibility', 'community', '--allow-small-group']
  expect((await anna.run(...upload)).exit).toBe(0)
  const [shown, sent] = [preview.document, inHub('community').toString('utf8')]
  const [one, other] = [shown, sent].map((text) => (JSON.parse(text) as Shared).payload)
  expect({ ...other, executions: null }).toEqual({ ...one, executions: null })
  // The same numbers in another order.
  const numbers = (text: string): string[] => (text.match(/[\d.]+/g) ?? []).filter((one) => one.length < 10).sort()
  expect(numbers(JSON.stringify(other?.['executions']))).toEqual(numbers(JSON.stringify(one?.['executions'])))
  for (const name of ['anna', 'wastewater', 'demonstration']) expect(JSON.stringify(other)).not.toContain(name)
  const commit = execFileSync('git', ['-C', hub, 'log', '-1', '--format=%an %ae %cn %ce %ad %cd %B', 'main'], {
    encoding: 'utf8',
  })
  expect(commit).toMatch(/^bm-\w{8} \w{26}@benchmark\.invalid bm-.* \+0000 .* \+0000 community: run \w{26}\s*$/)
}, 60_000)

test('a hub that takes no pushes from somebody takes their registration as a bundle, or as a branch, from a maintainer', async () => {
  const clone = join(place, 'clone of the maintainer')
  const git = (...argv: string[]): string => execFileSync('git', ['-C', clone, ...argv], { encoding: 'utf8' })
  const merge = (what: string): string =>
    git('-c', 'user.name=m', '-c', 'user.email=m@example.org', 'merge', '--no-ff', '-m', 'Take it in', what)
  const check = (head: string): Promise<CliResult> =>
    maintainer.run('hub', 'check', '--repository', clone, '--base', 'origin/main', '--head', head)
  execFileSync('git', ['clone', '--quiet', hub, clone])

  const bert = somebody('bert')
  expect((await bert.run('init', '--project-name', 'bert', '--central-hub', hub)).exit).toBe(0)
  const file = join(place, 'of bert.bundle')
  const given = await bert.run('register', '--bundle', file)
  expect([given.exit, given.stdout]).toEqual([
    0,
    expect.stringContaining("git fetch 'of bert.bundle' register-bert &&"),
  ])
  // Somebody was faster.
  const carl = somebody('carl')
  expect((await carl.run('init', '--project-name', 'carl', '--central-hub', hub)).exit).toBe(0)
  const branched = await carl.run('register', '--branch')
  expect([branched.exit, branched.stdout]).toEqual([
    0,
    expect.stringContaining('pull request from the branch register-carl'),
  ])
  git('fetch', '--quiet', 'origin')
  expect((await check('origin/register-carl')).exit).toBe(0)
  merge('origin/register-carl')
  expect((await check('HEAD')).exit).toBe(0)
  git('push', '--quiet', 'origin', 'HEAD:main')

  git('fetch', '--quiet', file, 'register-bert')
  merge('FETCH_HEAD')
  expect((await check('HEAD')).exit).toBe(0)
  git('push', '--quiet', 'origin', 'HEAD:main')
  for (const one of [bert, carl]) {
    expect((await one.run('test', '--quick')).exit).toBe(0)
    expect((await one.run('upload', '--run-id', 'latest', '--visibility', 'public')).exit).toBe(0)
    expect((await one.run('register')).stdout).toContain('already registered')
  }
  expect((await anna.run('sync', '--json')).json()).toMatchObject({ quarantined: [] })
  const status = (await anna.run('hub', 'status', '--json')).json()
  expect(status).toMatchObject({ state: 'ok', runs: 4 })
}, 120_000)
