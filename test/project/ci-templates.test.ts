import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { splitCommand } from '../../src/core/split-command.ts'
import { packageRoot } from '../support/harness.ts'
import type { Workflow } from '../support/workflow.ts'

const read = (file: string): string => readFileSync(join(packageRoot, 'templates', file), 'utf8')
const WORKFLOWS = [
  'ci/github.yml',
  ...readdirSync(join(packageRoot, 'templates/hub/github')).map((name) => `hub/github/${name}`),
]

interface Manifest {
  readonly commands: Readonly<
    Record<
      string,
      { readonly flags: Readonly<Record<string, { readonly type: string; readonly options?: readonly string[] }>> }
    >
  >
}
const manifest = JSON.parse(readFileSync(join(packageRoot, 'oclif.manifest.json'), 'utf8')) as Manifest

/** Every call of our program in a script, up to what ends a command. */
const callsIn = (script: string): readonly (readonly string[])[] =>
  [...script.matchAll(/(?:^|[;|&(]|then )\s*(?:benchmark|npx --yes metagenome-benchmark-cli@\S+) ([^;|&\n)]*)/gm)].map(
    ([, rest = '']) => {
      const split = splitCommand(rest.replaceAll(/@\w+@/g, 'x').replaceAll('$', ''))
      if ('failure' in split) throw new Error(`${rest}: ${split.failure.message}`)
      return split.words
    },
  )

const fault = (words: readonly string[]): string | null => {
  const length = [3, 2, 1].find((count) => words.slice(0, count).join(':') in manifest.commands) ?? 0
  const command = manifest.commands[words.slice(0, length).join(':')]
  if (!command) return `no command ${words.join(' ')}`
  for (const [index, word] of words.entries()) {
    const name = /^--(?:no-)?([a-z-]+)/.exec(word)?.[1]
    if (name === undefined) continue
    const flag = command.flags[name]
    if (!flag) return `${words.slice(0, length).join(' ')} has no --${name}`
    const value = words[index + 1]
    if (flag.type === 'option' && (value === undefined || value.startsWith('--'))) return `--${name} has no value`
    if (flag.options && !flag.options.includes(value ?? '')) return `--${name} is never ${value ?? ''}`
  }
  return null
}

describe.each(WORKFLOWS)('%s', (file) => {
  const text = read(file)
  const workflow = parse(text) as Workflow
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
  const scripts = steps.flatMap(({ run }) => (run === undefined ? [] : [run]))

  test('asks for no right it does not name, and never runs code of strangers with rights', () => {
    expect(workflow.permissions).toBeDefined()
    expect(Object.values(workflow.permissions)).not.toContain('write')
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
    expect(text).not.toMatch(/write-all|secrets: inherit/)
  })

  test('pins every action by commit, with its version beside it', () => {
    const used = [...text.matchAll(/uses: *(.*)/g)].map(([, action]) => action)
    for (const action of used) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*$/)
    expect(used).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length)
  })

  test('puts what others wrote into scripts only through the environment', () => {
    for (const script of scripts) expect(script).not.toContain('${{')
  })

  test('keeps no credentials in the checkout', () => {
    for (const { uses, with: given } of steps.filter((step) => step.uses?.startsWith('actions/checkout@')))
      expect(given?.['persist-credentials'], uses).toBe(false)
  })

  test('calls commands that exist', () => {
    const calls = scripts.flatMap(callsIn)
    expect(calls.length).toBeGreaterThan(0)
    expect(calls.flatMap((words) => fault(words) ?? [])).toEqual([])
  })
})

describe('the workflow of projects', () => {
  const { jobs, concurrency } = parse(read('ci/github.yml')) as Workflow

  test('gives the right to write only to the job that runs nothing of the pull request', () => {
    expect(jobs['benchmark']?.permissions).toEqual({ contents: 'read' })
    expect(jobs['comment']?.permissions).toEqual({ 'pull-requests': 'write' })
    expect(jobs['comment']?.steps.some(({ uses }) => uses?.includes('checkout') === true)).toBe(false)
    expect(jobs['comment']?.if).toContain('github.event.pull_request.head.repo.full_name == github.repository')
  })

  test('saves runs of main only, and does not cancel them', () => {
    const [save] = jobs['benchmark']?.steps.filter(({ uses }) => uses?.includes('cache/save') === true) ?? []
    expect(save?.if).toContain("github.ref == 'refs/heads/main'")
    expect(concurrency?.['cancel-in-progress']).toBe("${{ github.event_name == 'pull_request' }}")
  })

  test('ends by itself', () => {
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0)
  })
})

describe('the jobs for GitLab', () => {
  interface GitlabJob {
    readonly script?: readonly string[]
    readonly after_script?: readonly string[]
    readonly cache?: { readonly policy: string; readonly unprotect: boolean }
    readonly rules?: readonly { readonly if: string }[]
    readonly needs?: readonly { readonly job: string }[]
    readonly artifacts?: { readonly when: string; readonly reports: { readonly junit: string } }
  }
  const jobs = parse(read('ci/gitlab.yml')) as Readonly<Record<string, GitlabJob>>

  test('call commands that exist', () => {
    const scripts = Object.values(jobs).flatMap(({ script = [], after_script: after = [] }) => [...script, ...after])
    const calls = scripts.flatMap(callsIn)
    expect(calls).toHaveLength(5)
    expect(calls.flatMap((words) => fault(words) ?? [])).toEqual([])
  })

  test('write the base only from the default branch, keep the reports, and need what they name', () => {
    expect(jobs['benchmark:default-branch']?.cache).toMatchObject({ policy: 'pull-push', unprotect: true })
    expect(jobs['benchmark:merge-request']?.cache).toMatchObject({ policy: 'pull', unprotect: true })
    expect(jobs['.benchmark']?.artifacts).toMatchObject({ when: 'always', reports: { junit: 'benchmark_junit.xml' } })
    for (const { needs = [] } of Object.values(jobs))
      for (const { job } of needs) expect(Object.keys(jobs)).toContain(job)
    expect(jobs['benchmark:note']?.rules?.[0]?.if).toContain('$BENCHMARK_NOTE_TOKEN')
  })
})
