import { createHash, createHmac } from 'node:crypto'
import type { SignatureV4 as Signer } from '@smithy/signature-v4'
import { type AwsSettings, awsSettings } from './aws-settings.ts'
import { dialectSource, type Prepared } from './http-source.ts'
import { oneLine, type Patience, type Source, SourceFailure } from './source.ts'

type Environment = Readonly<Record<string, string | undefined>>

const PLAIN_BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/

/** An object of S3 or of storage that speaks like it: `s3://bucket/key`, signed when there are credentials. */
export const s3Source = (given: string, env: Environment, patience: Pick<Patience, 'silentMs'>): Source => {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(given) ?? []
  let found: AwsSettings | undefined
  let region: string | undefined
  const settings = (): AwsSettings => (found ??= awsSettings(env))
  return dialectSource(
    {
      name: oneLine(given),
      condition: 'If-Match',
      prepare: async (part) => {
        if (bucket === '' || key === '') throw new SourceFailure('it is not of the form s3://bucket/key')
        const at = region ?? settings().region
        const url = objectUrl(settings(), at, bucket, key)
        const { credentials } = settings()
        return credentials === null ? { url, headers: part } : signed({ url, headers: part }, credentials, at)
      },
      explain: (body) => {
        const [code, message] = ['Code', 'Message'].map((tag) => new RegExp(`<${tag}>([^<]*)<`).exec(body)?.[1])
        return code === undefined ? null : `${code}${message === undefined ? '' : `, ${message}`}`
      },
      // Amazon says where a bucket is when it was asked for elsewhere.
      learn: ({ headers }) => {
        const right = headers['x-amz-bucket-region']
        if (typeof right !== 'string' || !/^[a-z0-9-]{1,32}$/.test(right)) return false
        if (right === (region ?? settings().region)) return false
        region = right
        return true
      },
    },
    patience,
  )
}

const objectUrl = ({ endpoint }: AwsSettings, region: string, bucket: string, key: string): URL => {
  const path = key.split('/').map(escaped).join('/')
  if (endpoint !== null) {
    const base = /^[a-z]+:\/\//i.test(endpoint) ? endpoint : `https://${endpoint}`
    if (!URL.canParse(base)) throw new SourceFailure('AWS_ENDPOINT_URL is no address')
    return exact(`${new URL(base).href.replace(/\/+$/, '')}/${escaped(bucket)}/${path}`)
  }
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  return exact(
    PLAIN_BUCKET.test(bucket) ? `https://${bucket}.${host}/${path}` : `https://${host}/${escaped(bucket)}/${path}`,
  )
}

// What is signed is what is sent: an address that would be put in order on the way would not match.
const exact = (address: string): URL => {
  const url = new URL(address)
  if (url.href !== address) throw new SourceFailure('its key has parts such as "." or ".." that cannot be asked for')
  return url
}

const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

const signed = async (
  { url, headers }: Prepared,
  credentials: NonNullable<AwsSettings['credentials']>,
  region: string,
): Promise<Prepared> => {
  const { SignatureV4 } = await import('@smithy/signature-v4')
  const signer: Signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: Sha256,
    uriEscapePath: false, // S3 signs the path as it is sent
  })
  const { headers: complete } = await signer.sign({
    method: 'GET',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { ...headers, host: url.host },
  })
  return { url, headers: complete }
}

/** SHA-256 in the form the signer asks for. */
class Sha256 {
  readonly #hash: { update(data: string | Uint8Array): unknown; digest(): Uint8Array }
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret))
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data))
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest())
  }
  reset(): void {
    throw new Error('a digest is used once')
  }
}

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): string | Uint8Array =>
  typeof data === 'string'
    ? data
    : ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data)
