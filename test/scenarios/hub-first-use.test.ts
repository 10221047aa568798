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
