import { type KeyObject, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { join } from 'node:path'
import type { HubIdentity, KeyStore, SigningKey } from '../../app/hub/trust-ports.ts'
import { COMMUNITY, isHubMonth, isHubName } from '../../core/hub/names.ts'
import { Problem } from '../../core/problem.ts'
import { configHome } from '../config-home.ts'
import { keyIdOf } from './key-id.ts'
import { readOrCreateSecret, readSecret } from './secret-file.ts'

const SECRET_BYTES = 32
const FROM_ENVIRONMENT = 'BENCHMARK_SIGNING_KEY'

/** Keys of this user: one file each in `keys/` of the config home. */
export const createKeyStore = (environment: NodeJS.ProcessEnv): KeyStore => {
  const folder = join(configHome(environment), 'keys')
  const file = (name: string): string => join(folder, name)
  const existing = (name: string): SigningKey | null => {
    const text = readSecret(file(name))
    return text === null ? null : signingKey(text, file(name))
  }
  const made = (name: string): SigningKey => signingKey(readOrCreateSecret(file(name), newKey), file(name))
  const given = (): SigningKey | null => {
    const text = environment[FROM_ENVIRONMENT]
    return text ? signingKey(asPem(text), FROM_ENVIRONMENT) : null
  }
  return {
    folder,
    projectKey: (project) => given() ?? made(projectFile(project)),
    existingProjectKey: (project) => given() ?? existing(projectFile(project)),
    maintainerKey: (hub) => made(maintainerFile(hub)),
    existingMaintainerKey: (hub) => existing(maintainerFile(hub)) ?? existing(`maintainer-${hub.name}.pem`),
    communityKey: (month) => made(`community-${checkedMonth(month)}.pem`),
    pseudonymSecret: (month) => {
      const path = file(`pseudonyms-${checkedMonth(month)}.secret`)
      const text = readOrCreateSecret(path, () => `${randomBytes(SECRET_BYTES).toString('base64url')}\n`)
      const secret = Buffer.from(text.trim(), 'base64url')
      if (secret.length !== SECRET_BYTES) throw damaged(path)
      return secret
    },
  }
}

const projectFile = (project: string): string => {
  if (!isHubName(project) || project === COMMUNITY)
    throw new Problem('E_USAGE', `${project} is no project name a hub can hold.`)
  return `project-${project}.pem`
}

// Two hubs may have one name. Keys of before are kept under the name alone.
const maintainerFile = ({ name, salt }: HubIdentity): string => {
  if (!isHubName(name) || !/^[0-9a-f]{32,64}$/.test(salt)) throw new RangeError(`${name} is no hub`)
  return `maintainer-${name}-${salt.slice(0, 16)}.pem`
}

const checkedMonth = (month: string): string => {
  if (!isHubMonth(month)) throw new RangeError(`${month} is no month`)
  return month
}

const newKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

// Secrets of CI systems hold one line, so the file may come as its base64.
const asPem = (text: string): string =>
  text.includes('-----BEGIN') ? text : Buffer.from(text.trim(), 'base64').toString('utf8')

const signingKey = (pem: string, source: string): SigningKey => {
  const key = privateKey(pem, source)
  const { x: publicKey } = key.export({ format: 'jwk' })
  if (publicKey === undefined) throw damaged(source)
  return {
    alg: 'ed25519',
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: (bytes) => sign(null, bytes, key).toString('base64url'),
  }
}

// The cause of a failure may quote the key: it is not passed on.
const privateKey = (pem: string, source: string): KeyObject => {
  let key: KeyObject
  try {
    key = createPrivateKey({ key: pem, format: 'pem' })
  } catch {
    throw damaged(source)
  }
  if (key.asymmetricKeyType !== 'ed25519') throw damaged(source)
  return key
}

const damaged = (source: string): Problem =>
  new Problem('E_HUB', `${source} does not hold a key this program can use.`, {
    hints: ['Expected: a private ed25519 key, PKCS8 in PEM (openssl genpkey -algorithm ed25519).'],
  })
