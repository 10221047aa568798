// The workflows that `hub init` writes, their scripts run as a forge would run them.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { programFolder, stepEnvironment } from '../support/ci-project.ts'
import { git, type GitServer, initBare, startGitServer } from '../support/git-server.ts'
import { tempDir } from '../support/harness.ts'
import { type Person, person } from '../support/hub-scene.ts'
import { filled, runScript, type StepResult, type Workflow } from '../support/workflow.ts'

const WAIT = 240_000
const place = tempDir('hub workflow')
const bare = join(place, 'served', 'team', 'hub')
const clone = join(place, 'clone')
const bin = programFolder(place)

let server: GitServer
let anna: Person
let runId = ''

beforeAll(async () => {
  const npx = join(bin, 'npx')
  writeFileSync(npx, `#!/bin/sh\necho "npx $2"\nshift 2\nexec '${join(bin, 'benchmark')}' "$@"\n`)
  chmodSync(npx, 0o755)
  mkdirSync(join(place, 'served', 'team'), { recursive: true })
  initBare(bare)
  server = await startGitServer(join(place, 'served'))
  const keeper = person(place, 'keeper', bare)
  expect((await keeper.run('hub', 'init', bare, '--name', 'our-lab')).exit).toBe(0)
  anna = person(place, 'anna', bare)
  expect((await anna.run('register')).exit).toBe(0)
  ;[runId = ''] = anna.addRuns(1)
  expect((await anna.run('upload', '--run-id', runId)).exit).toBe(0)
  git(place, 'clone', '--quiet', bare, clone)
}, WAIT)
afterAll(() => server.close())

type Ran = StepResult & { readonly cwd: string }
type WithEnv = Workflow['jobs'][string] & { readonly env?: Readonly<Record<string, string>> }

/** Runs the scripts of a job of a GitHub workflow, until one fails. */
const githubJob = async (file: string, name: string, known: Record<string, string>): Promise<Ran[]> => {
  const { jobs } = parse(git(bare, 'show', `main:.github/workflows/${file}`)) as Workflow
  const job = jobs[name] as WithEnv
  const url = new URL(server.url('team/hub'))
  const expressions = {
    'github.server_url': url.origin,
    'github.repository': 'team/hub',
    'github.token': 'job-token-1234',
    ...known,
  }
  const env = Object.fromEntries(Object.entries(job.env ?? {}).map(([key, text]) => [key, filled(text, expressions)]))
  const cwd = join(place, `${name} ${String(Math.random()).slice(2)}`)
  mkdirSync(cwd)
  const results: Ran[] = []
  for (const { name: step = '', run } of job.steps) {
    if (run === undefined || results.some(({ exit }) => exit !== 0)) continue
    results.push({ name: step, cwd, ...(await runScript(run, cwd, stepEnvironment(bin, env))) })
  }
  return results
}
const exits = (results: readonly StepResult[]): readonly number[] => results.map(({ exit }) => exit)
const said = (results: readonly StepResult[]): string => results.map(({ output }) => output).join('\n')

/** A pull request with one changed file, merged with main as the forge does it; its merge. */
const pullRequest = (path: string, text: string): string => {
  git(clone, 'fetch', '--quiet', 'origin')
  git(clone, 'checkout', '--quiet', '--detach', 'origin/main')
  mkdirSync(join(clone, path, '..'), { recursive: true })
  writeFileSync(join(clone, path), text)
  git(clone, 'add', path)
  git(clone, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '-m', 'change')
  git(clone, 'push', '--quiet', '--force', 'origin', 'HEAD:refs/pull/5/merge')
  return git(clone, 'rev-parse', 'HEAD')
}

describe('the check of a hub on GitHub', () => {
  test(
    'accepts what was pushed, and refuses a pull request that changes a run; nothing of it is checked out',
    async () => {
      const push = {
        'github.event.pull_request.base.sha': '',
        'github.event.before': '0'.repeat(40),
        'github.sha': git(bare, 'rev-parse', 'main'),
      }
      const accepted = await githubJob('hub-check.yml', 'check', push)
      expect(exits(accepted), said(accepted)).toEqual([0, 0])
      expect(said(accepted)).toMatch(/npx metagenome-benchmark-cli@\d+\.\d+\.\d+\n.*Accepted: 1 new run/s)

      const path =
        git(bare, 'ls-tree', '-r', '--name-only', 'main')
          .split('\n')
          .find((one) => one.includes(runId)) ?? ''
      const head = pullRequest(path, `${git(bare, 'show', `main:${path}`)} \n`)
      const refused = await githubJob('hub-check.yml', 'check', {
        'github.event.pull_request.base.sha': git(bare, 'rev-parse', 'main'),
        'github.event.before': '',
        'github.sha': head,
      })
      expect(exits(refused), said(refused)).toEqual([0, 5])
      expect(said(refused)).toMatch(/A run never changes/)
      expect(said(refused)).not.toContain('job-token')
    },
    WAIT,
  )
})

describe('the check of a hub on GitLab', () => {
  test(
    'does the same',
    async () => {
      const { check } = parse(git(bare, 'show', 'main:.gitlab-ci.yml')) as { check: { script: string[] } }
      const run = async (base: string, head: string) => {
        const cwd = join(place, `gitlab ${head.slice(0, 8)}`)
        mkdirSync(cwd)
        const env = {
          CI_PROJECT_URL: server.url('team/hub'),
          CI_JOB_TOKEN: 'job-token-1234',
          CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
          CI_COMMIT_SHA: head,
        }
        // GitLab adds the ending itself to where a project is cloned from.
        return runScript(
          check.script.join('\n').replace('$CI_PROJECT_URL.git', '$CI_PROJECT_URL'),
          cwd,
          stepEnvironment(bin, env),
        )
      }
      const main = git(bare, 'rev-parse', 'main')
      const accepted = await run('0'.repeat(40), main)
      expect(accepted.exit, accepted.output).toBe(0)
      const refused = await run(main, pullRequest('evil.sh', 'touch pwned\n'))
      expect(refused.exit, refused.output).toBe(5)
      expect(refused.output).toContain('evil.sh')
    },
    WAIT,
  )
})

test(
  'the dashboard workflow reads the hub with its own token and writes the pages',
  async () => {
    server.login = 'token:job-token-1234'
    try {
      const results = await githubJob('hub-dashboard.yml', 'build', {})
      expect(exits(results), said(results)).toEqual([0, 0, 0])
      expect(said(results)).toMatch(/1 run new/)
      expect(said(results)).not.toContain('job-token')
      expect(existsSync(join(results[0]?.cwd ?? '', 'public', 'index.html'))).toBe(true)
    } finally {
      server.login = null
    }
  },
  WAIT,
)
