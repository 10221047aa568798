/** Thread that checks signatures batch by batch, in the order they come. */
import { parentPort } from 'node:worker_threads'
import { createVerifier } from './verify.ts'
import type { SignatureBatch } from './signatures.ts'

const verify = createVerifier()

parentPort?.on('message', ({ bytes, ends, signatures, publicKeys }: SignatureBatch) => {
  const verdicts = new Uint8Array(ends.length)
  const [signatureOf, keyOf] = [signatures.split('\n'), publicKeys.split('\n')]
  for (const [index, end] of ends.entries()) {
    const message = bytes.subarray(ends[index - 1] ?? 0, end)
    verdicts[index] = Number(verify(message, signatureOf[index] ?? '', keyOf[index] ?? ''))
  }
  parentPort?.postMessage(verdicts)
})
