/** A place a file can be read from, and what can be wrong with it. */

/** Why a source does not give the file. `again`: trying once more may help. */
export class SourceFailure extends Error {
  override readonly name = 'SourceFailure'
  readonly again: boolean
  constructor(message: string, again = false) {
    super(message)
    this.again = again
  }
}

export interface OpenRequest {
  /** Bytes that are here already; the source may begin after them or at 0. */
  readonly offset: number
  /** What the source said of its content when those bytes came; null when nothing is known. */
  readonly validator: string | null
  /** What the file must have. */
  readonly bytes: number
  readonly signal: AbortSignal
}

export interface OpenedSource {
  readonly start: number
  readonly validator: string | null
  readonly chunks: AsyncIterable<Uint8Array>
}

export interface Source {
  /** Without credentials, safe to show; what was begun from here goes on here. */
  readonly name: string
  /** Throws {@link SourceFailure}. */
  open(request: OpenRequest): Promise<OpenedSource>
}

/** How long to wait for others. */
export interface Patience {
  /** Without a byte, connecting included. */
  readonly silentMs: number
  /** Before trying again: doubled each time. */
  readonly pauseMs: number
}

/** One line of foreign text, without anything that moves a cursor. */
export const oneLine = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- finding control characters is the point
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g, ' ')
    .trim()
    .slice(0, 300)

export const wrongSize = (actual: number, expected: number): SourceFailure =>
  new SourceFailure(`it has ${actual} bytes there instead of ${expected}`)
