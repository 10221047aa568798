// Closed months with seals, by the program and real git: who folds a month seals it, and readers take its runs on that word.
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { signedSealBytes } from '../../src/core/hub/signed-bytes.ts'
import { canonicalJson } from '../../src/core/canonical-json.ts'
import type { HubSealDocument } from '../../src/generated/hub-seal.ts'
import { git } from '../support/git-server.ts'
import { tempDir } from '../support/harness.ts'
import { daysOff, expectWholeHub, pathsOf, type Person, person } from '../support/hub-scene.ts'

const WAIT = 240_000
const place = tempDir('hub seals')
const hub = join(place, 'hub.git')
const ids = (runs: readonly string[]): string[] => runs.flatMap((id) => ['--run-id', id])
const seals = (): string[] => pathsOf(hub).filter((path) => path.endsWith('.seal.json'))
const check = (base = '0') =>
  keeper.run('hub', 'check', '--repository', hub, '--base', base, '--head', 'main', '--json')

let keeper: Person
let ines: Person
let jon: Person

beforeAll(async () => {
  keeper = person(place, 'keeper', hub)
  ines = person(place, 'ines', hub)
  jon = person(place, 'jon', hub)
  expect((await keeper.runWith(daysOff(-70), 'hub', 'init', hub, '--name', 'our-lab')).exit).toBe(0)
  for (const who of [ines, jon]) {
    expect((await who.runWith(daysOff(-70), 'register')).exit).toBe(0)
    expect((await who.runWith(daysOff(-64), 'upload', ...ids(who.addRuns(4, 65)))).exit).toBe(0)
  }
}, WAIT)

test(
  'uploads of two projects fold and seal a month each; a third reads both, and the check agrees',
  async () => {
    // A month counts as closed once whoever wrote last thought so: the first upload closes none.
    for (const who of [ines, jon, ines]) expect((await who.run('upload', ...ids(who.addRuns(1)))).exit).toBe(0)
    expect(seals().map((path) => path.split('/')[2])).toEqual(['ines', 'jon'])
    const kai = person(place, 'kai', hub)
    expect((await kai.run('sync', '--json')).json()).toMatchObject({ added: 11, quarantined: [], notes: [] })
    expect((await check()).json()).toMatchObject({ refused: false, new_runs: 11, findings: [] })
    expect((await keeper.run('hub', 'compact', '--json')).json()).toMatchObject({ commit: null })
    expectWholeHub(hub)
  },
  WAIT,
)

test(
  'a late run of hers makes the seal anew; a maintainer without her key takes it away, and she puts one there again',
  async () => {
    expect((await ines.runWith(daysOff(-60), 'upload', ...ids(ines.addRuns(1, 65)))).exit).toBe(0)
    const before = git(hub, 'rev-parse', 'main')
    expect((await ines.run('upload', ...ids(ines.addRuns(1)))).exit).toBe(0)
    expect((await ines.run('upload', ...ids(ines.addRuns(1)))).exit).toBe(0)
    const path = seals()[0] ?? ''
    expect((JSON.parse(git(hub, 'show', `main:${path}`)) as HubSealDocument).runs).toBe(5)
    expect((await check(before)).json()).toMatchObject({ refused: false, findings: [] })

    expect((await ines.runWith(daysOff(-60), 'upload', ...ids(ines.addRuns(1, 65)))).exit).toBe(0)
    expect((await keeper.run('hub', 'compact', '--json')).json()).toMatchObject({ changed: 1, removed: 2, notes: [] })
    expect(seals()).not.toContain(path)
    const sealed = await ines.run('hub', 'compact', '--json')
    expect(sealed.json()).toMatchObject({ changed: 1, removed: 0, runs: 0 })
    expect(sealed.stdout).toContain('1 closed month was sealed')
    expect(seals()).toContain(path)
    expect((await check(before)).json()).toMatchObject({ refused: false, findings: [] })
    const kai = person(place, 'kai', hub)
    expect((await kai.run('sync', '--json')).json()).toMatchObject({ added: 4, removed: 0, quarantined: [] })
  },
  WAIT,
)

test(
  'a wrong signature of one’s own below a right seal: taken by newcomers, refused by the check and by who knew the run',
  async () => {
    const clone = join(place, 'clone')
    git(place, 'clone', '--quiet', hub, clone)
    const path = seals()[0] ?? ''
    const month = path.replace('.seal.json', '.jsonl')
    const lines = readFileSync(join(clone, month), 'utf8').trimEnd().split('\n')
    const sig = (line = ''): string => /"sig":"([^"]{86})"/.exec(line)?.[1] ?? ''
    const spoilt = lines.map((line, at) => (at === 0 ? line.replace(sig(line), sig(lines[1])) : line))
    const bytes = `${spoilt.join('\n')}\n`
    const key = createPrivateKey(
      readFileSync(join(ines.env['BENCHMARK_CONFIG_HOME'] ?? '', 'keys', 'project-ines.pem')),
    )
    const { salt } = JSON.parse(readFileSync(join(clone, 'hub.json'), 'utf8')) as { salt: string }
    const body = {
      ...(JSON.parse(readFileSync(join(clone, path), 'utf8')) as HubSealDocument),
      segment_sha256: createHash('sha256').update(bytes).digest('hex'),
    }
    const commit = (message: string): void => {
      git(clone, 'add', '--all')
      git(clone, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '-m', message)
      git(clone, 'push', '--quiet', 'origin', 'HEAD:main')
    }
    writeFileSync(join(clone, month), bytes)
    writeFileSync(
      join(clone, path),
      `${canonicalJson({ ...body, sig: sign(null, signedSealBytes(body, salt), key).toString('base64url') })}\n`,
    )
    commit('spoil')
    const lena = person(place, 'lena', hub)
    expect((await lena.run('sync', '--json')).json()).toMatchObject({ added: 15, quarantined: [] })
    const kai = person(place, 'kai', hub)
    expect((await kai.run('sync', '--json')).json()).toMatchObject({
      added: 0,
      quarantined: expect.arrayContaining([
        expect.objectContaining({ path: month, reason: expect.stringContaining('signed differently') as string }),
      ]) as unknown,
    })
    const refused = await check()
    expect(refused.exit).toBe(5)
    expect(refused.json()).toMatchObject({ findings: [{ path: month, rule: 'signature' }] })
    expect((await check('main~1')).json()).toMatchObject({ refused: true })

    rmSync(join(clone, path))
    commit('no seal')
    expect((await check('main~1')).json()).toMatchObject({ findings: [{ path, rule: 'removed' }] })
    const mia = person(place, 'mia', hub)
    expect((await mia.run('sync', '--json')).json()).toMatchObject({
      added: 14,
      quarantined: [{ path: month, reason: expect.stringContaining('signature') as string }],
    })
    // She cannot seal what is not signed rightly.
    expect((await ines.run('hub', 'compact', '--json')).json()).toMatchObject({ commit: null })
  },
  WAIT,
)
