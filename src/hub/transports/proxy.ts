/** Which proxy a request goes through, and the tunnel there. */
import { readFileSync } from 'node:fs'
import { request, type ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import { rootCertificates } from 'node:tls'
import { Problem } from '../../core/problem.ts'
import type { Environment } from '../git/git-program.ts'
import { parseUrl } from './parse-url.ts'

export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)

/** The proxy for a URL as the environment says, or null. Loopback never has one. */
export const proxyFor = (url: URL, environment: Environment): URL | null => {
  if (isLoopback(url.hostname)) return null
  const names = url.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy']
  const given = [...names, 'all_proxy', 'ALL_PROXY'].map((name) => environment[name]).find((each) => each)
  if (given === undefined || isExcepted(url, environment['no_proxy'] ?? environment['NO_PROXY'] ?? '')) return null
  const proxy = parseUrl(given.includes('://') ? given : `http://${given}`)
  if (proxy === null || proxy.protocol !== 'http:')
    throw new Problem('E_HUB', 'The proxy in the environment is not an http:// URL.', {
      hints: [`Correct ${names.join(' or ')}.`],
    })
  return proxy
}

// `*`, host names with everything below them, each with a port or without.
const isExcepted = (url: URL, list: string): boolean =>
  list.split(/[\s,]+/).some((entry) => {
    if (entry === '') return false
    if (entry === '*') return true
    const [, name = '', port] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
    if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false
    return name !== '' && (url.hostname === name || url.hostname.endsWith(`.${name}`))
  })

/** A connection through a proxy to the host of an https URL. */
export const tunnel = (proxy: URL, target: URL, connectMs: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const authority = `${target.hostname}:${target.port || '443'}`
    const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
    const asked: ClientRequest = request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || '80',
      method: 'CONNECT',
      path: authority,
      agent: false,
      timeout: connectMs,
      headers: {
        host: authority,
        ...(proxy.username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }),
      },
    })
    asked.once('connect', ({ statusCode }, socket: Socket) => {
      if (statusCode === 200) return resolve(socket)
      socket.destroy()
      reject(new Error(`the proxy answered ${statusCode}`))
    })
    asked.once('timeout', () => asked.destroy(new Error('the proxy did not answer')))
    asked.once('error', reject)
    asked.end()
  })

/**
 * Certificates of authorities, when the environment names further ones as git and others read them. A list of one's own puts
 * Node's aside, so those and what NODE_EXTRA_CA_CERTS adds to them are in it too.
 */
export const authorities = (environment: Environment): string[] | undefined => {
  const files = ['GIT_SSL_CAINFO', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'].map((name) => environment[name] ?? '')
  if (files[0] === '' && files[1] === '') return undefined
  return [...rootCertificates, ...files.filter((file) => file !== '').map(certificatesIn)]
}

const certificatesIn = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Problem('E_HUB', `The file with certificates cannot be read: ${file}.`, { cause: error })
  }
}
