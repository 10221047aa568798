import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WantedContent } from '../../../src/app/hub/fetch-ports.ts'
import { createContentCache } from '../../../src/hub/fetch/content-cache.ts'
import { bytesOf, fileServer, type Served, sha256, signatureCheck } from '../../support/file-server.ts'
import { tempDir } from '../../support/harness.ts'

let count = 0
const PATIENCE = { silentMs: 400, pauseMs: 5 }
const setUp = (env: Record<string, string> = {}) => {
  const folder = tempDir(`cache-${count++}`)
  const cache = createContentCache({ folder, env: { HOME: folder, ...env }, patience: PATIENCE })
  const cached = (data: Buffer): Buffer => readFileSync(join(folder, 'sha256', sha256(data).slice(0, 2), sha256(data)))
  const left = (): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile())
  return { folder, cache, cached, left }
}
const wanted = (data: Buffer, ...sources: string[]): WantedContent => ({
  sha256: sha256(data),
  bytes: data.length,
  sources,
})
const quiet = () => ({ signal: new AbortController().signal, onBytes: () => undefined })
const server = await fileServer()
const serve = (served: Served): string => {
  const path = `/file-${count++}.bin`
  server.files.set(path, served)
  return server.url + path
}
const requestsOf = (url: string) => server.requests.filter(({ path }) => url.endsWith(path))

describe('a file over http', () => {
  test('is verified, kept read-only under its digest, and not fetched again', async () => {
    const data = bytesOf(200_000)
    const url = serve({ data })
    const { cache, cached, left } = setUp()
    const seen: number[] = []
    const options = { signal: new AbortController().signal, onBytes: (there: number) => void seen.push(there) }
    expect(await cache.obtain(wanted(data, url), options)).toEqual({
      outcome: 'fetched',
      source: url,
      received: 200_000,
      failed: [],
    })
    expect(cached(data).equals(data)).toBe(true)
    expect(seen.at(-1)).toBe(200_000)
    expect(left()).toHaveLength(1)
    expect(await cache.obtain(wanted(data, url), quiet())).toMatchObject({ outcome: 'cached', received: 0 })
    expect(requestsOf(url)).toHaveLength(1)
  })

  test('an empty file is a file', async () => {
    const data = Buffer.alloc(0)
    const { cache, cached } = setUp()
    expect(await cache.obtain(wanted(data, serve({ data })), quiet())).toMatchObject({ outcome: 'fetched' })
    expect(cached(data)).toHaveLength(0)
    const other = await setUp().cache.obtain(wanted(bytesOf(5), serve({ data })), quiet())
    expect(other.failed[0]?.reason).toBe('it has 0 bytes there instead of 5')
  })

  test('a damaged cache entry is replaced', async () => {
    const data = bytesOf(1000)
    const url = serve({ data })
    const { cache, cached, folder } = setUp()
    await cache.obtain(wanted(data, url), quiet())
    const path = join(folder, 'sha256', sha256(data).slice(0, 2), sha256(data))
    rmSync(path)
    writeFileSync(path, bytesOf(1000, 'other'))
    expect(await cache.obtain(wanted(data, url), quiet())).toMatchObject({ outcome: 'fetched' })
    expect(cached(data).equals(data)).toBe(true)
  })

  test('cut anywhere, any number of times, with and without ranges and validators, it goes on or starts afresh', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 150_000 }),
        fc.array(fc.integer({ min: 0, max: 150_000 }), { maxLength: 2 }),
        fc.constantFrom(undefined, null, 'W/"weak"', '"strong"'),
        fc.boolean(),
        fc.boolean(),
        async (length, cuts, etag, noRanges, noLength) => {
          const data = bytesOf(length, String(length))
          const url = serve({ data, cuts: [...cuts], noRanges, noLength, ...(etag === undefined ? {} : { etag }) })
          const { cache, cached, left } = setUp()
          const obtained = await cache.obtain(wanted(data, url), quiet())
          expect(obtained).toMatchObject({ outcome: 'fetched', failed: [] })
          expect(cached(data).equals(data)).toBe(true)
          expect(left()).toHaveLength(1)
          for (const { range } of requestsOf(url).slice(1)) if (range !== null) expect(range).toMatch(/^bytes=\d+-\d+$/)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('only what is missing is asked for again', async () => {
    const data = bytesOf(500_000)
    const url = serve({ data, cuts: [300_000] })
    const { cache } = setUp()
    expect(await cache.obtain(wanted(data, url), quiet())).toMatchObject({ outcome: 'fetched', received: 500_000 })
    const [first, second] = requestsOf(url).map(({ range }) => range)
    expect(first).toBeNull()
    // What had come but not been read when the connection broke is gone.
    const from = Number(/^bytes=(\d+)-499999$/.exec(second ?? '')?.[1])
    expect(from).toBeGreaterThan(0)
    expect(from).toBeLessThanOrEqual(300_000)
    expect(requestsOf(url)[1]?.ifRange).toMatch(/^"/)
  })

  test('content that changes between two attempts starts afresh', async () => {
    const data = bytesOf(300_000, 'right')
    for (const etag of [undefined, null]) {
      const served: Served = { data: bytesOf(300_000, 'wrong'), cuts: [100_000], ...(etag === null ? { etag } : {}) }
      const url = serve(served)
      const { cache, cached, folder } = setUp()
      const first = new AbortController()
      const stopped = cache.obtain(wanted(data, url), {
        signal: first.signal,
        onBytes: (there) => there >= 100_000 && first.abort(),
      })
      await expect(stopped).rejects.toMatchObject({ code: 'E_INTERRUPTED' })
      served.data = data
      const again = createContentCache({ folder, env: {}, patience: PATIENCE })
      expect(await again.obtain(wanted(data, url), quiet())).toMatchObject({ outcome: 'fetched' })
      expect(cached(data).equals(data)).toBe(true)
    }
  })

  test('what is not the file is refused with the reason, deleted, and the next source is asked', async () => {
    const data = bytesOf(10_000)
    const wrong = bytesOf(10_000, 'wrong')
    const cases: [Served, RegExp][] = [
      [{ data: wrong }, new RegExp(`${sha256(wrong)} instead of ${sha256(data)}`)],
      [{ data: bytesOf(9_999) }, /it has 9999 bytes there instead of 10000/],
      [{ data: bytesOf(9_999), noLength: true }, /it ended after 9999 of 10000 bytes/],
      [{ data: bytesOf(12_000), noLength: true }, /it sends more than the 10000 bytes/],
      [{ data, status: 404 }, /there is no such file \(status 404\)/],
      [{ data, status: 403 }, /access is denied \(status 403\)/],
      [{ data, status: 503 }, /it refuses \(status 503\)/],
      [{ data, silent: true }, /nothing came for 0 seconds/],
      [{ data, redirect: 'file:///etc/passwd' }, /it leads to file:, which is not followed/],
      [{ data, redirect: '/loop' }, /without an end/],
      [{ data, encoding: 'br' }, /it sends the file encoded \(br\)/],
    ]
    server.files.set('/loop', { data, redirect: '/loop' })
    const good = serve({ data })
    for (const [served, reason] of cases) {
      const { cache, left, cached } = setUp()
      const url = serve(served)
      const alone = await cache.obtain(wanted(data, url), quiet())
      expect(alone).toMatchObject({ outcome: 'failed', source: null })
      expect(alone.failed[0]?.reason).toMatch(reason)
      expect(left().filter((name) => !name.includes('.part'))).toEqual([])
      const both = await cache.obtain(wanted(data, url, good), quiet())
      expect(both).toMatchObject({ outcome: 'fetched', source: good })
      expect(both.failed).toHaveLength(1)
      expect(cached(data).equals(data)).toBe(true)
    }
  })

  test('a length that is a lie is found out', async () => {
    const data = bytesOf(1000)
    const { cache } = setUp()
    const { failed } = await cache.obtain(
      wanted(data, serve({ data: bytesOf(900), length: 1000, cuts: [900, 0, 0, 0] })),
      quiet(),
    )
    expect(failed[0]?.reason).toMatch(/cut|ended/)
  })

  test('encoding on the way is undone; a .gz file that is labelled as encoded is the file', async () => {
    const data = Buffer.from('ACGT'.repeat(20_000))
    for (const noLength of [false, true])
      expect(
        await setUp().cache.obtain(wanted(data, serve({ data, encoding: 'gzip', noLength })), quiet()),
      ).toMatchObject({ outcome: 'fetched' })
    const packed = gzipSync(data)
    server.files.set('/reads.fastq.gz', { data: packed, encoding: 'labelled' })
    for (const noLength of [false, true]) {
      server.files.set('/reads.fastq.gz', { data: packed, encoding: 'labelled', noLength, cuts: [50] })
      expect(await setUp().cache.obtain(wanted(packed, `${server.url}/reads.fastq.gz`), quiet())).toMatchObject({
        outcome: 'fetched',
        failed: [],
      })
    }
  })

  test('credentials of an address go to that address alone and are never shown', async () => {
    const data = bytesOf(100)
    const target = serve({ data })
    const url = serve({ data, redirect: target })
    const { cache } = setUp()
    const { source } = await cache.obtain(wanted(data, url.replace('//', '//me:s3cret@')), quiet())
    expect(source).toBe(url)
    expect(requestsOf(url)[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:s3cret').toString('base64')}`)
    expect(requestsOf(target)[0]?.headers.authorization).toBeUndefined()
    const { failed } = await setUp().cache.obtain(wanted(bytesOf(3), `${url}?signature=abc`), quiet())
    expect(JSON.stringify(failed)).not.toContain('abc')
  })

  test('hosts that are not there and addresses that are none are reasons', async () => {
    const { failed } = await setUp().cache.obtain(
      wanted(bytesOf(3), 'http://127.0.0.1:1/x', 'http://[', 'ftp://example.org/x', 'relative/path'),
      quiet(),
    )
    expect(failed.map(({ reason }) => reason)).toEqual([
      'nothing answers there (127.0.0.1:1)',
      'it is no address',
      'it is none of http, https, s3, file and an absolute path',
      'it is none of http, https, s3, file and an absolute path',
    ])
  })
})

describe('a file of this machine', () => {
  test('is read by path and by URL; folders, pipes and missing files are reasons', async () => {
    const folder = tempDir('local')
    const data = bytesOf(3_000_000)
    writeFileSync(join(folder, 'a b.bin'), data)
    const { cache } = setUp()
    expect(
      await cache.obtain(wanted(data, folder, join(folder, 'none'), '/dev/zero', join(folder, 'a b.bin')), quiet()),
    ).toMatchObject({
      outcome: 'fetched',
      failed: [
        { reason: 'it is not a regular file' },
        { reason: 'there is no such file' },
        { reason: 'it is not a regular file' },
      ],
    })
    const url = new URL(`file://${encodeURI(join(folder, 'a b.bin'))}`).href
    expect(await setUp().cache.obtain(wanted(data, url), quiet())).toMatchObject({ outcome: 'fetched' })
  })
})

describe('an object of S3', async () => {
  const KEYS = { AKIDTEST: 'secret/with+signs', OTHER: 'x' }
  const s3 = await fileServer(signatureCheck(KEYS, 'eu-west-9'))
  const data = bytesOf(400_000, 's3')
  const env = {
    AWS_ENDPOINT_URL: s3.url,
    AWS_ACCESS_KEY_ID: 'AKIDTEST',
    AWS_SECRET_ACCESS_KEY: 'secret/with+signs',
    AWS_REGION: 'eu-west-9',
  }

  test('is asked for with a right signature, and goes on after a cut under If-Match', async () => {
    for (const key of ["mock/a file (1)!'*+~.bin", 'ä/ö.bin']) {
      s3.files.set(`/bucket/${key}`, { data, cuts: [100_000] })
      const { cache, cached } = setUp(env)
      expect(await cache.obtain(wanted(data, `s3://bucket/${key}`), quiet())).toMatchObject({
        outcome: 'fetched',
        failed: [],
      })
      expect(cached(data).equals(data)).toBe(true)
      const [first, second] = s3.requests.slice(-2)
      expect(first?.headers['if-match']).toBeUndefined()
      expect(second).toMatchObject({
        range: 'bytes=100000-399999',
        headers: { 'if-match': expect.stringMatching(/^"/) as string },
      })
    }
  })

  test('session tokens are signed; the region that a bucket says is used', async () => {
    s3.files.set('/bucket/x', { data })
    const { cache } = setUp({ ...env, AWS_SESSION_TOKEN: 'tok', AWS_REGION: 'us-east-1' })
    expect(await cache.obtain(wanted(data, 's3://bucket/x'), quiet())).toMatchObject({ outcome: 'fetched' })
    expect(s3.requests.at(-1)?.headers['x-amz-security-token']).toBe('tok')
    expect(s3.requests.at(-1)?.headers.authorization).toContain('x-amz-security-token')
  })

  test('without credentials it is asked anonymously; refusals are told in the words of the server', async () => {
    const { AWS_ENDPOINT_URL } = env
    s3.files.set('/public/x', { data })
    expect(await setUp({ AWS_ENDPOINT_URL }).cache.obtain(wanted(data, 's3://public/x'), quiet())).toMatchObject({
      outcome: 'fetched',
    })
    const reason = async (more: Record<string, string>, source = 's3://bucket/x') =>
      (await setUp({ AWS_ENDPOINT_URL, ...more }).cache.obtain(wanted(data, source), quiet())).failed[0]?.reason
    expect(await reason({})).toBe('access is denied (status 403: AccessDenied, Access Denied)')
    expect(await reason({ ...env, AWS_SECRET_ACCESS_KEY: 'wrong' })).toContain('SignatureDoesNotMatch')
    expect(await reason({ ...env, AWS_ACCESS_KEY_ID: 'NOBODY' })).toContain('InvalidAccessKeyId')
    expect(await reason(env, 's3://bucket/none')).toContain('there is no such file')
    expect(await reason(env, 's3://bucket')).toBe('it is not of the form s3://bucket/key')
    expect(await reason(env, 's3://bucket/../other/x')).toContain('cannot be asked for')
    expect(await reason({ AWS_PROFILE: 'none' })).toBe('there is no AWS profile "none"')
  })

  test('keys come from the profile of the AWS files', async () => {
    const home = tempDir('aws')
    mkdirSync(join(home, '.aws'))
    writeFileSync(
      join(home, '.aws/credentials'),
      '[default]\naws_access_key_id = OTHER\naws_secret_access_key = y\n\n[lab]\naws_access_key_id=AKIDTEST\naws_secret_access_key = secret/with+signs\n',
    )
    writeFileSync(
      join(home, '.aws/config'),
      `[profile lab]\nregion = eu-west-9\nendpoint_url = ${s3.url}\n[profile sso]\nsso_session = x\n`,
    )
    s3.files.set('/bucket/x', { data })
    const from = async (AWS_PROFILE: string) =>
      setUp({ HOME: home, AWS_PROFILE }).cache.obtain(wanted(data, 's3://bucket/x'), quiet())
    expect(await from('lab')).toMatchObject({ outcome: 'fetched' })
    expect((await from('sso')).failed[0]?.reason).toContain('aws configure export-credentials --profile sso')
  })
})

describe('placing', () => {
  test('links content where it can, never through links, and knows what is there', async () => {
    const data = bytesOf(1000)
    const { cache } = setUp()
    await cache.obtain(wanted(data, serve({ data })), quiet())
    const root = tempDir('placed')
    const content = wanted(data)
    await cache.place(content, root, 'deep/down/a.bin')
    await cache.place(content, root, 'deep/down/a.bin')
    await cache.place(content, root, 'b.bin')
    expect(statSync(join(root, 'b.bin')).nlink).toBe(3)
    expect(readdirSync(root).sort()).toEqual(['b.bin', 'deep'])
    expect(await cache.holds(content, root, 'deep/down/a.bin')).toBe(true)
    expect(await cache.holds(content, root, 'none')).toBe(false)
    const outside = tempDir('outside')
    symlinkSync(outside, join(root, 'way-out'))
    await expect(cache.place(content, root, 'way-out/a.bin')).rejects.toMatchObject({ code: 'E_INPUT' })
    expect(existsSync(join(outside, 'a.bin'))).toBe(false)
    // A link in the place of the file is replaced, not followed.
    writeFileSync(join(outside, 'victim'), 'mine')
    symlinkSync(join(outside, 'victim'), join(root, 'linked'))
    await cache.place(content, root, 'linked')
    expect(readFileSync(join(outside, 'victim'), 'utf8')).toBe('mine')
    expect(await cache.holds(content, root, 'linked')).toBe(true)
  })
})

describe('two at once', () => {
  test('wait for each other and fetch once', async () => {
    const data = bytesOf(300_000, 'two')
    const url = serve({ data, slow: 1000 })
    const { folder, cached, left } = setUp()
    const one = () => createContentCache({ folder, env: {}, patience: PATIENCE }).obtain(wanted(data, url), quiet())
    const first = one()
    while (requestsOf(url).length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const second = await one()
    expect(await first).toMatchObject({ outcome: 'fetched' })
    expect(second).toMatchObject({ outcome: 'cached' })
    expect(requestsOf(url)).toHaveLength(1)
    expect(cached(data).equals(data)).toBe(true)
    expect(left()).toHaveLength(1)
    expect(dirname(left()[0] ?? '')).toContain('sha256')
  })
})
