import { type ChildProcess, spawn } from 'node:child_process'
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { ServeDocument } from '../../src/generated/serve.ts'
import { documentErrors } from './document.ts'
import { packageRoot } from './harness.ts'

// `benchmark serve` as a user starts it, and requests that are exactly what a test says they are.

export interface Serving extends ServeDocument {
  readonly child: ChildProcess
  readonly stderr: () => string
  readonly stdout: () => string
  /** Sends the signal and waits for the end. */
  readonly stop: (signal?: 'SIGINT' | 'SIGTERM') => Promise<number | null>
}

const running = new Set<ChildProcess>()
/** Ends what tests left behind. */
export const stopServers = (): void => {
  for (const child of running) child.kill('SIGKILL')
}

/** Starts the built program; resolves when it says that it listens. */
export const serve = (cwd: string, argv: readonly string[] = []): Promise<Serving> =>
  new Promise((resolve, reject) => {
    const all = [join(packageRoot, 'bin', 'run.js'), 'serve', '--port', '0', '--json', ...argv]
    const child = spawn(process.execPath, all, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    let [stdout, stderr, isUp] = ['', '', false]
    const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
    void ended.then((code) => {
      running.delete(child)
      if (!isUp) reject(new Error(`benchmark serve ended with ${String(code)}: ${stdout}${stderr}`))
    })
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString()))
    child.stdout.on('data', (part: Buffer) => {
      stdout += part.toString()
      if (isUp || !stdout.endsWith('}\n')) return
      const document = JSON.parse(stdout) as ServeDocument
      isUp = true
      expect(documentErrors(document)).toEqual([])
      resolve({
        ...document,
        ...{ child, stderr: () => stderr, stdout: () => stdout },
        stop: (signal = 'SIGTERM') => {
          child.kill(signal)
          return ended
        },
      })
    })
  })

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** A document that is as its schema says. */
  readonly document: () => Record<string, unknown>
}

interface Asking {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** One request on a connection of its own; the path goes out as it is. */
export const ask = (to: { readonly port: number; readonly host: string }, path: string, asking: Asking = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = asking
    const sent = request({ host: to.host, port: to.port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(parts).toString()
        const document = (): Record<string, unknown> => {
          const value = JSON.parse(text) as Record<string, unknown>
          expect(documentErrors(value)).toEqual([])
          return value
        }
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, document })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })

/** Starts a run, as its owner would. */
export const post = (to: Serving, body: object | string, headers: Readonly<Record<string, string>> = {}) =>
  ask(to, '/api/v1/benchmark/run', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${to.token}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

/** Bytes on a socket, and everything that comes back until the other side closes. */
export const raw = (to: { readonly port: number; readonly host: string }, bytes: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    const socket = connect(to.port, to.host, () => socket.write(bytes, 'latin1'))
    socket.on('data', (part) => (answer += part.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })
