/** Small things the wiring of every part needs. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../app/ports.ts'
import { packageFile } from '../package-files.ts'

export const sha256Text = (text: string): string => createHash('sha256').update(text).digest('hex')

export const clock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined)
  },
}

export const packageVersion = (): string =>
  (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version

export const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

/** The metrics as the configuration needs them. */
export const metricNames = async () => {
  const registry = await import('../core/metrics/registry.ts')
  return {
    find: (name: string) => {
      const found = registry.findMetric(name)
      return found && { metric: found.definition.id, level: found.level, range: found.definition.range }
    },
    names: registry.metricNames(),
  }
}
