export type Service = 'git-upload-pack' | 'git-receive-pack'

/** What came back so far: chunks as they arrive, counted as they were sent over the line. */
export interface Answer {
  readonly chunks: AsyncIterable<Uint8Array>
  readonly received: () => number
}

/**
 * Requests and answers of git's stateless protocol, over http or to a process. An answer that is an error is thrown: `E_HUB`,
 * or {@link PushFailed} after a push has begun.
 */
export interface Channel {
  /** What a service offers; version 2 is asked for. */
  discover(service: Service): Promise<Answer>
  /** One request; `maxBytes`: more is {@link TooLarge}. */
  call(service: Service, body: readonly Uint8Array[], maxBytes: number): Promise<Answer>
  /** Ends what is still open. */
  close?(): void
}

/** A push that was sent: whether it was refused or only fell silent. */
export class PushFailed extends Error {
  override readonly name = 'PushFailed'
  readonly answer: 'refused' | 'unknown'

  constructor(answer: 'refused' | 'unknown', message: string, cause?: unknown) {
    super(message, { cause })
    this.answer = answer
  }
}
