import { Worker } from 'node:worker_threads'
import type { Parsed, RunReader, SignedRun } from '../../app/hub/trust-ports.ts'
import { packageFile } from '../../package-files.ts'
import { libsodiumCheck } from '../keys/verify.ts'
import { fromRunTexts } from './run-texts.ts'
import { createSignedRunReader, type KnownKeys } from './signed-runs.ts'

/** Runs that travel together: a message between threads costs as much as checking one. */
const BATCH = 128
/** Batches the thread may owe before the caller, who would only wait for it, reads one itself. */
const MOST_OWED = 12

/** Many runs on their way to the thread: their lines one after the other, and where each ends. */
export interface RunBatch {
  readonly bytes: Uint8Array
  readonly ends: readonly number[]
  readonly keys: readonly KnownKeys[]
  /** Which of `keys` each is read with. */
  readonly keysOf: readonly number[]
}

/** What the thread found, in the order of the runs. */
export interface RunVerdicts {
  readonly faults: (string | null)[]
  readonly isSigned: (boolean | null)[]
  /** Their documents, as `run-texts.ts` writes them: objects cost more to hand over than to parse. */
  readonly texts: string
}

interface Question {
  readonly line: Uint8Array
  readonly keys: KnownKeys
  readonly answer: (run: Parsed<SignedRun>) => void
}

/** A few runs are read at once; where many come together, a thread of its own checks them beside the caller. */
export const createRunReader = (): RunReader => {
  let read = createSignedRunReader()
  let waiting: Question[] = []
  let isAnnounced = false
  let thread: ReadThread | null = null

  const readHere = (batch: readonly Question[]): void => {
    for (const { line, keys, answer } of batch) answer(read(line, keys))
  }
  const flush = (): void => {
    const batch = waiting
    waiting = []
    if (thread === null && batch.length >= BATCH) {
      thread = startThread(readHere)
      void libsodiumCheck().then((check) => {
        if (check !== null) read = createSignedRunReader(check)
      })
    }
    if (thread !== null && thread.owes() < MOST_OWED) thread.ask(batch)
    else readHere(batch)
  }
  return {
    read: (line, keys) =>
      new Promise((answer) => {
        waiting.push({ line, keys, answer })
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

interface ReadThread {
  ask(batch: readonly Question[]): void
  /** Batches it has not finished. */
  owes(): number
}

/** A thread that keeps the process alive only while it owes answers. Without it, or when it ends, the caller reads. */
const startThread = (readHere: (batch: readonly Question[]) => void): ReadThread => {
  const owed: (readonly Question[])[] = []
  const answered = new Int32Array(new SharedArrayBuffer(4))
  let asked = 0
  const worker = new Worker(packageFile('dist/hub/documents/run-thread.js'), { workerData: answered })
  let isGone = false
  worker.unref()
  const settle = ({ faults, isSigned, texts }: RunVerdicts): void => {
    const documents = fromRunTexts(texts)
    for (const [index, { answer }] of (owed.shift() ?? []).entries()) {
      const document = documents[index] ?? null
      answer(
        document === null
          ? { document, fault: faults[index] ?? 'It could not be read.' }
          : { document: { document, isSigned: isSigned[index] ?? null }, fault: null },
      )
    }
    if (owed.length === 0) worker.unref()
  }
  const giveUp = (): void => {
    isGone = true
    for (const batch of owed.splice(0)) readHere(batch)
  }
  worker.on('message', settle)
  worker.on('error', giveUp)
  worker.on('exit', giveUp)
  return {
    owes: () => asked - Atomics.load(answered, 0),
    ask: (batch) => {
      if (isGone) return readHere(batch)
      if (owed.length === 0) worker.ref()
      owed.push(batch)
      asked++
      const message = packed(batch)
      worker.postMessage(message, [message.bytes.buffer])
    },
  }
}

const packed = (batch: readonly Question[]): RunBatch & { readonly bytes: Uint8Array<ArrayBuffer> } => {
  const bytes = new Uint8Array(batch.reduce((sum, { line }) => sum + line.length, 0))
  const ends: number[] = []
  const keys = new Map<KnownKeys, number>()
  const keysOf: number[] = []
  let at = 0
  for (const { line, keys: known } of batch) {
    bytes.set(line, at)
    at += line.length
    ends.push(at)
    const number = keys.get(known) ?? keys.size
    keys.set(known, number)
    keysOf.push(number)
  }
  return { bytes, ends, keys: [...keys.keys()], keysOf }
}
