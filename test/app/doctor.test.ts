import { describe, expect, test } from 'vitest'
import { diagnose, type Diagnosis, type DoctorDeps } from '../../src/app/doctor.ts'
import type { MachineFacts, ToolProbe } from '../../src/app/ports.ts'
import { selfTest } from '../../src/app/self-test.ts'
import { Problem } from '../../src/core/problem.ts'
import type { ProjectConfig } from '../../src/core/project-config.ts'
import { createFiles } from '../../src/exec/files.ts'
import { createMachine } from '../../src/exec/machine-facts.ts'
import { packageFile } from '../../src/package-files.ts'
import { renderDiagnosis } from '../../src/render/terminal/doctor-text.ts'
import { tempDir } from '../support/harness.ts'
import { localExecutor } from '../support/local-executor.ts'

const good: MachineFacts = {
  cpus: 8,
  memoryBytes: 64e9,
  node: { version: '20.20.2', isSupported: true, needed: '>=20.19' },
  sqlite: { version: '3.53.2', problem: null },
  processes: 'proc',
  seesSharedMemory: true,
  countsIo: true,
  cgroup: { perAttempt: true, reason: null },
  results: { path: '/results', type: 'ext4', isNetwork: false, freeBytes: 1e12, isWritable: true },
}
const everything: ToolProbe = { which: (name) => `/bin/${name}`, version: () => Promise.resolve('2.39.5') }
const config: DoctorDeps['config'] = {
  load: () => ({ file: '.benchmark/config.yaml', local: { resultsDir: '/results' } }) as ProjectConfig,
  catalogue: () => new Map(),
}
const diagnoseWith = (facts: Partial<MachineFacts>, more: Partial<DoctorDeps> = {}): Promise<Diagnosis> =>
  diagnose(
    {
      machine: { facts: () => Promise.resolve({ ...good, ...facts }) },
      tools: everything,
      config,
      selfTest: null,
      ...more,
    },
    '/results',
  )
const checkOf = (diagnosis: Diagnosis, name: string): unknown => diagnosis.checks.find(({ check }) => check === name)

describe('the diagnosis', () => {
  test('of a machine with everything is all well, and advises nothing', async () => {
    const diagnosis = await diagnoseWith({})
    expect(diagnosis.isReady).toBe(true)
    expect(diagnosis.checks.map(({ status, advice }) => [status, advice])).toEqual(
      diagnosis.checks.map(() => ['ok', null]),
    )
    expect(renderDiagnosis(diagnosis)).toContain('Ready to run.')
  })

  test.each<[string, Partial<MachineFacts>, string]>([
    ['node', { node: { version: '18.0.0', isSupported: false, needed: '>=20.19' } }, 'Install Node.js >=20.19.'],
    ['sqlite', { sqlite: { version: null, problem: 'wrong ABI' } }, 'npm rebuild better-sqlite3'],
    ['results', { results: { ...good.results, isWritable: false } }, 'local.results_dir'],
  ])('without %s is not ready, and says what to do', async (name, facts, advice) => {
    const diagnosis = await diagnoseWith(facts)
    expect(diagnosis.isReady).toBe(false)
    expect(checkOf(diagnosis, name)).toMatchObject({ status: 'missing', isRequired: true })
    expect(renderDiagnosis(diagnosis)).toContain(advice)
    expect(renderDiagnosis(diagnosis)).toContain('Not ready')
  })

  test.each<[string, Partial<MachineFacts>]>([
    ['results', { results: { ...good.results, type: 'nfs4', isNetwork: true } }],
    ['results', { results: { ...good.results, freeBytes: 1e6 } }],
    ['processes', { processes: 'ps' }],
    ['shared_memory', { seesSharedMemory: false }],
    ['io', { countsIo: false }],
    ['cgroup', { cgroup: { perAttempt: false, reason: 'control groups version 2 are not mounted' } }],
  ])('with limited %s is ready, and says what that means', async (name, facts) => {
    const diagnosis = await diagnoseWith(facts)
    expect(diagnosis.isReady).toBe(true)
    expect(checkOf(diagnosis, name)).toMatchObject({ status: 'limited', advice: expect.any(String) as string })
  })

  test('without git and a compiler is ready', async () => {
    const nothing: ToolProbe = { which: () => null, version: () => Promise.resolve(null) }
    const diagnosis = await diagnoseWith({}, { tools: nothing })
    expect(diagnosis.isReady).toBe(true)
    expect(checkOf(diagnosis, 'git')).toMatchObject({ status: 'missing', found: 'git is not installed' })
  })

  test('of a broken configuration names the first finding and counts the others', async () => {
    const findings = [{ message: 'unknown key "pipeline"' }, { message: 'bad unit' }]
    const broken = (): never => {
      throw new Problem('E_CONFIG', 'The configuration has 2 errors.', { findings })
    }
    const diagnosis = await diagnoseWith({}, { config: { load: broken, catalogue: broken } })
    expect(checkOf(diagnosis, 'configuration')).toMatchObject({
      status: 'missing',
      found: 'the configuration cannot be used: unknown key "pipeline" (and 1 more)',
    })
  })

  test('a failed self-test is not ready', async () => {
    const failed = { isOk: false, figures: [] }
    const diagnosis = await diagnoseWith({}, { selfTest: () => Promise.resolve(failed) })
    expect(diagnosis.isReady).toBe(false)
    expect(renderDiagnosis(diagnosis)).toContain('do not trust its figures')
  })
})

const dir = tempDir('doctor')
const input = (name: string) => ({
  folder: `${dir}/${name}`,
  nodePath: process.execPath,
  program: packageFile('templates/exec/known-cost.mjs'),
  id: `${name}-${process.pid}`,
})

describe('the self-test', () => {
  test('finds the real executor right', async () => {
    const result = await selfTest({ executor: localExecutor(dir), files: createFiles() }, input('right'))
    expect(result.figures.map(({ figure }) => figure)).toEqual([
      'memory',
      'cpu_time',
      'bytes_written',
      'exit_status',
      'time_limit',
    ])
    // Under load the last figures may come late; memory and volumes must hold everywhere.
    for (const { figure, errorPercent, tolerancePercent } of result.figures)
      if (figure !== 'time_limit') expect(errorPercent, figure).toBeLessThanOrEqual(tolerancePercent)
    expect(createFiles().exists(`${dir}/right`)).toBe(false)
  })

  test('finds an executor wrong that doubles memory, and one that reports nothing limited, not wrong', async () => {
    const real = localExecutor(dir)
    const withMemory = (change: (bytes: number) => number | null): typeof real => ({
      ...real,
      active: 0,
      wait: async (...args) => {
        const outcome = await real.wait(...args)
        const { resources } = outcome
        const peakRssBytes = typeof resources?.peakRssBytes === 'number' ? change(resources.peakRssBytes) : null
        return { ...outcome, resources: resources && { ...resources, peakRssBytes } }
      },
    })
    const doubled = await selfTest({ executor: withMemory((bytes) => bytes * 2), files: createFiles() }, input('wrong'))
    expect(doubled.isOk).toBe(false)
    expect(doubled.figures[0]).toMatchObject({ figure: 'memory', isOk: false })
    const silent = await selfTest({ executor: withMemory(() => null), files: createFiles() }, input('silent'))
    expect(silent.figures[0]).toMatchObject({ measured: null, errorPercent: null, isOk: false })
  })
})

test('this machine is described as it is', async () => {
  const facts = await createMachine().facts(dir)
  expect(facts.node).toEqual({ version: process.versions.node, isSupported: true, needed: '>=20.19' })
  expect(facts.sqlite.version).toMatch(/^3\./)
  expect(facts.results).toMatchObject({ path: dir, isWritable: true })
  expect(facts.processes).toBe(process.platform === 'linux' ? 'proc' : 'ps')
})
