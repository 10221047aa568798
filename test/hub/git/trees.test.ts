/** Trees as git makes them, and as only somebody who means harm does. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import type { HubRepository, TreeChange } from '../../../src/app/hub/git-ports.ts'
import { openRepositoryForCheck } from '../../../src/hub/git-hub.ts'
import { plainSource } from '../../../src/hub/git/plain-objects.ts'
import { createTreeReader } from '../../../src/hub/git/tree-reader.ts'
import { decodeTree, encodeTree } from '../../../src/hub/git/object.ts'
import { git, initBare } from '../../support/git-server.ts'
import { tempDir } from '../../support/harness.ts'
import { changesOf, commitOf, openHub, runFile, sync, treeOf, upload } from '../../support/hub-repository.ts'

const dir = tempDir('trees')
const open: { close(): Promise<void> }[] = []
afterAll(async () => {
  for (const each of open) await each.close()
})

const hubAt = (bare: string, who = 'one'): HubRepository => {
  const hub = openHub(bare, `${bare}-${who}`)
  open.push(hub)
  return hub
}

const rawTree = (bare: string, entries: readonly (readonly [mode: string, name: string, oid: string])[]): string =>
  execFileSync('git', ['hash-object', '-t', 'tree', '-w', '--stdin', '--literally'], {
    cwd: bare,
    encoding: 'utf8',
    input: Buffer.concat(
      entries.flatMap(([mode, name, oid]) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]),
    ),
  }).trim()

describe('trees', () => {
  it('come out in the order of git and go in again', () => {
    const oid = 'a'.repeat(40)
    const names = ['a-b', 'a', 'a.b', 'ä', 'b']
    const bytes = encodeTree(names.map((name) => ({ name, oid, mode: name === 'a' ? '040000' : '100644' })))
    expect(decodeTree(bytes).map(({ name }) => name)).toEqual(['a-b', 'a.b', 'a', 'b', 'ä'])
    expect(encodeTree(decodeTree(bytes))).toEqual(bytes)
    expect(() => decodeTree(bytes.subarray(0, -3))).toThrow(RangeError)
  })

  it('differ as git says', async () => {
    const bare = initBare(join(dir, 'same.git'))
    const hub = hubAt(bare)
    const first = await upload(hub, [
      runFile('a', 1),
      runFile('a-b', 1),
      runFile('a', 2),
      { path: 'x', bytes: Buffer.from('x') },
    ])
    const last = await upload(hub, [
      { path: runFile('a', 1).path, bytes: null },
      { path: runFile('a', 2).path, bytes: Buffer.from('changed') },
      { path: 'x', bytes: null },
      runFile('a-b', 2),
      runFile('c', 2),
    ])
    const ours = (await changesOf(hub, await treeOf(hub, first), await treeOf(hub, last))).map(
      ({ path, before, after }) => `${before === null ? 'A' : after === null ? 'D' : 'M'}\t${path}`,
    )
    expect(ours).toEqual(git(bare, 'diff-tree', '-r', '--no-renames', '--name-status', first, last).split('\n'))
  })

  it('are shown as they are when they are forged', async () => {
    const bare = initBare(join(dir, 'forged.git'))
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd: bare,
      input: 'x',
      encoding: 'utf8',
    }).trim()
    let deep = rawTree(bare, [['100644', 'file', blob]])
    for (let depth = 0; depth < 20; depth++) deep = rawTree(bare, [['40000', 'd', deep]])
    const tree = rawTree(bare, [
      ['100644', 'warehouse/results/a/2026-11/x.json', blob],
      ['120000', 'link', blob],
      ['160000', 'module', 'b'.repeat(40)],
      ['100644', '..', blob],
      ['100755', 'run', blob],
      ['40000', 'deep', deep],
      ['100644', '..', blob],
    ])
    const commit = git(bare, 'commit-tree', tree, '-m', 'forged')
    git(bare, 'update-ref', 'refs/heads/main', commit)
    const checked = openRepositoryForCheck(bare, process.env)
    open.push(checked)
    for (const reader of [checked, createTreeReader(plainSource(bare))]) {
      const seen: TreeChange[] = []
      for await (const change of reader.diff(null, tree)) seen.push(change)
      expect(seen.map(({ path, after }) => `${after?.mode} ${path}`)).toEqual([
        '100644 ..',
        '100644 ..',
        `040000 deep/${'d/'.repeat(15)}d`,
        '120000 link',
        '160000 module',
        '100755 run',
        '100644 warehouse\ufffdresults\ufffda\ufffd2026-11\ufffdx.json',
      ])
      expect(await reader.file(tree, 'link')).toBeNull()
    }
    // A mirror takes it in like everything else: what is wrong with it is for its reader to say.
    const hub = hubAt(bare)
    expect((await sync(hub)).head).toBe(commit)
  })

  it('of a name that stands twice the first is what everybody sees, and what a writer keeps', async () => {
    const bare = initBare(join(dir, 'twice.git'))
    const hub = hubAt(bare)
    const [first, second] = ['first', 'second'].map((text) =>
      execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: bare, input: text, encoding: 'utf8' }).trim(),
    )
    const folders = [first, second].map((oid = '') => rawTree(bare, [['100644', 'x', oid]]))
    const tree = rawTree(
      bare,
      folders.map((oid) => ['40000', 'a', oid]),
    )
    const commit = git(bare, 'commit-tree', tree, '-m', 'twice')
    git(bare, 'update-ref', 'refs/heads/main', commit)
    await sync(hub)
    expect(Buffer.from((await hub.file(tree, 'a/x')) ?? []).toString()).toBe('first')
    const next = await hub.prepare(commitOf(commit, [runFile('b', 1)]))
    expect(Buffer.from((await hub.file(await treeOf(hub, next.commit), 'a/x')) ?? []).toString()).toBe('first')
  })
})

describe('commits', () => {
  it('cost a few reads, and bring exactly what is new', async () => {
    const bare = initBare(join(dir, 'new.git'))
    const hub = hubAt(bare)
    const months = Array.from({ length: 60 }, (_, index) => runFile(`p${index}`, index))
    const first = await upload(hub, [...months, runFile('alpha', 1), runFile('alpha', 2)])
    const next = await hub.prepare(
      commitOf(first, [
        { path: runFile('alpha', 1).path, bytes: null },
        { path: runFile('alpha', 2).path, bytes: null },
        { path: 'warehouse/results/alpha/2026-11.jsonl', bytes: Buffer.from('both') },
      ]),
    )
    // One blob; the trees alpha, results, warehouse and the root; one commit.
    expect(next.objects).toHaveLength(6)
    expect((await hub.push(first, next)).answer).toBe('accepted')
    await hub.adopt(next.commit)
    const listed = git(bare, 'rev-list', '--objects', '--no-object-names', next.commit, `^${first}`).split('\n')
    expect([...next.objects].sort()).toEqual(listed.sort())
    expect(await hub.list(await treeOf(hub, next.commit), 'warehouse/results/alpha')).toMatchObject([
      { name: '2026-11.jsonl' },
    ])
    await expect(hub.prepare(commitOf(first, [{ path: '../x', bytes: Buffer.from('') }]))).rejects.toThrow(/Not a path/)
    await expect(hub.push(next.commit, { commit: first, objects: [] })).rejects.toThrow(/would lose history/)
  })

  it('never go back in time', async () => {
    const bare = initBare(join(dir, 'time.git'))
    const hub = hubAt(bare)
    const first = await upload(hub, [runFile('alpha', 1)])
    const next = await hub.prepare(commitOf(first, [runFile('alpha', 2)], 1_700_000_000))
    await hub.push(first, next)
    expect(git(bare, 'log', '-1', '--format=%at %ct', 'main')).toBe('1700000000 1790000000')
  })
})

describe('openRepositoryForCheck', () => {
  it('sees in a hook what is about to be taken in, and runs no hook of a folder unless told to', async () => {
    const bare = initBare(join(dir, 'checked.git'))
    const hub = hubAt(bare)
    await upload(hub, [runFile('alpha', 1)])
    const script = join(dir, 'check.mts')
    const source = new URL('../../../src/hub/git-hub.ts', import.meta.url).href
    writeFileSync(
      script,
      `import { openRepositoryForCheck } from '${source}'
       const repository = openRepositoryForCheck('.', process.env)
       const [before, after] = process.argv.slice(2)
       const tree = async (oid) => (await repository.commit(await repository.resolve(oid))).tree
       for await (const { path } of repository.diff(await tree(before), await tree(after)))
         if (path.includes('/evil/')) process.exitCode = 1
       await repository.close()`,
    )
    const tsx = fileURLToPath(new URL('../../../node_modules/.bin/tsx', import.meta.url))
    const hook = join(bare, 'hooks', 'pre-receive')
    mkdirSync(join(bare, 'hooks'), { recursive: true })
    writeFileSync(hook, `#!/bin/sh\nread before after ref\nexec '${tsx}' '${script}' "$before" "$after"\n`)
    chmodSync(hook, 0o755)

    const strict = openHub(bare, `${bare}-strict`, { environment: { ...process.env, BENCHMARK_HUB_TRUST_HOOKS: '1' } })
    open.push(strict)
    const { head } = await sync(strict)
    const evil = await strict.prepare(commitOf(head, [runFile('evil', 1)]))
    expect(await strict.push(head, evil)).toMatchObject({ answer: 'refused' })
    const good = await strict.prepare(commitOf(head, [runFile('good', 1)]))
    expect(await strict.push(head, good)).toMatchObject({ answer: 'accepted' })
    const unchecked = await upload(hub, [runFile('evil', 1)])
    expect(git(bare, 'rev-parse', 'main')).toBe(unchecked)
    const reader = openRepositoryForCheck(bare, process.env)
    open.push(reader)
    expect(await reader.resolve('main')).toBe(unchecked)
    expect(await reader.resolve('0'.repeat(40))).toBeNull()
    expect(await reader.resolve('--all')).toBeNull()
  })
})
