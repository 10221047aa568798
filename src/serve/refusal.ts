import { Problem, type ProblemCode } from '../core/problem.ts'

/** What is wrong with a request as http has words for it. Its status is its own; its code says it is the caller's to mend. */
export class Refusal extends Problem {
  override readonly name = 'Refusal'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    details: { readonly hints?: readonly string[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(status === 404 ? 'E_NOT_FOUND' : 'E_USAGE', message, { hints: details.hints ?? [] })
    this.status = status
    this.headers = details.headers ?? {}
  }
}

/** The status of each error code (docs/serve.md). */
const STATUS: Readonly<Record<ProblemCode, number>> = {
  E_USAGE: 400,
  E_NOT_FOUND: 404,
  E_NO_BASE: 404,
  E_BUSY: 409,
  E_GATE: 409,
  E_INPUT: 422,
  // The project of the server is not in order, whatever the request was.
  E_CONFIG: 500,
  E_HUB: 502,
  E_STORE: 503,
  E_EXECUTOR: 503,
  E_OFFLINE: 503,
  E_INTERRUPTED: 503,
}

/** 500 for anything unexpected: that is a bug in this program. */
export const statusOf = (error: unknown): number => {
  if (error instanceof Refusal) return error.status
  return error instanceof Problem ? STATUS[error.code] : 500
}
