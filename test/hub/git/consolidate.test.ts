import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { consolidate } from '../../../src/hub/git/consolidate.ts'
import { createGitProgram } from '../../../src/hub/git/git-program.ts'
import { createMirror } from '../../../src/hub/git/mirror.ts'
import { git, initBare, startGitServer } from '../../support/git-server.ts'
import { tempDir } from '../../support/harness.ts'
import { changesOf, openHub, runFile, sync, treeOf, upload, withoutGit } from '../../support/hub-repository.ts'

const dir = tempDir('consolidate')

describe.each([
  ['with git', process.env],
  ['without git', withoutGit()],
])('consolidate %s', (how, environment) => {
  it('puts packs and loose objects into one, and loses nothing', async () => {
    const server = await startGitServer(join(dir, how))
    initBare(join(server.root, 'hub.git'))
    const url = server.url('hub.git')
    const [one, two] = [openHub(url, join(dir, `${how} one`)), openHub(url, join(dir, `${how} two`), { environment })]
    const first = await upload(one, [runFile('alpha', 0)])
    await sync(two)
    for (let round = 1; round < 6; round++) {
      await upload(one, [runFile('alpha', round)])
      await sync(two)
    }
    const last = await upload(two, [runFile('beta', 1)])
    const mirror = createMirror(join(dir, `${how} two`), url, createGitProgram(environment))
    const objects = join(mirror.dir, 'objects')
    const names = (): string[] => readdirSync(join(objects, 'pack')).filter((name) => name.endsWith('.idx'))
    expect(names()).toHaveLength(6)
    expect(await consolidate(mirror)).toBe(false)
    expect(await consolidate(mirror, { packs: 3, loose: 10 })).toBe(true)
    expect(names()).toHaveLength(1)
    expect(
      readdirSync(objects).filter((name) => name.length === 2 && readdirSync(join(objects, name)).length > 0),
    ).toEqual([])
    const again = openHub(url, mirror.dir, { environment })
    expect(await again.localHead()).toBe(last)
    expect(await again.descends(last, first)).toBe(true)
    expect(await changesOf(again, null, await treeOf(again, last))).toHaveLength(7)
    git(mirror.dir, 'fsck', '--strict')
    await upload(again, [runFile('beta', 2)])
    for (const each of [one, two, again, mirror.source]) await each.close()
    await server.close()
  })
})
