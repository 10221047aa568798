import { cpus, hostname, totalmem } from 'node:os'
import { expect, test } from 'vitest'
import { describeEnvironment, machineFingerprint, maskSecrets } from '../../src/exec/environment.ts'
import { fileSystemOf } from '../../src/exec/file-system.ts'
import { tempDir } from '../support/harness.ts'

const dir = tempDir('environment')
const options = {
  environment: { LANG: 'C.UTF-8', OMP_NUM_THREADS: '4', HOME: '/home/someone' },
  version: '1.2.3',
  resultsDir: dir,
}

test('this machine is described as it is', async () => {
  const found = await describeEnvironment(options)
  expect(found).toMatchObject({
    host: hostname(),
    benchmark_version: '1.2.3',
    node_version: process.version,
    variables: { LANG: 'C.UTF-8', OMP_NUM_THREADS: '4' },
    memory: { ram_bytes: totalmem() },
    cpu: { threads: cpus().length },
  })
  expect(JSON.parse(JSON.stringify(found))).toEqual(found)
  expect(JSON.stringify(found)).not.toContain('/home/someone')
})

test('its id is that of its content: equal for equal descriptions, different for another version', async () => {
  const [first, again] = [await describeEnvironment(options), await describeEnvironment(options)]
  const other = await describeEnvironment({ ...options, version: '1.2.4' })
  expect(again['id']).toBe(first['id'])
  expect(first['id']).toMatch(/^[0-9a-f]{32}$/)
  expect(other['id']).not.toBe(first['id'])
  expect(other['machine_fingerprint']).toBe(first['machine_fingerprint'])
})

test('the host name can be kept back', async () => {
  const { host } = await describeEnvironment({ ...options, hashHost: true })
  expect(host).toMatch(/^sha256:[0-9a-f]{16}$/)
})

test('the fingerprint tells machines apart by what decides speed', () => {
  const machine = {
    cpu: { model: 'A', allowed: 8 },
    memory: { ram_bytes: 64 * 2 ** 30 },
    kernel: 'Linux 6.1.0-13-amd64',
    results_file_system: 'ext4',
  }
  const same = { ...machine, memory: { ram_bytes: 64 * 2 ** 30 - 1e6 }, kernel: 'Linux 6.1.0-22-amd64', host: 'x' }
  expect(machineFingerprint(same)).toBe(machineFingerprint(machine))
  for (const change of [
    { cpu: { model: 'B', allowed: 8 } },
    { cpu: { model: 'A', allowed: 4 } },
    { memory: { ram_bytes: 32 * 2 ** 30 } },
    { kernel: 'Linux 6.8.0' },
    { results_file_system: 'nfs4' },
  ])
    expect(machineFingerprint({ ...machine, ...change })).not.toBe(machineFingerprint(machine))
})

test('values of variables that sound like secrets are masked', () => {
  const variables = { GITHUB_TOKEN: 'a', DB_PASSWORD: 'b', AWS_REGION: 'c', MY_API_KEY: 'd', OMP_NUM_THREADS: '2' }
  expect(maskSecrets(variables)).toEqual({
    GITHUB_TOKEN: '***',
    DB_PASSWORD: '***',
    AWS_REGION: '***',
    MY_API_KEY: '***',
    OMP_NUM_THREADS: '2',
  })
})

test.skipIf(process.platform !== 'linux')('file systems are named, also for folders that do not exist yet', () => {
  expect(fileSystemOf('/proc/self')).toMatchObject({ type: 'proc', isNetwork: false })
  const here = fileSystemOf(dir)
  expect(here.type).not.toBeNull()
  expect(here.freeBytes).toBeGreaterThan(0)
  expect(fileSystemOf(`${dir}/not/yet`)).toMatchObject({ type: here.type })
})
