import { Worker } from 'node:worker_threads'
import type { Signatures } from '../../app/hub/trust-ports.ts'
import { packageFile } from '../../package-files.ts'
import { createVerifier } from './verify.ts'

/** Signatures that travel together: a message between threads costs as much as checking one. */
const BATCH = 128

/** Many signatures on their way to the thread: their messages one after the other, and where each ends. */
export interface SignatureBatch {
  readonly bytes: Uint8Array
  readonly ends: readonly number[]
  /** One a line, as the public keys. */
  readonly signatures: string
  readonly publicKeys: string
}

interface Question {
  readonly bytes: Uint8Array
  readonly signature: string
  readonly publicKey: string
  readonly answer: (isGood: boolean) => void
}

/**
 * ed25519 checks. A few are done at once; where many come together, a thread of its own does them beside the caller.
 * What is no key or no signature verifies nothing; nothing throws.
 */
export const createSignatures = (): Signatures => {
  const verify = createVerifier()
  let waiting: Question[] = []
  let isAnnounced = false
  let thread: VerifyThread | null = null

  const flush = (): void => {
    const batch = waiting
    waiting = []
    if (thread === null && batch.length >= BATCH) thread = startThread(verify)
    if (thread !== null) thread.ask(batch)
    else answerHere(verify, batch)
  }
  return {
    verify: (bytes, signature, publicKey) =>
      new Promise((answer) => {
        waiting.push({ bytes, signature, publicKey, answer })
        if (waiting.length >= BATCH) return flush()
        if (isAnnounced) return
        isAnnounced = true
        setImmediate(() => {
          isAnnounced = false
          if (waiting.length > 0) flush()
        })
      }),
  }
}

type Verify = ReturnType<typeof createVerifier>

const answerHere = (verify: Verify, batch: readonly Question[]): void => {
  for (const { bytes, signature, publicKey, answer } of batch) answer(verify(bytes, signature, publicKey))
}

interface VerifyThread {
  ask(batch: readonly Question[]): void
}

/** A thread that keeps the process alive only while it owes answers. Without it, or when it ends, we check ourselves. */
const startThread = (verify: Verify): VerifyThread => {
  const owed: (readonly Question[])[] = []
  const worker = new Worker(packageFile('dist/hub/keys/verify-worker.js'))
  let isGone = false
  worker.unref()
  const settle = (verdicts: Uint8Array): void => {
    for (const [index, { answer }] of (owed.shift() ?? []).entries()) answer(verdicts[index] === 1)
    if (owed.length === 0) worker.unref()
  }
  const giveUp = (): void => {
    isGone = true
    for (const batch of owed.splice(0)) answerHere(verify, batch)
  }
  worker.on('message', settle)
  worker.on('error', giveUp)
  worker.on('exit', giveUp)
  return {
    ask: (batch) => {
      if (isGone) return answerHere(verify, batch)
      if (owed.length === 0) worker.ref()
      owed.push(batch)
      const message = packed(batch)
      worker.postMessage(message, [message.bytes.buffer])
    },
  }
}

const packed = (batch: readonly Question[]): SignatureBatch & { readonly bytes: Uint8Array<ArrayBuffer> } => {
  const bytes = new Uint8Array(batch.reduce((sum, question) => sum + question.bytes.length, 0))
  const ends: number[] = []
  let at = 0
  for (const question of batch) {
    bytes.set(question.bytes, at)
    at += question.bytes.length
    ends.push(at)
  }
  return {
    bytes,
    ends,
    signatures: batch.map(({ signature }) => oneLine(signature)).join('\n'),
    publicKeys: batch.map(({ publicKey }) => oneLine(publicKey)).join('\n'),
  }
}

// What has a line feed in it is no base64, with or without it.
const oneLine = (text: string): string => (text.includes('\n') ? '' : text)
