/** A hub behind https, or http on this machine. */
import type { Credentials } from '../../app/hub/trust-ports.ts'
import { Problem } from '../../core/problem.ts'
import { safeLine } from '../safe-text.ts'
import { type Answer, type Channel, PushFailed } from './channel.ts'
import type { HttpAnswer, HttpClient } from './http-client.ts'
import { parseUrl } from './parse-url.ts'
import type { HubLimits } from './transport.ts'

const MAX_REDIRECTS = 3
const ERROR_BYTES = 16 * 1024
const DISCOVERY_BYTES = 64 * 1024 * 1024

interface HttpOptions {
  readonly client: HttpClient
  readonly credentials: Credentials
  readonly limits: HubLimits
}

/** `url` without a slash at its end. */
export const httpChannel = (url: string, { client, credentials, limits }: HttpOptions): Channel => {
  let base = url

  const authorised = async (): Promise<Readonly<Record<string, string>>> => {
    const found = await credentials.find(url)
    if (found === null) return {}
    return { authorization: `Basic ${Buffer.from(`${found.user}:${found.token}`).toString('base64')}` }
  }
  const get = async (path: string): Promise<{ readonly answer: HttpAnswer; readonly hasToken: boolean }> => {
    const authorisation = await authorised()
    const hasToken = 'authorization' in authorisation
    for (let redirects = 0; ; redirects++) {
      const asked = new URL(`${base}/${path}`)
      const headers = { ...authorisation, 'git-protocol': 'version=2' }
      const maxBytes = Math.min(DISCOVERY_BYTES, limits.fetchBytes)
      const answer = await client({ method: 'GET', url: asked, headers, maxBytes })
      if (answer.status < 300 || answer.status > 399) return { answer, hasToken }
      const next = await redirected(asked, answer, hasToken || redirects === MAX_REDIRECTS)
      if (!next.href.endsWith(`/${path}`)) throw moved(next)
      base = next.href.slice(0, -path.length - 1)
    }
  }
  return {
    discover: async (service) => {
      try {
        const { answer, hasToken } = await get(`info/refs?service=${service}`)
        if (answer.status !== 200) throw await refusal(answer, url, hasToken, credentials)
        const type = answer.headers['content-type'] ?? ''
        if (type === `application/x-${service}-advertisement`) return described(answer, url, credentials)
        await excerpt(answer)
        throw new Problem('E_HUB', `What answered at ${url} is not a git server.`, {
          hints: ['Check the URL: it is the one `git clone` takes.'],
        })
      } catch (error) {
        throw unreachable(url, error, credentials)
      }
    },
    call: async (service, body, maxBytes) => {
      const isPush = service === 'git-receive-pack'
      try {
        const authorisation = await authorised()
        const answer = await client({
          method: 'POST',
          url: new URL(`${base}/${service}`),
          headers: {
            ...authorisation,
            ...(isPush ? {} : { 'git-protocol': 'version=2' }),
            'content-type': `application/x-${service}-request`,
            accept: `application/x-${service}-result`,
          },
          body,
          maxBytes,
        })
        if (answer.status === 200) return described(answer, url, credentials)
        const refused = await refusal(answer, url, 'authorization' in authorisation, credentials)
        // A client's fault was found before git was asked; a server's may have come after it.
        if (isPush) throw new PushFailed(answer.status < 500 ? 'refused' : 'unknown', refused.message, refused)
        throw refused
      } catch (error) {
        if (error instanceof PushFailed) throw error
        const problem = unreachable(url, error, credentials)
        throw isPush ? new PushFailed('unknown', problem.message, problem) : problem
      }
    },
  }
}

/** The same answer, with its failures told in the user's words. */
const described = (answer: HttpAnswer, url: string, credentials: Credentials): Answer => {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* answer.chunks
    } catch (error) {
      throw unreachable(url, error, credentials)
    }
  }
  return { chunks: chunks(), received: answer.received }
}

const redirected = async (asked: URL, answer: HttpAnswer, isFinal: boolean): Promise<URL> => {
  await excerpt(answer)
  const next = parseUrl(answer.headers.location ?? '', asked)
  if (next === null) throw new Problem('E_HUB', 'The hub sends elsewhere, but does not say where.')
  if (isFinal || next.origin !== asked.origin || next.username !== '' || next.password !== '') throw moved(next)
  return next
}

const moved = (to: URL): Problem => {
  const place = safeLine(`${to.origin}${to.pathname.replace(/\/info\/refs$/, '')}`) ?? ''
  return new Problem('E_HUB', `The hub says that it is elsewhere: ${place}.`, {
    hints: ['If that is right, set the URL of the hub to it. A token is never taken along by itself.'],
  })
}

const refusal = async (
  answer: HttpAnswer,
  url: string,
  hasToken: boolean,
  credentials: Credentials,
): Promise<Problem> => {
  const { status } = answer
  const said = safeLine(credentials.redact(await excerpt(answer)))
  const more = said === null ? '' : ` It says: ${said}`
  if (status === 401)
    return new Problem('E_HUB', `The hub at ${url} wants ${hasToken ? 'another' : 'a'} token (401).${more}`, {
      hints: [hasToken ? 'The token may have ended.' : missing(credentials.withheld(url), url)],
    })
  if (status === 403)
    return new Problem('E_HUB', `The hub at ${url} does not allow this (403).${more}`, {
      hints: ['The token needs the right to read and write the contents of that repository.'],
    })
  if (status === 404)
    return new Problem('E_HUB', `There is no hub at ${url} (404).${more}`, {
      hints: ['Check the URL. A private repository looks the same to those who may not read it.'],
    })
  return new Problem(
    status >= 500 || status === 429 ? 'E_OFFLINE' : 'E_HUB',
    `The hub at ${url} answered with status ${status}.${more}`,
    {
      hints: ['Try again later.'],
    },
  )
}

const missing = (withheld: string | null, url: string): string =>
  withheld === null
    ? 'Run `benchmark auth --token -`, or set BENCHMARK_HUB_TOKEN.'
    : `The token of ${withheld} was not sent: nobody here said that it may go to ${new URL(url).origin}. If it is yours for there: benchmark auth --confirm`

// Text only: pages are for browsers.
const excerpt = async ({ chunks, headers }: HttpAnswer): Promise<string> => {
  let text = ''
  try {
    for await (const chunk of chunks) {
      text += Buffer.from(chunk).toString('utf8')
      if (text.length > ERROR_BYTES) break
    }
  } catch {
    // What came is all there is to say.
  }
  return (headers['content-type'] ?? 'text/plain').startsWith('text/plain') ? text : ''
}

const unreachable = (url: string, error: unknown, credentials: Credentials): Problem => {
  if (error instanceof Problem) return error
  const { message, code } = error as NodeJS.ErrnoException
  const why = credentials.redact(safeLine(message) ?? code ?? 'for no reason it tells')
  return new Problem('E_OFFLINE', `The hub at ${url} cannot be reached: ${why}.`, {
    hints: ['Check the network and, behind a company’s proxy, HTTPS_PROXY and NODE_EXTRA_CA_CERTS. Nothing is lost.'],
    cause: error,
  })
}
