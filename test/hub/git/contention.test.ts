import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { git, initBare, startGitServer } from '../../support/git-server.ts'
import { packageRoot, tempDir } from '../../support/harness.ts'

const RUNS = 3

it('keeps every run of writers that push at once, in one line of history', async () => {
  const dir = tempDir('contention')
  const server = await startGitServer(join(dir, 'served'))
  const bare = initBare(join(server.root, 'hub.git'))
  // Two share a mirror, one comes by the folder.
  const writers = [
    ['a', server.url('hub.git'), 'shared'],
    ['b', server.url('hub.git'), 'shared'],
    ['c', server.url('hub.git'), 'own'],
    ['d', bare, 'path'],
  ] as const
  const ends = await Promise.all(
    writers.map(async ([name, url, mirror]) => {
      const writer = join(packageRoot, 'test', 'support', 'hub-writer.mjs')
      const child = spawn(process.execPath, [writer, url, join(dir, mirror), name, String(RUNS)], { stdio: 'inherit' })
      return (await once(child, 'exit'))[0] as number
    }),
  )
  await server.close()
  expect(ends).toEqual([0, 0, 0, 0])
  expect(git(bare, 'rev-list', '--count', 'main')).toBe(String(writers.length * RUNS))
  expect(git(bare, 'rev-list', '--merges', 'main')).toBe('')
  const paths = git(bare, 'ls-tree', '-r', '--name-only', 'main').split('\n')
  expect(paths).toHaveLength(writers.length * RUNS)
  git(bare, 'fsck', '--strict')
})
