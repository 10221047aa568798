import type { Listening } from '../json/serve-documents.ts'

/** What `benchmark serve` says once it listens. */
export const renderServe = ({ url, token }: Listening): string =>
  [
    `Dashboard  ${url}`,
    `API        ${url}api/v1/openapi.json`,
    `Token      ${token}`,
    'Starting runs over http takes the token; keep it to yourself. Ctrl-C ends the server, not the runs it started.',
  ].join('\n')

/** A request that was answered, on one line. */
export const renderAnswered = (answered: {
  readonly method: string
  readonly url: string
  readonly status: number
  readonly milliseconds: number
}): string => `${answered.status} ${answered.method} ${answered.url} ${answered.milliseconds.toFixed(0)} ms`
