/** Filling a partial file from one source, with as many attempts as make sense. */
import { setTimeout as delay } from 'node:timers/promises'
import type { WantedContent } from '../../app/hub/fetch-ports.ts'
import type { PartialContent } from './partial-content.ts'
import { type Patience, type Source, SourceFailure } from './source.ts'

/** Attempts in a row that bring nothing new. */
const FRUITLESS = 3
/** Even a connection that always brings something must come to an end. */
const ATTEMPTS = 1000
const PAUSE_MAX_MS = 10_000

export interface Reception {
  readonly signal: AbortSignal
  readonly onBytes: (there: number) => void
}

/** Fills the file completely and checks it; throws {@link SourceFailure} when this source cannot. Returns bytes received. */
export const receive = async (
  partial: PartialContent,
  source: Source,
  content: Pick<WantedContent, 'sha256' | 'bytes'>,
  patience: Patience,
  reception: Reception,
): Promise<number> => {
  if (partial.size > content.bytes) await partial.restart()
  let received = 0
  const count = (bytes: number): void => {
    received += bytes
    reception.onBytes(partial.size)
  }
  const isMixed = await fill(partial, source, content, patience, { ...reception, onBytes: count })
  let digest = partial.digest()
  if (digest !== content.sha256 && isMixed) {
    // Parts of two contents may have been put together.
    await partial.restart()
    await fill(partial, source, content, patience, { ...reception, onBytes: count })
    digest = partial.digest()
  }
  if (digest === content.sha256) return received
  await partial.restart()
  throw new SourceFailure(`its SHA-256 there is ${digest} instead of ${content.sha256}; what was received is deleted`)
}

/** True when it was not received in one go. */
const fill = async (
  partial: PartialContent,
  source: Source,
  { bytes }: Pick<WantedContent, 'bytes'>,
  patience: Patience,
  reception: Reception,
): Promise<boolean> => {
  let isMixed = partial.size > 0
  let fruitless = 0
  for (let attempt = 1; ; attempt++) {
    const before = partial.size
    try {
      await once(partial, source, bytes, reception)
      return isMixed
    } catch (error) {
      reception.signal.throwIfAborted()
      if (!(error instanceof SourceFailure) || !error.again || attempt === ATTEMPTS) throw error
      isMixed ||= partial.size > 0
      fruitless = partial.size > before ? 0 : fruitless + 1
      if (fruitless === FRUITLESS) throw error
      const pause = Math.min(PAUSE_MAX_MS, patience.pauseMs * 2 ** fruitless)
      await delay(pause, undefined, { signal: reception.signal })
    }
  }
}

const once = async (
  partial: PartialContent,
  source: Source,
  bytes: number,
  { signal, onBytes }: Reception,
): Promise<void> => {
  if (partial.size === bytes && bytes > 0) return
  const { provenance } = partial
  const validator = provenance?.source === source.name ? provenance.validator : null
  const opened = await source.open({ offset: partial.size, validator, bytes, signal })
  if (opened.start !== partial.size) await partial.restart()
  partial.note({ source: source.name, validator: opened.validator })
  for await (const chunk of opened.chunks) {
    signal.throwIfAborted()
    if (partial.size + chunk.length > bytes) {
      await partial.restart()
      throw new SourceFailure(`it sends more than the ${bytes} bytes of the file`)
    }
    await partial.write(chunk)
    onBytes(chunk.length)
  }
  if (partial.size < bytes) throw new SourceFailure(`it ended after ${partial.size} of ${bytes} bytes`, true)
}
