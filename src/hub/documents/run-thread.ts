/** Thread that reads runs batch by batch, in the order they come. */
import { parentPort } from 'node:worker_threads'
import { libsodiumCheck } from '../keys/verify.ts'
import type { RunBatch, RunVerdicts } from './run-reader.ts'
import { createSignedRunReader } from './signed-runs.ts'

const read = createSignedRunReader((await libsodiumCheck()) ?? undefined)

parentPort?.on('message', ({ bytes, ends, keys, keysOf }: RunBatch) => {
  const faults: RunVerdicts['faults'] = []
  const isSigned: RunVerdicts['isSigned'] = []
  for (const [index, end] of ends.entries()) {
    const { document, fault } = read(bytes.subarray(ends[index - 1] ?? 0, end), keys[keysOf[index] ?? 0] ?? [])
    faults.push(fault)
    isSigned.push(document?.isSigned ?? null)
  }
  parentPort?.postMessage({ faults, isSigned })
})
