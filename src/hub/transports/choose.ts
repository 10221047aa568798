/** From the URL of a hub to the way there. */
import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Credentials } from '../../app/hub/trust-ports.ts'
import { isScpLike } from '../../core/hub/address.ts'
import { Problem } from '../../core/problem.ts'
import type { Environment, GitProgram } from '../git/git-program.ts'
import { safeLine } from '../safe-text.ts'
import type { Offers } from './advertisement.ts'
import { createHttpClient } from './http-client.ts'
import { httpChannel } from './http.ts'
import { pathChannel } from './path.ts'
import { parseUrl } from './parse-url.ts'
import { isLoopback } from './proxy.ts'
import { smartTransport } from './smart-transport.ts'
import { sshChannel } from './ssh.ts'
import type { HubLimits, Transport } from './transport.ts'

/** Where a hub is. `url` is how it is always written. */
export type HubPlace =
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'ssh'; readonly url: string }
  | { readonly kind: 'path'; readonly url: string; readonly folder: string }

const KINDS = 'https://…, ssh://…, user@host:path, an absolute path or file://…'

/** Reads the URL of a hub; throws `E_HUB` for everything that is not one of the few kinds we speak. */
export const hubPlace = (given: string): HubPlace => {
  const text = given.trim()
  // eslint-disable-next-line no-control-regex -- they have no place in a URL
  if (text === '' || text.startsWith('-') || /[\u0000-\u001f\u007f]/.test(text)) throw notHub('It is not a URL.')
  if (isAbsolute(text)) return { kind: 'path', url: text.replace(/(?<=.)\/+$/, ''), folder: text }
  if (/^[a-z][a-z0-9+.-]*::/i.test(text)) throw notHub('Helpers of git are not used.')
  if (!text.includes('://')) {
    if (isScpLike(text)) return { kind: 'ssh', url: text }
    throw notHub(`It is not one of ${KINDS}.`)
  }
  const url = parseUrl(text)
  if (url === null) throw notHub('It is not a URL.')
  if (url.search !== '' || url.hash !== '') throw notHub('It must not have a `?` or `#`.')
  if (url.protocol === 'file:') return filePlace(url)
  if (url.protocol === 'ssh:') return sshPlace(url)
  if (url.username !== '' || url.password !== '')
    throw notHub('It must not hold a name or token: URLs end up in logs and histories.', [
      'Take it out, and run `benchmark auth --token -`.',
    ])
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
    return { kind: 'http', url: url.href.replace(/\/+$/, '') }
  if (url.protocol === 'http:') throw notHub('http:// is not safe for tokens except on this machine: use https://.')
  throw notHub(`It is not one of ${KINDS}.`)
}

const filePlace = (url: URL): HubPlace => {
  if (url.hostname !== '') throw notHub('A file:// URL must not name a host.')
  const folder = fileURLToPath(url)
  return { kind: 'path', url: url.href.replace(/\/+$/, ''), folder }
}

const sshPlace = (url: URL): HubPlace => {
  if (url.password !== '') throw notHub('It must not hold a password: use a key.')
  const parts = [decodeURIComponent(url.username), url.hostname, decodeURIComponent(url.pathname).slice(1)]
  if (parts.some((part) => part.startsWith('-')) || parts[1] === '') throw notHub('It is not a URL.')
  return { kind: 'ssh', url: url.href.replace(/\/+$/, '') }
}

const notHub = (why: string, hints: readonly string[] = []): Problem =>
  new Problem('E_HUB', `This URL cannot be a hub’s. ${why}`, { hints })

interface WayOptions {
  readonly git: GitProgram | null
  readonly environment: Environment
  readonly credentials: Credentials
  readonly limits: HubLimits
  readonly offers: Offers
}

// What ssh leads to says what it offers on every connection, asked or not.
const NOTHING_KEPT: Offers = { read: () => null, keep: () => Promise.resolve() }

/** The way to a hub. Folders need the git program; throws `E_HUB` when there is none. */
export const chooseTransport = (
  place: HubPlace,
  { git, environment, credentials, limits, offers }: WayOptions,
): Transport => {
  if (place.kind === 'http')
    return smartTransport(
      httpChannel(place.url, { client: createHttpClient(environment, limits), credentials, limits }),
      limits,
      offers,
    )
  if (place.kind === 'ssh') return smartTransport(sshChannel(place.url, { environment, limits }), limits, NOTHING_KEPT)
  if (git === null)
    throw new Problem(
      'E_HUB',
      `The hub ${safeLine(place.url) ?? ''} needs the program git, which is not on the PATH.`,
      {
        hints: ['Install git, or use a hub behind https:// or ssh.'],
      },
    )
  const runHooks = environment['BENCHMARK_HUB_TRUST_HOOKS'] === '1'
  return smartTransport(pathChannel(place.folder, { git, limits, runHooks }), limits, offers)
}
