// A hub kept by somebody hostile, read through the program: what does not belong there is named or refused, and nothing else happens.
import { createWriteStream, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { git, type GitServer, initBare, startGitServer } from '../support/git-server.ts'
import { tempDir } from '../support/harness.ts'
import { expectWholeDatabase, type Person, person } from '../support/hub-scene.ts'

const WAIT = 300_000
const place = tempDir('hub hostile')
const served = join(place, 'served')
const bare = join(served, 'hub.git')
const clone = join(place, 'clone')
const NO_GIT = { PATH: '/nonexistent' }
const MIB = 1024 * 1024

let server: GitServer
let readers: readonly (readonly [person: Person, env: Record<string, string>])[]
let right = ''

/** Commits what is in the clone on top of what was right, and puts it where the hub's head is. */
const enter = (what: string): void => {
  git(clone, 'add', '--all')
  git(clone, 'commit', '--quiet', '--message', what)
  git(clone, 'push', '--quiet', '--force', 'origin', 'HEAD:main')
}
const write = (path: string, text: string): void => {
  mkdirSync(join(clone, path, '..'), { recursive: true })
  writeFileSync(join(clone, path), text)
}

beforeAll(async () => {
  initBare(bare)
  server = await startGitServer(served)
  const url = server.url('hub.git')
  const keeper = person(place, 'keeper', url)
  expect((await keeper.run('hub', 'init', url, '--name', 'our-lab')).exit).toBe(0)
  git(place, 'clone', '--quiet', bare, clone)
  right = git(clone, 'rev-parse', 'HEAD')
  readers = [
    [person(place, 'with-git', url), {}],
    [person(place, 'without-git', url), NO_GIT],
  ]
  for (const [reader, env] of readers) expect((await reader.runWith(env, 'sync')).exit).toBe(0)
}, WAIT)
afterAll(() => server.close())

describe('a hub with', () => {
  test(
    'names and paths of all sorts: each is named, without what would write to a terminal; nothing is written anywhere',
    async () => {
      git(clone, 'checkout', '--quiet', '--detach', right)
      write('warehouse/results/\u001b]0;pwned\u0007\u202egpj/x.json', '{}')
      write('registry/projects/evil/project.json', '{"__proto__": {"polluted": 1}}\n')
      write(`${'deep/'.repeat(400)}file`, 'x')
      write('.git-hooks/post-checkout', '#!/bin/sh\ntouch pwned\n')
      enter('names')
      for (const [reader, env] of readers) {
        const read = await reader.runWith(env, 'sync')
        expect(read.exit, read.stderr).toBe(0)
        const said = `${read.stdout}${read.stderr}`
        // eslint-disable-next-line no-control-regex -- finding control characters is the point
        expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
        expect((await reader.runWith(env, 'sync', '--fresh', '--json')).json()).toMatchObject({ added: 0 })
        const { quarantined } = (await reader.runWith(env, 'sync', '--fresh', '--json')).json() as {
          quarantined: { path: string }[]
        }
        expect(quarantined.length).toBeGreaterThanOrEqual(4)
        expect(existsSync(join(reader.cwd, 'pwned'))).toBe(false)
        expectWholeDatabase(reader.database)
      }
    },
    WAIT,
  )

  test(
    'a document of 300 MB of zeros that travels in 300 kB: not taken in, with git and without',
    async () => {
      git(clone, 'checkout', '--quiet', '--force', '--detach', right)
      const path = join(clone, 'registry', 'datasets', 'bomb')
      mkdirSync(path, { recursive: true })
      const file = createWriteStream(join(path, 'dataset.json'))
      for (let part = 0; part < 300; part++) file.write(Buffer.alloc(MIB))
      file.end()
      await finished(file)
      enter('bomb')
      rmSync(path, { recursive: true })
      const [[withGit, env] = [], [without, none] = []] = readers
      if (withGit === undefined || without === undefined) throw new Error('no readers')
      const read = (await withGit.runWith(env ?? {}, 'sync', '--json', '--fresh')).json()
      expect(read).toMatchObject({ quarantined: [{ path: 'registry/datasets/bomb/dataset.json' }] })
      const refused = await without.runWith(none ?? {}, 'sync', '--fresh')
      expect(refused.stderr).toMatch(/too large to unpack here: an object has 314572800 bytes.*install git/s)
      expect(refused.exit).toBe(6)
      // Once it is right again, reading goes on.
      git(clone, 'push', '--quiet', '--force', 'origin', `${right}:main`)
      for (const [reader, variables] of readers)
        expect((await reader.runWith(variables, 'sync', '--fresh')).exit).toBe(0)
    },
    WAIT,
  )
})
