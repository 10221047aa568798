/** One suite over every way to a hub. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HubRepository } from '../../src/app/hub/git-ports.ts'
import { git, type GitServer, initBare, startGitServer } from '../support/git-server.ts'
import { tempDir } from '../support/harness.ts'
import { changesOf, commitOf, openHub, runFile, sync, treeOf, upload, withoutGit } from '../support/hub-repository.ts'
import { hasSshServer, type SshServer, startSshServer } from '../support/ssh-server.ts'

const dir = tempDir('hub')
let server: GitServer
let ssh: SshServer | null = null
let oldSsh: SshServer | null = null
if (!hasSshServer) console.warn('sshd is not installed: hubs behind ssh are not tested')

const sshOnly = join(dir, 'ssh only')

beforeAll(async () => {
  mkdirSync(sshOnly)
  for (const name of ['sh', 'ssh']) symlinkSync(`/usr/bin/${name}`, join(sshOnly, name))
  server = await startGitServer(join(dir, 'served'))
  if (!hasSshServer) return
  ssh = await startSshServer(join(dir, 'ssh'))
  oldSsh = await startSshServer(join(dir, 'old ssh'), { isOld: true })
})
afterAll(async () => {
  await server.close()
  ssh?.close()
  oldSsh?.close()
})

const ways = [
  { way: 'http', url: (name: string) => server.url(name), environment: () => process.env },
  { way: 'http without git', url: (name: string) => server.url(name), environment: () => withoutGit() },
  { way: 'old http', url: (name: string) => server.url(name), environment: () => process.env },
  { way: 'path', url: (name: string) => join(server.root, name), environment: () => process.env },
  { way: 'file', url: (name: string) => pathToFileURL(join(server.root, name)).href, environment: () => process.env },
  ...(hasSshServer
    ? [
        {
          way: 'ssh',
          url: (name: string) => ssh?.url(join(server.root, name)) ?? '',
          environment: () => ({ ...process.env, GIT_SSH_COMMAND: ssh?.command }),
        },
        {
          way: 'old ssh without git',
          url: (name: string) => oldSsh?.url(join(server.root, name)) ?? '',
          environment: () => ({ ...process.env, PATH: sshOnly, GIT_SSH_COMMAND: oldSsh?.command }),
        },
      ]
    : []),
]

describe.each(ways)('a hub over $way', ({ way, url, environment }) => {
  let count = 0
  const theme = way.replaceAll(' ', '-')
  const open: HubRepository[] = []
  const bare = (): string => {
    server.isOld = way === 'old http'
    const name = `${theme}-${++count}.git`
    initBare(join(server.root, name))
    return name
  }
  const client = (name: string, who: string): HubRepository => {
    const hub = openHub(url(name), join(dir, 'mirrors', `${name}-${who}`), { environment: environment() })
    open.push(hub)
    return hub
  }
  afterAll(async () => {
    for (const hub of open) await hub.close()
    server.isOld = false
  })

  it('takes the first commit of an empty repository, and another client reads it', async () => {
    const name = bare()
    const [one, two] = [client(name, 'one'), client(name, 'two')]
    expect(await one.remoteHead()).toMatchObject({ head: null })
    expect(await one.fetch()).toMatchObject({ head: null })
    const changes = [runFile('alpha', 1), { path: 'hub.json', bytes: Buffer.from('{}\n') }]
    const next = await one.prepare(commitOf(null, changes))
    // Two blobs, four trees and the root's, one commit.
    expect(next.objects).toHaveLength(8)
    expect(await one.push(null, next)).toMatchObject({ answer: 'accepted' })
    expect((await one.remoteHead()).head).toBe(next.commit)

    const fetched = await two.fetch()
    expect(fetched.head).toBe(next.commit)
    expect(fetched.bytesReceived).toBeGreaterThan(500)
    expect(await two.localHead()).toBeNull()
    await two.adopt(next.commit)
    expect(await two.localHead()).toBe(next.commit)
    const tree = await treeOf(two, next.commit)
    expect((await two.list(tree, '')).map((entry) => entry.name)).toEqual(['hub.json', 'warehouse'])
    expect(await two.list(tree, 'nothing/here')).toEqual([])
    expect(await two.file(tree, runFile('alpha', 1).path)).toEqual(runFile('alpha', 1).bytes)
    expect(await two.file(tree, 'missing.json')).toBeNull()
    expect((await changesOf(two, null, tree)).map(({ path }) => path)).toEqual(['hub.json', runFile('alpha', 1).path])
    git(join(server.root, name), 'fsck', '--strict')
  })

  it('fetches only what is new, and sees what goes on from what', async () => {
    const name = bare()
    const [one, two] = [client(name, 'one'), client(name, 'two')]
    const many = Array.from({ length: 300 }, (_, index) => runFile('alpha', index))
    const first = await upload(one, many)
    await sync(two)
    const second = await upload(one, [runFile('alpha', 1000)])
    const last = await upload(one, [{ path: runFile('alpha', 3).path, bytes: null }, runFile('beta', 1)])
    const { head, bytesReceived } = await sync(two)
    expect(head).toBe(last)
    // The folder of 300 names is there twice, at about 12 kB.
    expect(bytesReceived).toBeLessThan(40_000)
    expect(await two.descends(last, first)).toBe(true)
    expect(await two.descends(last, second)).toBe(true)
    expect(await two.descends(first, last)).toBe(false)
    const changes = await changesOf(two, await treeOf(two, first), await treeOf(two, last))
    expect(changes.map(({ path, before, after }) => [path, before !== null, after !== null])).toEqual([
      [runFile('alpha', 3).path, true, false],
      [runFile('alpha', 1000).path, false, true],
      [runFile('beta', 1).path, false, true],
    ])
    const again = await sync(two)
    expect(again.head).toBe(last)
    expect(again.bytesReceived).toBeLessThan(2048)
  })

  it('refuses a push whose head has moved, and takes the replay', async () => {
    const name = bare()
    const [one, two] = [client(name, 'one'), client(name, 'two')]
    const first = await upload(one, [runFile('alpha', 1)])
    await sync(two)
    const stale = await two.prepare(commitOf(first, [runFile('beta', 2)]))
    const moved = await upload(one, [runFile('alpha', 2)])
    expect((await two.push(first, stale)).answer).not.toBe('accepted')
    expect((await two.remoteHead()).head).toBe(moved)
    const last = await upload(two, [runFile('beta', 2)])
    expect(git(join(server.root, name), 'rev-list', '--count', last)).toBe('3')
    git(join(server.root, name), 'fsck', '--strict')
  })

  it('sees what goes on from what also after its mirror was thrown away', async () => {
    const name = bare()
    const [one, two] = [client(name, 'one'), client(name, 'two')]
    const first = await upload(one, [runFile('alpha', 1)])
    await sync(two)
    await two.forget()
    for (const number of [2, 3, 4]) await upload(one, [runFile('alpha', number)])
    const { head } = await sync(two)
    expect(await two.descends(head ?? '', first)).toBe(true)
    expect(await two.descends(head ?? '', 'a'.repeat(40))).toBe(false)
    await upload(one, [runFile('alpha', 5)])
    expect((await changesOf(two, null, await treeOf(two, (await sync(two)).head ?? ''))).length).toBe(5)
    await upload(two, [runFile('beta', 1)])
    git(join(server.root, name), 'fsck', '--strict')
  })

  it('fetches a rewritten history, and says that it does not go on', async () => {
    const name = bare()
    const [one, two] = [client(name, 'one'), client(name, 'two')]
    const first = await upload(one, [runFile('alpha', 1)])
    const second = await upload(one, [runFile('alpha', 2)])
    await sync(two)
    const baseTree = await treeOf(one, second)
    const squashed = await one.prepare({ ...commitOf(null, [runFile('alpha', 3)]), baseTree })
    expect((await one.push(second, squashed, { rewrite: true })).answer).toBe('accepted')
    const { head } = await two.fetch()
    expect(head).toBe(squashed.commit)
    expect(await two.localHead()).toBe(second)
    expect(await two.descends(squashed.commit, second)).toBe(false)
    expect(await two.descends(squashed.commit, first)).toBe(false)
    expect(await changesOf(two, baseTree, await treeOf(two, squashed.commit))).toHaveLength(1)
    await two.adopt(squashed.commit)
    expect(await two.localHead()).toBe(squashed.commit)
    await upload(two, [runFile('alpha', 4)])
  })

  it('reads what the server packed with deltas, in bulk and with bounds', async () => {
    const name = bare()
    const [one, two] = [client(name, 'one'), client(name, 'two')]
    let head = ''
    const big = { path: 'warehouse/results/alpha/2026-10.jsonl', bytes: Buffer.alloc(300_000, 'line\n') }
    for (let round = 0; round < 3; round++)
      head = await upload(one, [
        { path: big.path, bytes: Buffer.concat([big.bytes, Buffer.from(String(round))]) },
        ...Array.from({ length: 40 }, (_, index) => runFile(`p${round}`, index)),
      ])
    git(join(server.root, name), 'gc', '--quiet', '--aggressive', '--prune=now')
    await sync(two)
    const tree = await treeOf(two, head)
    const files = await changesOf(two, null, tree)
    async function* wanted() {
      for (const { path, after } of files) yield await Promise.resolve({ path, oid: after?.oid ?? '' })
      yield { path: 'a tree', oid: tree }
    }
    const read: string[] = []
    for await (const { path, bytes, size } of two.blobs(wanted(), (path) => (path === big.path ? 1000 : 10_000))) {
      read.push(path)
      if (path === big.path) expect([bytes, size]).toEqual([null, 300_001])
      else if (path === 'a tree') expect(bytes).toBeNull()
      else {
        expect(bytes?.length).toBe(size)
        // Reading one more in between must not wait for the others.
        if (read.length === 5) expect(await two.file(tree, path)).toEqual(bytes)
      }
    }
    expect(read).toEqual([...files.map(({ path }) => path), 'a tree'])
    await expect(two.file(tree, big.path, 1000)).rejects.toThrow(/300001 bytes; at most 1000/)
    await expect(two.commit('1'.repeat(40))).rejects.toMatchObject({ code: 'E_HUB' })
  })

  it('takes no more than it may, and goes on when it may', async () => {
    const name = bare()
    const one = client(name, 'one')
    const big = { path: 'warehouse/results/alpha/2026-10.jsonl', bytes: randomBytes(200_000) }
    const head = await upload(one, [big])
    const mirror = join(dir, 'mirrors', `${name}-two`)
    const options = { environment: environment(), limits: { fetchBytes: 100_000, rewriteBytes: 100_000 } }
    const bounded = openHub(url(name), mirror, options)
    open.push(bounded)
    await expect(bounded.fetch()).rejects.toMatchObject({ name: 'TooLarge' })
    expect(await bounded.localHead()).toBeNull()
    expect((await sync(client(name, 'two'))).head).toBe(head)
  })

  it('heals a mirror that was damaged', async () => {
    const name = bare()
    const one = client(name, 'one')
    const head = await upload(one, [runFile('alpha', 1)])
    const objects = join(dir, 'mirrors', `${name}-one`, 'objects')
    for (const folder of readdirSync(objects).filter((each) => each.length === 2))
      for (const file of readdirSync(join(objects, folder))) writeFileSync(join(objects, folder, file), 'x')
    const again = client(name, 'one')
    expect(await again.localHead()).toBeNull()
    expect((await sync(again)).head).toBe(head)
    expect(await again.file(await treeOf(again, head), runFile('alpha', 1).path)).toEqual(runFile('alpha', 1).bytes)
    await upload(again, [runFile('alpha', 2)])
  })

  it('leaves alone what is not a mirror', async () => {
    const name = bare()
    const folder = join(dir, 'mirrors', `${name}-foreign`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'thesis.tex'), 'years of work')
    const hub = client(name, 'foreign')
    await expect(hub.fetch()).rejects.toThrow(/holds something else/)
    await expect(hub.forget()).rejects.toThrow(/holds something else/)
    expect(readdirSync(folder)).toEqual(['thesis.tex'])
  })
})
