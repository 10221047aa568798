import type { SharedEnvironment } from '../../generated/hub-run.ts'

/** Of what is known of a machine, what matters for times. Never host names, variables or folders. */
export const sharedEnvironment = (environment: Readonly<Record<string, unknown>>): SharedEnvironment => {
  const cpu = part(environment, 'cpu')
  return {
    os: text(environment['os']),
    kernel: text(environment['kernel']),
    architecture: text(environment['architecture']),
    cpu_model: text(cpu['model']),
    cpus: amount(cpu['allowed']),
    memory_bytes: amount(part(environment, 'memory')['ram_bytes']),
    gpu: text(environment['gpu']),
    machine_fingerprint: text(environment['machine_fingerprint']),
    file_system: text(environment['results_file_system']),
    container: text(part(environment, 'virtualisation')['container']),
  }
}

const part = (of: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> => {
  const value = of[key]
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const amount = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null
