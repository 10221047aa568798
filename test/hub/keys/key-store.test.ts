import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createKeyStore } from '../../../src/hub/keys/key-store.ts'
import { keyIdOf } from '../../../src/hub/keys/key-id.ts'
import { createSignatures } from '../../../src/hub/keys/signatures.ts'
import { packageRoot, tempDir } from '../../support/harness.ts'

const home = (): string => tempDir('keys')
const storeIn = (folder: string, more: NodeJS.ProcessEnv = {}) =>
  createKeyStore({ BENCHMARK_CONFIG_HOME: folder, ...more })
const message = Buffer.from('benchmark-run-v1\0{}')

describe('files', () => {
  test('a key is made once, for its owner only', () => {
    const folder = home()
    const keys = storeIn(folder)
    expect(keys.existingProjectKey('gut')).toBeNull()
    const made = keys.projectKey('gut')
    expect(made.keyId).toMatch(/^[a-z2-7]{26}$/)
    expect(made.publicKey).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(storeIn(folder).projectKey('gut').keyId).toBe(made.keyId)
    expect(keys.existingProjectKey('gut')?.keyId).toBe(made.keyId)
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700)
    expect(readdirSync(join(folder, 'keys'))).toEqual(['project-gut.pem'])
    expect(statSync(join(folder, 'keys', 'project-gut.pem')).mode & 0o777).toBe(0o600)
  })

  test('of a maintainer, kept under the name of the hub alone, is still found', () => {
    const folder = home()
    const keys = storeIn(folder)
    const kept = keys.projectKey('gut')
    renameSync(join(folder, 'keys', 'project-gut.pem'), join(folder, 'keys', 'maintainer-gut.pem'))
    expect(keys.existingMaintainerKey({ name: 'gut', salt: '0a'.repeat(32) })?.keyId).toBe(kept.keyId)
    expect(keys.existingMaintainerKey({ name: 'soil', salt: '0a'.repeat(32) })).toBeNull()
  })

  test('each purpose has its own', () => {
    const keys = storeIn(home())
    const ids = [
      keys.projectKey('gut').keyId,
      keys.projectKey('soil').keyId,
      keys.maintainerKey({ name: 'gut', salt: '0a'.repeat(32) }).keyId,
      keys.maintainerKey({ name: 'gut', salt: '0b'.repeat(32) }).keyId,
      keys.communityKey('2026-11').keyId,
      keys.communityKey('2026-12').keyId,
    ]
    expect(new Set(ids).size).toBe(ids.length)
    expect(keys.pseudonymSecret('2026-11')).toHaveLength(32)
    expect(keys.pseudonymSecret('2026-11')).toEqual(keys.pseudonymSecret('2026-11'))
    expect(keys.pseudonymSecret('2026-12')).not.toEqual(keys.pseudonymSecret('2026-11'))
  })

  test('a file others may read is refused, with what to run', () => {
    const folder = home()
    storeIn(folder).projectKey('gut')
    const path = join(folder, 'keys', 'project-gut.pem')
    chmodSync(path, 0o640)
    expect(() => storeIn(folder).projectKey('gut')).toThrow(
      expect.objectContaining({ hints: [`Run: chmod 600 '${path}'`] }),
    )
    chmodSync(path, 0o600)
    chmodSync(join(folder, 'keys'), 0o755)
    expect(() => storeIn(folder).existingProjectKey('gut')).toThrow(/Others may read/)
  })

  test('a damaged key is reported, never replaced, never quoted', () => {
    const folder = home()
    mkdirSync(join(folder, 'keys'), { mode: 0o700 })
    writeFileSync(join(folder, 'keys', 'project-gut.pem'), 'SECRETSECRET', { mode: 0o600 })
    expect(() => storeIn(folder).projectKey('gut')).toThrow(/^(?!.*SECRETSECRET).*does not hold a key/)
    expect(readFileSync(join(folder, 'keys', 'project-gut.pem'), 'utf8')).toBe('SECRETSECRET')
  })

  test.each(['../x', 'Gut', 'community', ''])('no key for a project named %j', (project) => {
    expect(() => storeIn(home()).projectKey(project)).toThrow(/no project name/)
  })

  test('processes that start together end with one key', async () => {
    const folder = home()
    const module = join(packageRoot, 'dist', 'hub', 'keys', 'key-store.js')
    const script = `import { createKeyStore } from ${JSON.stringify(module)}
      console.log(createKeyStore(process.env).projectKey('gut').keyId)`
    const environment = { ...process.env, BENCHMARK_CONFIG_HOME: folder }
    const runs = Array.from({ length: 6 }, () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: environment }),
    )
    const ids = (await Promise.all(runs)).map(({ stdout }) => stdout.trim())
    expect(new Set(ids).size).toBe(1)
    expect(readdirSync(join(folder, 'keys'))).toEqual(['project-gut.pem'])
  })
})

describe('the key of the environment', () => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

  test('wins over the file, as PEM or as its base64', () => {
    const folder = home()
    const own = storeIn(folder).projectKey('gut')
    const given = storeIn(folder, { BENCHMARK_SIGNING_KEY: pem }).projectKey('gut')
    const encoded = storeIn(folder, { BENCHMARK_SIGNING_KEY: Buffer.from(pem).toString('base64') })
    expect(given.keyId).not.toBe(own.keyId)
    expect(encoded.existingProjectKey('gut')?.keyId).toBe(given.keyId)
    expect(encoded.maintainerKey({ name: 'gut', salt: '0a'.repeat(32) }).keyId).not.toBe(given.keyId)
  })

  test('another kind of key is refused', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const text = rsa.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(() => storeIn(home(), { BENCHMARK_SIGNING_KEY: text }).projectKey('gut')).toThrow(/BENCHMARK_SIGNING_KEY/)
    expect(() => storeIn(home(), { BENCHMARK_SIGNING_KEY: 'x' }).projectKey('gut')).toThrow(/BENCHMARK_SIGNING_KEY/)
  })
})

describe('signatures', () => {
  const key = storeIn(home()).projectKey('gut')
  const signatures = createSignatures()

  test('good ones, and everything else', async () => {
    const signature = key.sign(message)
    expect(signature).toMatch(/^[A-Za-z0-9_-]{86}$/)
    expect(await signatures.verify(message, signature, key.publicKey)).toBe(true)
    expect(await signatures.verify(Buffer.from('other'), signature, key.publicKey)).toBe(false)
    expect(await signatures.verify(message, storeIn(home()).projectKey('gut').sign(message), key.publicKey)).toBe(false)
    for (const bad of ['', 'x', signature.slice(1), `${signature}A`, `${signature}==`])
      expect(await signatures.verify(message, bad, key.publicKey)).toBe(false)
    for (const bad of ['', 'x', `${key.publicKey}=`, key.publicKey.slice(1)])
      expect(await signatures.verify(message, signature, bad)).toBe(false)
  })

  test('another spelling of the same bytes is not the same signature', async () => {
    const signature = key.sign(message)
    const last = signature.at(-1) ?? ''
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const other = signature.slice(0, -1) + (alphabet[alphabet.indexOf(last) + 1] ?? '')
    expect(Buffer.from(other, 'base64url')).toEqual(Buffer.from(signature, 'base64url'))
    expect(await signatures.verify(message, other, key.publicKey)).toBe(false)
  })
})

// RFC 8032, 7.1, test 1: the key is known, so its id can be computed by anybody (sha256sum, base32, tr, cut).
test('the id of a key is the base32 of its digest', () => {
  const raw = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex')
  expect(keyIdOf(raw.toString('base64url'))).toBe('eh7ddx5bksrgcytl7bkai36se4')
})
