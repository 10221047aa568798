import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import type { Machine, MachineFacts } from '../app/ports.ts'
import { packageFile } from '../package-files.ts'
import { fileSystemOf } from './file-system.ts'
import { findCgroupParent } from './local/cgroup.ts'

export const createMachine = (): Machine => ({
  facts: async (resultsDir) => {
    const { parent, reason } = findCgroupParent()
    return {
      cpus: availableParallelism(),
      memoryBytes: totalmem(),
      node: nodeFacts(),
      sqlite: await sqliteFacts(),
      processes: canRead('/proc/self/stat') ? 'proc' : 'ps',
      seesSharedMemory: canRead('/proc/self/smaps_rollup'),
      countsIo: canRead('/proc/self/io'),
      cgroup: { perAttempt: parent !== null, reason },
      results: { path: resultsDir, ...fileSystemOf(resultsDir), isWritable: isWritable(resultsDir) },
    }
  },
})

const canRead = (path: string): boolean => {
  try {
    readFileSync(path)
    return true
  } catch {
    return false
  }
}

const nodeFacts = (): MachineFacts['node'] => {
  const { engines } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { engines: { node: string } }
  const [major = 0, minor = 0] = numbers(process.versions.node)
  const [neededMajor = 0, neededMinor = 0] = numbers(engines.node)
  const isSupported = major > neededMajor || (major === neededMajor && minor >= neededMinor)
  return { version: process.versions.node, isSupported, needed: engines.node }
}

const numbers = (text: string): number[] => Array.from(text.matchAll(/\d+/g), ([digits]) => Number(digits))

// The binding is compiled code: it may be missing, or made for another Node.
const sqliteFacts = async (): Promise<MachineFacts['sqlite']> => {
  try {
    const { openSqlite } = await import('../sqlite.ts')
    const database = openSqlite(':memory:')
    const version = database.prepare<[], string>('SELECT sqlite_version()').pluck().get()
    database.close()
    return { version: version ?? 'unknown', problem: null }
  } catch (error) {
    return { version: null, problem: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
  }
}

/** Whether the folder, or the nearest existing one above it, can be written to. */
const isWritable = (folder: string): boolean => {
  let existing = resolve(folder)
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing)
  try {
    accessSync(existing, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}
