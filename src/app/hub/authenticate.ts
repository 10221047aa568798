import { Problem } from '../../core/problem.ts'
import type { HubDeps } from './hub-deps.ts'

/** A token for a hub, never the token itself unless it was asked for. */
export interface Authentication {
  readonly hub: string
  /** Scheme, host and port the token is bound to; null: this hub needs none. */
  readonly origin: string | null
  readonly action: 'stored' | 'removed' | 'shown' | 'status' | 'confirmed'
  readonly found: boolean
  readonly source: string | null
  /** Where a token is from that is not sent there, because nobody said on this machine that it may. */
  readonly withheld: string | null
  /** First eight digits of its SHA-256. */
  readonly fingerprint: string | null
  readonly token: string | null
  /** Whether the hub took it; null: it was not asked, or could not be reached. */
  readonly accepted: boolean | null
  readonly keyId: string | null
  readonly problem: string | null
}

export type AuthRequest =
  { readonly action: 'store'; readonly token: string } | { readonly action: 'remove' | 'get' | 'status' | 'confirm' }

type AuthDeps = Pick<HubDeps, 'repository' | 'credentials' | 'keys' | 'audit' | 'clock' | 'sha256'>

/** Where forges let people make a token that may write to one repository. */
const TOKEN_PAGES: Readonly<Record<string, string>> = {
  'github.com':
    'https://github.com/settings/personal-access-tokens/new (repository access: this hub; contents: read and write)',
  'gitlab.com': 'Settings → Access tokens of the hub’s project (role Developer, scope write_repository)',
}

/** Stores, removes, shows or checks the token for a hub. A token is bound to the hub's scheme, host and port. */
export const authenticate = async (
  deps: AuthDeps,
  request: AuthRequest,
  project: string | null,
): Promise<Authentication> => {
  const { url } = deps.repository
  const origin = originOf(url)
  if (origin === null && (request.action === 'store' || request.action === 'confirm'))
    throw new Problem('E_USAGE', `The hub ${url} is not reached with a token.`, {
      hints: ['Folders need permission on the file system, ssh needs a key: ssh-add, or an entry in ~/.ssh/config.'],
    })
  if (request.action === 'store') {
    const token = request.token.trim()
    if (!/^[\x21-\x7e]{4,4096}$/.test(token))
      throw new Problem('E_USAGE', 'That is no token: it must be 4 to 4096 characters without spaces.')
    deps.credentials.store(url, token)
    note(deps, 'store', origin ?? url, token)
  }
  if (request.action === 'confirm') {
    deps.credentials.confirm(url)
    note(deps, 'confirm', origin ?? url, null)
  }
  if (request.action === 'remove' && deps.credentials.remove(url)) note(deps, 'remove', origin ?? url, null)
  const found = await deps.credentials.find(url)
  if (request.action === 'get' && found === null && origin !== null) throw noToken(origin)
  const answer =
    request.action === 'get' || request.action === 'remove' ? { accepted: null, problem: null } : await tryToken(deps)
  return {
    hub: url,
    origin,
    action: DONE[request.action],
    found: found !== null,
    source: found?.source ?? null,
    withheld: deps.credentials.withheld(url),
    fingerprint: found === null ? null : deps.sha256(found.token).slice(0, 8),
    token: request.action === 'get' ? (found?.token ?? null) : null,
    keyId: project === null ? null : (deps.keys.existingProjectKey(project)?.keyId ?? null),
    ...answer,
  }
}

const DONE = { store: 'stored', remove: 'removed', get: 'shown', status: 'status', confirm: 'confirmed' } as const

const note = (deps: AuthDeps, what: string, origin: string, token: string | null): void => {
  deps.audit.append({
    at: deps.clock.now().toISOString(),
    action: 'token',
    objectHash: token === null ? null : deps.sha256(token),
    detail: { what, origin },
  })
}

const tryToken = async (deps: AuthDeps): Promise<{ accepted: boolean | null; problem: string | null }> => {
  try {
    await deps.repository.remoteHead()
    return { accepted: true, problem: null }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // A refusal says something about the token; silence says nothing.
    return { accepted: /\b40[13]\b/.test(error.message) ? false : null, problem: error.message }
  }
}

/** `https://host:port` of a hub that is reached with a token. */
export const originOf = (url: string): string | null => /^https?:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase() ?? null

const noToken = (origin: string): Problem => {
  const page = TOKEN_PAGES[origin.replace(/^https?:\/\//, '')]
  return new Problem('E_NOT_FOUND', `There is no token for ${origin} here.`, {
    hints: [
      `Make one: ${page ?? 'in the settings of the forge, with the right to write to this one repository'}.`,
      'Then: benchmark auth --token <token>, or set BENCHMARK_HUB_TOKEN.',
    ],
  })
}
