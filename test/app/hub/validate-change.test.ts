// Random right histories never give a finding; one random wrong change in them always does. On real repositories.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyRegistry } from '../../../src/app/hub/accepted-registry.ts'
import type { ValidatedChange } from '../../../src/app/hub/change-context.ts'
import { mapInOrder } from '../../../src/app/hub/in-order.ts'
import { planCompaction } from '../../../src/app/hub/compact-hub.ts'
import { changesAfter } from '../../../src/app/hub/sync-steps.ts'
import { validateChange } from '../../../src/app/hub/validate-change.ts'
import { projectPath } from '../../../src/core/hub/layout.ts'
import { aBareRepository, git, gitCliReader, removeRepository } from '../../support/git-cli-hub.ts'
import {
  aRun,
  brokenRules,
  check,
  CLOSED,
  commitFiles,
  documents,
  type Files,
  hubFile,
  keyEntry,
  NOW,
  owner,
  pathOf,
  projectFile,
  rightHub,
  SEAL,
  sealFile,
  segmentOf,
  stranger,
  trustDeps,
} from '../../support/hostile-hub.ts'

let dir: string
beforeAll(() => {
  dir = aBareRepository()
})
afterAll(() => removeRepository(dir))

const treeOf = (commit: string): string => git(dir, ['rev-parse', `${commit}^{tree}`])
const compaction = async (commit: string): Promise<Files> => {
  const hub = documents.hub(Buffer.from(`${git(dir, ['show', `${commit}:hub.json`])}\n`)).document
  if (hub === null) throw new Error('no hub.json')
  const keys = { existingProjectKey: (project: string) => (project === 'gut' ? owner : null) }
  const plan = await planCompaction(
    { ...trustDeps, reader: gitCliReader(dir), keys },
    { tree: treeOf(commit), hub, project: null, now: NOW },
  )
  return Object.fromEntries(plan.changes.map(({ path, bytes }) => [path, bytes]))
}

type Step = 'run' | 'two months' | 'compact' | 'project'
const steps = fc.array(fc.constantFrom<Step>('run', 'two months', 'compact', 'project'), { minLength: 1, maxLength: 4 })

/** Commits of a right history; every one of them is checked. */
const history = async (plan: readonly Step[]): Promise<readonly string[]> => {
  const commits = [commitFiles(dir, null, rightHub())]
  for (const [index, step] of plan.entries()) {
    const [first, second] = [aRun(100 + 2 * index), aRun(101 + 2 * index)]
    const head = commits.at(-1) ?? ''
    const files: Files =
      step === 'run'
        ? { [pathOf(first)]: first.file }
        : step === 'two months'
          ? { [pathOf(first)]: first.file, [pathOf(second, '2026-12')]: second.file }
          : step === 'compact'
            ? await compaction(head)
            : { [projectPath(`project-${index}`)]: projectFile(`project-${index}`) }
    commits.push(commitFiles(dir, head, files))
  }
  return commits
}

const flip = (bytes: Uint8Array, at: number): Uint8Array => {
  const changed = Uint8Array.from(bytes)
  const index = at % changed.length
  changed[index] = (changed[index] ?? 0) ^ 1
  return changed
}
const MUTATIONS: Readonly<Record<string, (head: string, at: number) => Files>> = {
  'one bit of a new run': (_, at) => ({ [pathOf(aRun(9))]: flip(aRun(9).file, at) }),
  'one bit of what is there': (head, at) => {
    const paths = git(dir, ['ls-tree', '-r', '--name-only', head]).split('\n')
    const path = paths.filter((name) => name !== 'README.md')[at % (paths.length - 1)] ?? ''
    const bytes = Buffer.from(`${git(dir, ['show', `${head}:${path}`])}\n`)
    return { [path]: flip(bytes, at) }
  },
  'something of what is there is gone': (head, at) => {
    const paths = git(dir, ['ls-tree', '-r', '--name-only', head]).split('\n')
    return { [paths[at % paths.length] ?? '']: null }
  },
  "a stranger's run": () => ({ [pathOf(aRun(9, {}, stranger))]: aRun(9, {}, stranger).file }),
  'a new maintainer': () => ({ 'hub.json': hubFile({ version: 2, maintainers: [keyEntry(stranger)] }, stranger) }),
  'a path of its own': (_, at) => ({ [`warehouse/x-${at}`]: 'x' }),
}

describe('the validator', () => {
  test('finds nothing in right histories, and something in every one with one wrong change', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(...Object.keys(MUTATIONS)), fc.nat(100_000), async (plan, name, at) => {
        const commits = await history(plan)
        const head = commits.at(-1) ?? ''
        for (const [index, commit] of commits.entries())
          expect(brokenRules(await check(dir, commits[index - 1] ?? null, commit)), plan.join()).toEqual([])
        expect(brokenRules(await check(dir, commits[0] ?? null, head))).toEqual([])
        const files = MUTATIONS[name]?.(head, at) ?? {}
        expect(brokenRules(await check(dir, head, commitFiles(dir, head, files))), name).not.toEqual([])
      }),
      { numRuns: 12 },
    )
  }, 60_000)

  test('a sync takes what is right beside what is not, in path order', async () => {
    const files = { ...rightHub(), [pathOf(aRun(3))]: flip(aRun(3).file, 500), junk: 'x' }
    const tree = treeOf(commitFiles(dir, null, files))
    const items: ValidatedChange[] = []
    const request = {
      mode: 'sync',
      reader: gitCliReader(dir),
      before: null,
      after: tree,
      accepted: emptyRegistry,
      now: NOW,
    } as const
    for await (const item of validateChange(trustDeps, request)) items.push(item)
    expect(items.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'registry hub.json',
      'finding junk',
      `registry ${projectPath('gut')}`,
      `run ${pathOf(aRun(1))}`,
      `run ${pathOf(aRun(2))}`,
      `finding ${pathOf(aRun(3))}`,
    ])
    expect(items.flatMap((item) => (item.kind === 'run' ? [item.run.trust] : []))).toEqual(['owner', 'owner'])
  })
})

describe('a sync that was killed beside a seal', () => {
  const runs = [aRun(1), aRun(2)]
  const broken = aRun(3, { sig: aRun(2).document.sig })
  const after = (): string =>
    treeOf(
      commitFiles(dir, null, {
        ...{ 'hub.json': hubFile(), [projectPath('gut')]: projectFile('gut') },
        ...{ [CLOSED]: segmentOf(...runs, broken), [SEAL]: sealFile([...runs, broken]) },
      }),
    )
  /** What a sync finds that goes on after `cursor`. */
  const found = async (cursor: string, pins: readonly string[] = []): Promise<readonly string[]> => {
    const [reader, tree] = [gitCliReader(dir), after()]
    const items: string[] = []
    const changes = changesAfter(reader.diff(null, tree), cursor, [])
    const base = { mode: 'sync', reader, before: null, after: tree, accepted: emptyRegistry, now: NOW } as const
    for await (const item of validateChange(trustDeps, { ...base, changes, pins: () => new Set(pins) }))
      if (item.path.startsWith('warehouse'))
        items.push(item.kind === 'finding' ? `${item.path} ${item.finding.rule}` : item.kind)
    return items
  }

  test('before or within its month takes all of it on its word, after it nothing is left to say', async () => {
    expect(await found('')).toEqual(['run', 'run', 'run'])
    expect(await found('warehouse/results/gut/2026-10.jsonl')).toEqual(['run', 'run', 'run'])
    expect(await found(CLOSED)).toEqual([])
    expect(await found(SEAL)).toEqual([])
  })

  test('takes no word of who took a project over', async () => {
    expect(await found('', [owner.keyId])).toEqual(['run', 'run', 'run'])
    expect(await found('', [stranger.keyId])).toEqual(['run', 'run', `${CLOSED} signature`, `${SEAL} not-owner`])
  })
})

test('many at once come out in their order, never more than the limit under way, and a failure at its place', async () => {
  let [running, most] = [0, 0]
  const source = async function* () {
    for (let number = 0; number < 50; number++) yield await Promise.resolve(number)
  }
  const work = async (number: number): Promise<number> => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, (number * 7) % 5))
    running--
    if (number === 40) throw new Error('forty')
    return number
  }
  const seen: number[] = []
  await expect(
    (async () => {
      for await (const number of mapInOrder(source(), { items: 8, weight: 1000, weigh: () => 1 }, work))
        seen.push(number)
    })(),
  ).rejects.toThrow('forty')
  expect(seen).toEqual(Array.from({ length: 40 }, (_, number) => number))
  expect(most).toBeLessThanOrEqual(8)
})
