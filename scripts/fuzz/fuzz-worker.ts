// Runs the mutated inputs of one format. Before each input its bytes and number are put into memory shared with the
// parent, which can so tell, and keep, the input that never ends.
import { parentPort, workerData } from 'node:worker_threads'
import fc from 'fast-check'
import { Problem } from '../../src/core/problem.ts'
import { faultsOf, readBytes } from './checks.ts'
import { type Mutation, mutated, mutations } from './mutations.ts'
import { seedFilesOf } from './seed-files.ts'

/** What a worker is given. */
export interface FuzzOrder {
  readonly format: string
  readonly inputs: number
  readonly seed: number
  /** Number of the input under way, its length. */
  readonly progress: Int32Array
  readonly current: Uint8Array
}

/** What a worker found. */
export interface FuzzResult {
  readonly inputs: number
  readonly accepted: number
  readonly refused: number
  readonly slowestMs: number
  readonly failure?: { readonly file: string; readonly message: string; readonly input: Uint8Array }
}

const { format, inputs, seed, progress, current } = workerData as FuzzOrder
const counts = { inputs: 0, accepted: 0, refused: 0, slowestMs: 0 }

const run = async (): Promise<FuzzResult> => {
  const files = seedFilesOf(format)
  for (const [index, file] of files.entries()) {
    const attempt = async (changes: readonly Mutation[]): Promise<void> => {
      const bytes = mutated(file.bytes, changes)
      progress[1] = Math.min(bytes.length, current.length)
      current.set(bytes.subarray(0, current.length))
      Atomics.add(progress, 0, 1)
      const started = performance.now()
      const outcome = await readBytes(file, bytes)
      counts.slowestMs = Math.max(counts.slowestMs, performance.now() - started)
      counts.inputs++
      if (outcome instanceof Problem) counts.refused++
      else counts.accepted++
      const faults = faultsOf(outcome, bytes)
      if (faults.length > 0) throw new Error(faults.slice(0, 5).join('; '))
    }
    const numRuns = Math.floor(inputs / files.length) + (index < inputs % files.length ? 1 : 0)
    const details = await fc.check(fc.asyncProperty(mutations, attempt), { numRuns, seed })
    if (!details.failed) continue
    const input = mutated(file.bytes, details.counterexample?.[0] ?? [])
    const thrown = details.errorInstance
    const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    return { ...counts, failure: { file: file.file, message, input } }
  }
  return counts
}

parentPort?.postMessage(await run())
