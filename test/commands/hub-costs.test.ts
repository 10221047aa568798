// What an exchange with a hub costs apart from time: bytes, objects read, and nothing lost when many write at once.
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { benchKey, generateHub, projectId } from '../../scripts/bench/hub/generate-hub.ts'
import { type BenchProject, makeProject } from '../../scripts/bench/hub/project.ts'
import { findGit } from '../../src/hub/git/git-program.ts'
import { git, type GitServer, startGitServer } from '../support/git-server.ts'
import { benchmark, tempDir } from '../support/harness.ts'

const dir = tempDir('hub costs')
const served = join(dir, 'served')
const bare = join(served, 'hub.git')
const MONTHS = 3
const WRITERS = 4
const EACH = 5
let server: GitServer
let made = 0

beforeAll(async () => {
  await generateHub(bare, { projects: WRITERS, runs: 600, months: MONTHS })
  server = await startGitServer(served)
})
afterAll(() => server.close())

/** A project of the hub on a machine of its own, with finished runs that no other has. */
const aProject = (number: number, runs: number): BenchProject => {
  const options = { name: projectId(number), hub: server.url('hub.git'), runs, from: 100 * made++ }
  return makeProject(join(dir, `project-${made}`), options)
}

const call = async (number: number, { folder }: BenchProject, args: readonly string[], path = process.env['PATH']) => {
  const env = {
    PATH: path ?? '',
    BENCHMARK_CONFIG_HOME: join(folder, 'config'),
    BENCHMARK_SIGNING_KEY: benchKey(projectId(number)).pem,
  }
  const answer = await benchmark([...args, '--json'], { cwd: folder, env })
  if (answer.exit !== 0) throw new Error(answer.stdout)
  return answer.json() as Readonly<Record<string, unknown>>
}

/** A PATH whose git writes down which objects it is asked for. */
const watchedGit = (log: string): string => {
  const folder = join(dir, 'watched')
  mkdirSync(folder)
  const real = findGit(process.env) ?? ''
  const script = `#!/bin/sh\ncase "$*" in\n*'cat-file --batch') tee -a '${log}' | '${real}' "$@" ;;\n*) exec '${real}' "$@" ;;\nesac\n`
  writeFileSync(join(folder, 'git'), script)
  chmodSync(join(folder, 'git'), 0o755)
  return `${folder}${delimiter}${process.env['PATH'] ?? ''}`
}

test('one run costs a few kilobytes and a few objects, and nothing new costs next to nothing', async () => {
  const project = aProject(0, 2)
  const first = await call(0, project, ['sync'])
  expect(first).toMatchObject({ added: 600, quarantined: [] })
  expect(await call(0, project, ['sync'])).toMatchObject({ added: 0 })
  expect((await call(0, project, ['sync']))['bytes_received']).toBeLessThan(2048)

  const [runId = '', other = ''] = project.runIds
  const log = join(dir, 'objects.log')
  const requests = server.requests.length
  const uploaded = await call(0, project, ['upload', '--run-id', runId], watchedGit(log))
  expect(uploaded).toMatchObject({ uploaded: [runId], queued: [], rejected: [] })
  expect(uploaded['bytes_sent']).toBeLessThan(64 * 1024)
  expect(server.requests.length - requests).toBeLessThanOrEqual(3)
  expect(existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0).toBeLessThanOrEqual(50)

  // Somebody else who knows the hub fetches what is new, not what is there.
  expect(await call(0, project, ['sync'])).toMatchObject({ added: 1 })
  await call(0, project, ['upload', '--run-id', other])
  const news = await call(0, project, ['sync'])
  expect(news).toMatchObject({ added: 1 })
  expect(news['bytes_received']).toBeLessThan(10 * 1024)
  expect(first['bytes_received']).toBeGreaterThan(100 * 1024)
})

test('what a first sync takes in is the same with and without git', async () => {
  const answers = []
  for (const path of [process.env['PATH'], '/nonexistent']) {
    const project = aProject(1, 0)
    const { added, head, quarantined } = await call(1, project, ['sync'], path)
    answers.push({ added, head, quarantined })
    rmSync(project.folder, { recursive: true })
  }
  expect(answers[1]).toEqual(answers[0])
})

test('of runs that many share at once none is lost and none comes twice, in one line of history', async () => {
  const before = Number(git(bare, 'rev-list', '--count', 'main'))
  const projects = Array.from({ length: WRITERS }, (_, number) => aProject(number, EACH))
  await Promise.all(
    projects.map(async (project, number) => {
      for (const runId of project.runIds) await call(number, project, ['upload', '--run-id', runId])
    }),
  )
  const paths = git(bare, 'ls-tree', '-r', '--name-only', 'main').split('\n')
  const found = projects.map(({ runIds }) =>
    runIds.map((runId) => paths.filter((path) => path.endsWith(`/${runId}.json`)).length),
  )
  expect(found).toEqual(projects.map(() => Array.from({ length: EACH }, () => 1)))
  expect(git(bare, 'rev-list', '--merges', 'main')).toBe('')
  expect(Number(git(bare, 'rev-list', '--count', 'main')) - before).toBeLessThanOrEqual(WRITERS * EACH)
  git(bare, 'fsck', '--strict')
})
