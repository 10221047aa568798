import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ciProject, git, makeWorse, programFolder, stepEnvironment } from '../support/ci-project.ts'
import { commentsServer, othersComments } from '../support/comments-server.ts'
import { benchmark, packageRoot, tempDir } from '../support/harness.ts'
import { readXml } from '../support/read-xml.ts'
import { has } from '../support/programs.ts'
import { type Expressions, filled, holds, runScript, type StepResult, type Workflow } from '../support/workflow.ts'

const dir = tempDir('ci')
const bin = programFolder(dir)
const EXPRESSIONS: Expressions = {
  'github.server_url': 'https://github.example.org',
  'github.repository': 'team/tracker',
  'github.run_id': '42',
  'github.run_attempt': '1',
  'github.token': 'secret-token',
  'secrets.BENCHMARK_TOKEN': '',
}
const MAIN: Expressions = {
  ...EXPRESSIONS,
  'github.event_name': 'push',
  'github.ref': 'refs/heads/main',
  'github.head_ref': '',
  'github.ref_name': 'main',
}
const PULL_REQUEST: Expressions = {
  ...EXPRESSIONS,
  'github.event_name': 'pull_request',
  'github.ref': 'refs/pull/5/merge',
  'github.head_ref': 'feature/$(touch pwned)',
  'github.ref_name': '5/merge',
  'github.event.pull_request.number': '5',
  'github.event.pull_request.head.repo.full_name': 'team/tracker',
}

/** Runs the steps of a job that are scripts, as the runner would: after a failure only those that ask for it. */
const runJob = async (
  root: string,
  job: string,
  expressions: Expressions,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly StepResult[]> => {
  const workflow = parse(readFileSync(join(root, '.github/workflows/benchmark.yml'), 'utf8')) as Workflow
  const results: StepResult[] = []
  for (const { name = '', run, if: condition, env = {} } of workflow.jobs[job]?.steps ?? []) {
    const isFailed = results.some(({ exit }) => exit !== 0)
    if (run === undefined || !holds(condition, expressions, isFailed)) continue
    const own = Object.entries(env).map(([key, value]) => [key, filled(String(value), expressions)] as const)
    const environment = stepEnvironment(bin, { ...more, ...Object.fromEntries(own) })
    results.push({ name, ...(await runScript(run, root, environment)) })
  }
  return results
}

const exits = (results: readonly StepResult[]) => Object.fromEntries(results.map(({ name, exit }) => [name, exit]))
const said = (results: readonly StepResult[]): string => results.map(({ output }) => output).join('\n')
const report = (root: string): string => readFileSync(join(root, 'benchmark_report.md'), 'utf8')

/** The story of a repository: a first run on main, and a pull request that makes things worse. */
const story = async () => {
  const root = ciProject(dir)
  const made = await benchmark(['init', '--ci', 'github', '--output', 'unused.yaml'], { cwd: root })
  expect(made.exit, made.stderr).toBe(0)
  const workflow = join(root, '.github/workflows/benchmark.yml')
  writeFileSync(
    workflow,
    readFileSync(workflow, 'utf8').replace('--config unused.yaml', '--config .benchmark/config.yaml'),
  )
  git(root, 'init', '--quiet', '--initial-branch', 'main')
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message', 'A benchmark')
  const first = await runJob(root, 'benchmark', MAIN)
  expect(exits(first), said(first)).toEqual({ Install: 0, Run: 0, Report: 0, Upload: 0 })
  const firstReport = report(root)
  const later = await runJob(root, 'benchmark', MAIN)

  // Another machine: only what is committed, and the database from the cache of main.
  const pull = join(dir, 'pull request')
  git(dir, 'clone', '--quiet', root, pull)
  makeWorse(pull)
  git(pull, 'commit', '--quiet', '--all', '--message', 'Faster')
  git(pull, 'checkout', '--quiet', '--detach')
  copyFileSync(join(root, '.benchmark/benchmark.db'), join(pull, '.benchmark/benchmark.db'))
  const summary = join(dir, 'summary.md')
  writeFileSync(summary, 'Before.\n')
  const worse = await runJob(pull, 'benchmark', PULL_REQUEST, {
    GITHUB_HEAD_REF: 'feature/x',
    GITHUB_STEP_SUMMARY: summary,
  })
  return { pull, first, firstReport, later, worse, summary: readFileSync(summary, 'utf8') }
}

describe.skipIf(!has('git') || !has('bash'))('the workflow for GitHub, step by step', () => {
  let happened: Awaited<ReturnType<typeof story>>
  beforeAll(async () => {
    happened = await story()
  }, 600_000)

  test('a first run has nothing to be compared with, and is green', () => {
    expect(exits(happened.first), said(happened.first)).toEqual({ Install: 0, Run: 0, Report: 0, Upload: 0 })
    expect(happened.firstReport).toMatch(/^<!-- bench:comment:v1 key=tracker\/amr-detection -->\n### ⊘ Not compared: /)
    expect(said(happened.first)).toMatch(/^npm install --global metagenome-benchmark-cli@\d/)
  })

  test('the same again is no regression', () => {
    expect(exits(happened.later), said(happened.later)).toEqual({ Install: 0, Run: 0, Report: 0, Upload: 0 })
  })

  test('a pull request that is worse than main ends with status 5 and is reported all the same', () => {
    const { pull, worse, summary } = happened
    expect(exits(worse), said(worse)).toEqual({ Install: 0, Run: 5, Report: 0, Upload: 0 })
    expect(report(pull).split('\n')[1]).toMatch(/^### ✖ Regression detected: .*-0\.500 in <code>finder<\/code>$/)
    expect(report(pull)).toContain('[Full report](<https://github.example.org/team/tracker/actions/runs/42>)')
    expect(summary).toMatch(/^Before\.\n<!-- bench.*\n### ✖ Regression detected/)
    const { attributes, children } = readXml(readFileSync(join(pull, 'benchmark_junit.xml'), 'utf8'))
    expect(Number(attributes['failures'])).toBeGreaterThan(0)
    expect(children[0]?.name).toBe('testsuite')
    expect(readFileSync(join(pull, 'benchmark_report.html'), 'utf8')).toMatch(/^<!doctype html>/i)
    expect(existsSync(join(pull, 'pwned'))).toBe(false)
  })

  test.skipIf(!has('curl') || !has('jq'))('its comment is posted once and renewed, and is nobody else’s', async () => {
    const { pull } = happened
    const [marker = ''] = report(pull).split('\n')
    const server = await commentsServer(othersComments(marker))
    const environment = { GITHUB_API_URL: server.url, GITHUB_REPOSITORY: 'team/tracker', NO_PROXY: '127.0.0.1' }
    const post = async (expressions = PULL_REQUEST) => runJob(pull, 'comment', expressions, environment)
    const [created] = await post()
    expect(created).toMatchObject({ exit: 0 })
    expect(server.comments.at(-1)).toMatchObject({ body: report(pull), user: { login: 'github-actions[bot]' } })
    writeFileSync(join(pull, 'benchmark_report.md'), report(pull).replace('✖ Regression', '✖ Renewed'))
    const [renewed] = await post()
    expect(renewed).toMatchObject({ exit: 0 })
    expect(server.comments).toHaveLength(101)
    expect(server.comments[100]?.body).toContain('Renewed')
    expect(server.comments[50]?.body).toContain('All is well.')
    expect(server.calls.filter((call) => !call.startsWith('GET'))).toEqual([
      'POST /repos/team/tracker/issues/5/comments',
      'PATCH /repos/team/tracker/issues/comments/9100',
    ])
    const [refused] = await post({ ...PULL_REQUEST, 'github.token': 'wrong' })
    expect(refused?.exit).not.toBe(0)
    expect(refused?.output).toContain('401')
  })

  test.skipIf(!has('curl') || !has('jq'))('without a change no comment is made', async () => {
    const folder = join(dir, 'quiet')
    mkdirSync(join(folder, '.github/workflows'), { recursive: true })
    copyFileSync(
      join(happened.pull, '.github/workflows/benchmark.yml'),
      join(folder, '.github/workflows/benchmark.yml'),
    )
    writeFileSync(
      join(folder, 'benchmark_report.md'),
      '<!-- bench:comment:v1 key=a/b -->\n### ● No detectable change\n',
    )
    const server = await commentsServer([])
    const environment = { GITHUB_API_URL: server.url, GITHUB_REPOSITORY: 'team/tracker', NO_PROXY: '127.0.0.1' }
    const [quiet] = await runJob(folder, 'comment', PULL_REQUEST, environment)
    expect(quiet).toMatchObject({ exit: 0 })
    expect(server.comments).toEqual([])
  })

  test('the note for GitLab is posted once and renewed, and is nobody else’s', async () => {
    const gitlab = parse(readFileSync(join(packageRoot, 'templates/ci/gitlab.yml'), 'utf8')) as Record<
      string,
      { script: string[] }
    >
    const [script = ''] = gitlab['benchmark:note']?.script ?? []
    const { pull } = happened
    const [marker = ''] = report(pull).split('\n')
    const server = await commentsServer(othersComments(marker))
    const environment = stepEnvironment(bin, {
      ...{ CI_API_V4_URL: `${server.url}/api/v4`, CI_PROJECT_ID: '3', CI_MERGE_REQUEST_IID: '5' },
      ...{ BENCHMARK_NOTE_TOKEN: 'secret-token', UNCHANGED: 'update', NO_PROXY: '127.0.0.1' },
    })
    const created = await runScript(script, pull, environment)
    const renewed = await runScript(script, pull, environment)
    expect([created.exit, renewed.exit], `${created.output}${renewed.output}`).toEqual([0, 0])
    expect(server.calls.filter((call) => !call.startsWith('GET'))).toEqual([
      'POST /api/v4/projects/3/merge_requests/5/notes',
      'PUT /api/v4/projects/3/merge_requests/5/notes/9100',
    ])
    expect(server.comments.at(-1)?.body).toBe(report(pull))
  })
})
