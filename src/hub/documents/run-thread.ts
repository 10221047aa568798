/** Thread that reads runs batch by batch, in the order they come. */
import { parentPort, workerData } from 'node:worker_threads'
import type { HubRunDocument } from '../../generated/hub-run.ts'
import { libsodiumCheck } from '../keys/verify.ts'
import type { RunBatch, RunVerdicts } from './run-reader.ts'
import { toRunTexts } from './run-texts.ts'
import { createSignedRunReader } from './signed-runs.ts'

const read = createSignedRunReader((await libsodiumCheck()) ?? undefined)

// So that the caller knows what is left to do before it comes to look at the answers.
const answered = workerData as Int32Array<SharedArrayBuffer>

parentPort?.on('message', ({ bytes, ends, keys, keysOf }: RunBatch) => {
  const faults: RunVerdicts['faults'] = []
  const isSigned: RunVerdicts['isSigned'] = []
  const documents: (HubRunDocument | null)[] = []
  for (const [index, end] of ends.entries()) {
    const { document, fault } = read(bytes.subarray(ends[index - 1] ?? 0, end), keys[keysOf[index] ?? 0] ?? [])
    faults.push(fault)
    isSigned.push(document?.isSigned ?? null)
    documents.push(document?.document ?? null)
  }
  const texts = toRunTexts(documents)
  Atomics.add(answered, 0, 1)
  parentPort?.postMessage({ faults, isSigned, texts } satisfies RunVerdicts)
})
