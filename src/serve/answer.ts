/** How answers are written. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { formatLocation, Problem } from '../core/problem.ts'
import { toErrorDocument } from '../documents/error-document.ts'
import { Refusal, statusOf } from './refusal.ts'
import type { OpenFile } from './static-file.ts'

/** Of every answer: nothing of it may be guessed at, framed, or loaded into pages of other origins. */
export const EVERYWHERE: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': "frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
}

export const sendText = (
  { request, response }: Exchange,
  status: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const body = Buffer.from(text)
  response.writeHead(status, { ...headers, 'content-type': `${type}; charset=utf-8`, 'content-length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}

export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

export const sendJson = (
  exchange: Exchange,
  status: number,
  document: object,
  headers: Readonly<Record<string, string>> = {},
): void =>
  sendText(exchange, status, 'application/json', `${JSON.stringify(document)}\n`, {
    'cache-control': 'no-store',
    ...headers,
  })

/** As a document for programs, as plain text for who looks at pages. */
export const sendError = (exchange: Exchange, error: unknown, forPrograms: boolean): void => {
  const headers: Record<string, string> = { 'cache-control': 'no-store' }
  if (error instanceof Refusal) Object.assign(headers, error.headers)
  // What was not read of the body would be taken for the next request.
  if (!exchange.request.complete) headers['connection'] = 'close'
  const status = statusOf(error)
  if (forPrograms) sendJson(exchange, status, toErrorDocument(error), headers)
  else sendText(exchange, status, 'text/plain', errorText(error), headers)
}

const errorText = (error: unknown): string => {
  const { message } = toErrorDocument(error).error
  const { findings, hints } = error instanceof Problem ? error : { findings: [], hints: [] }
  return [
    message,
    ...findings.map(
      (finding) => `  ${finding.location ? `${formatLocation(finding.location)}: ` : ''}${finding.message}`,
    ),
    ...hints.map((hint) => `  → ${hint}`),
    '',
  ].join('\n')
}

/** A file, or that it has not changed. Closes it. Files of a dashboard are small enough to be sent as one. */
export const sendFile = async (
  { request, response }: Exchange,
  { handle, bytes, type, etag, modified }: OpenFile,
  cacheControl: string,
): Promise<void> => {
  const headers = { etag, 'last-modified': modified.toUTCString(), 'cache-control': cacheControl }
  try {
    if (isKnown(request, etag, modified)) return void response.writeHead(304, headers).end()
    const isHead = request.method === 'HEAD'
    const body = isHead ? null : await handle.readFile()
    response.writeHead(200, { ...headers, 'content-type': type, 'content-length': body?.length ?? bytes })
    response.end(body ?? undefined)
  } finally {
    await handle.close()
  }
}

const isKnown = ({ headers }: IncomingMessage, etag: string, modified: Date): boolean => {
  const { 'if-none-match': tags, 'if-modified-since': since } = headers
  if (tags !== undefined)
    return tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
  // Whole seconds travel.
  return since !== undefined && Math.floor(modified.getTime() / 1000) * 1000 <= Date.parse(since)
}
