/** The machine and its software, written down once for each run: without it numbers cannot be compared. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, freemem, hostname, release, tmpdir, totalmem, type } from 'node:os'
import { fileSystemOf } from './file-system.ts'
import { findCgroupParent } from './local/cgroup.ts'

export interface EnvironmentOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly version: string
  readonly resultsDir: string
  readonly hashHost?: boolean
}

export type Environment = Readonly<Record<string, unknown>>

/** JSON-ready, snake_case. `id` is a digest of everything in it but what changes from minute to minute. */
export const describeEnvironment = (options: EnvironmentOptions): Promise<Environment> => {
  const lasting = {
    host: options.hashHost ? `sha256:${digest(hostname()).slice(0, 16)}` : hostname(),
    benchmark_version: options.version,
    node_version: process.version,
    os: osName(),
    kernel: `${type()} ${release()}`,
    libc: libc(),
    architecture: arch(),
    cpu: processor(),
    memory: { ram_bytes: totalmem(), swap_bytes: meminfo('SwapTotal'), numa_nodes: numaNodes() },
    cgroup: controlGroup(),
    virtualisation: virtualisation(options.environment),
    gpu: gpu(),
    results_file_system: fileSystemOf(options.resultsDir).type,
    temporary_file_system: fileSystemOf(tmpdir()).type,
    open_files_limit: limitOf('Max open files'),
    processes_limit: limitOf('Max processes'),
    variables: influentialVariables(options.environment),
  }
  return Promise.resolve({
    id: digest(canonical(lasting)).slice(0, 32),
    machine_fingerprint: machineFingerprint(lasting),
    ...lasting,
    free: {
      memory_bytes: meminfo('MemAvailable') ?? freemem(),
      results_bytes: fileSystemOf(options.resultsDir).freeBytes,
      temporary_bytes: fileSystemOf(tmpdir()).freeBytes,
    },
  })
}

/** What a machine must share with another for times to be compared: a digest of an environment's decisive parts. */
export const machineFingerprint = (environment: Environment): string => {
  const processorFacts = environment['cpu'] as { model: string | null; allowed: number }
  const { ram_bytes: ram } = environment['memory'] as { ram_bytes: number }
  const kernel = /\d+\.\d+/.exec(String(environment['kernel']))?.[0] ?? null
  const parts = [
    processorFacts.model,
    processorFacts.allowed,
    Math.round(ram / 2 ** 30),
    kernel,
    environment['results_file_system'],
  ]
  return digest(canonical(parts)).slice(0, 16)
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  )

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}

const osName = (): string => /^PRETTY_NAME="?([^"\n]*)/m.exec(read('/etc/os-release') ?? '')?.[1] ?? type()

const libc = (): string | null => {
  try {
    return execFileSync('getconf', ['GNU_LIBC_VERSION'], { encoding: 'utf8', stdio: 'pipe', timeout: 5000 }).trim()
  } catch {
    return null // not glibc
  }
}

const processor = (): Record<string, unknown> => {
  const info = read('/proc/cpuinfo') ?? ''
  const distinct = (key: string): number | null =>
    new Set(Array.from(info.matchAll(new RegExp(`^${key}\\s*: (.*)$`, 'gm')), ([, value]) => value)).size || null
  const first = (key: string): string | null => new RegExp(`^${key}\\s*: (.*)$`, 'm').exec(info)?.[1] ?? null
  const frequency = '/sys/devices/system/cpu'
  const noTurbo = read(`${frequency}/intel_pstate/no_turbo`)
  const boost = read(`${frequency}/cpufreq/boost`)
  return {
    model: first('model name') ?? cpus()[0]?.model ?? null,
    sockets: distinct('physical id'),
    threads: cpus().length,
    /** Of these threads, how many this process may use (affinity). */
    allowed: availableParallelism(),
    governor: read(`${frequency}/cpu0/cpufreq/scaling_governor`),
    turbo: noTurbo !== null ? noTurbo === '0' : boost !== null ? boost === '1' : null,
    microcode: first('microcode'),
  }
}

const meminfo = (key: string): number | null => {
  const found = new RegExp(`^${key}:\\s*(\\d+) kB`, 'm').exec(read('/proc/meminfo') ?? '')
  return found ? Number(found[1]) * 1024 : null
}

// `0` or `0-3`.
const numaNodes = (): number | null => {
  const online = read('/sys/devices/system/node/online')
  return online === null ? null : Number(online.split(/[-,]/).at(-1)) + 1
}

const controlGroup = (): Record<string, unknown> => {
  const own = read('/proc/self/cgroup')
  const support = findCgroupParent()
  const path = /^0::(\/.*)$/m.exec(own ?? '')?.[1]
  const unified = path === undefined ? null : `/sys/fs/cgroup${path}`
  const limit = (file: string): string | null => (unified === null ? null : read(`${unified}/${file}`))
  return {
    version: own === null ? null : /^\d+:[^:]*memory/m.test(own) ? 1 : 2,
    per_attempt: support.parent !== null,
    reason: support.reason,
    cpu_max: limit('cpu.max'),
    memory_max: limit('memory.max') ?? versionOneLimit(own),
  }
}

// Without a limit the old interface answers with the largest number of pages it can hold.
const versionOneLimit = (own: string | null): string | null => {
  const path = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(\/.*)$/m.exec(own ?? '')?.[1]
  const bytes = path === undefined ? null : read(`/sys/fs/cgroup/memory${path}/memory.limit_in_bytes`)
  return bytes === null || Number(bytes) > 2 ** 60 ? null : bytes
}

const CONTAINERS = /(docker|podman|lxc|kubepods|containerd|crio|apptainer|singularity)/

const virtualisation = (environment: NodeJS.ProcessEnv): Record<string, unknown> => {
  const marks = `${read('/proc/1/cgroup') ?? ''} ${environment['container'] ?? ''}`
  const container =
    read('/.dockerenv') !== null
      ? 'docker'
      : read('/run/.containerenv') !== null
        ? 'podman'
        : CONTAINERS.exec(marks)?.[1]
  return {
    container: container ?? (environment['APPTAINER_CONTAINER'] === undefined ? null : 'apptainer'),
    hypervisor: /^flags\s*:.*\bhypervisor\b/m.test(read('/proc/cpuinfo') ?? ''),
    product: read('/sys/class/dmi/id/product_name'),
  }
}

const gpu = (): string | null => /^NVRM version: (.*)$/m.exec(read('/proc/driver/nvidia/version') ?? '')?.[1] ?? null

const limitOf = (name: string): string | null =>
  new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(read('/proc/self/limits') ?? '')?.[1] ?? null

const INFLUENTIAL =
  /^(LANG|LC_\w+|TZ|OMP_\w+|MKL_\w+|OPENBLAS_\w+|BLIS_\w+|MALLOC_\w+|NUMEXPR_\w+|PYTHONHASHSEED|SLURM_CPUS_\w+)$/
const SECRET = /TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|CREDENTIAL|^AWS_/i

const influentialVariables = (environment: NodeJS.ProcessEnv): Record<string, string> => {
  const chosen: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment))
    if (value !== undefined && INFLUENTIAL.test(name)) chosen[name] = value
  return maskSecrets(chosen)
}

/** The same variables with the values of those that sound like a secret replaced. */
export const maskSecrets = (variables: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, SECRET.test(name) ? '***' : value]))
