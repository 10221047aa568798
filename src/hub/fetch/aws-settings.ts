import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { SourceFailure } from './source.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What the usual AWS variables and files say. */
export interface AwsSettings {
  /** Null: ask without a name, as public buckets allow. */
  readonly credentials: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string
  } | null
  readonly region: string
  /** Of MinIO and the like; null: Amazon's own. */
  readonly endpoint: string | null
}

/** Reads the environment, then the profile of the AWS files. Throws for a profile that cannot be used. */
export const awsSettings = (env: Environment): AwsSettings => {
  const name = filled(env['AWS_PROFILE']) ?? filled(env['AWS_DEFAULT_PROFILE'])
  const profile = readProfile(env, name ?? 'default')
  const fromEnvironment = credentialsOf({
    aws_access_key_id: env['AWS_ACCESS_KEY_ID'],
    aws_secret_access_key: env['AWS_SECRET_ACCESS_KEY'],
    aws_session_token: env['AWS_SESSION_TOKEN'],
  })
  const credentials = fromEnvironment ?? credentialsOf(profile)
  if (credentials === null && name !== undefined) throw unusable(name, profile)
  return {
    credentials,
    region: filled(env['AWS_REGION']) ?? filled(env['AWS_DEFAULT_REGION']) ?? profile['region'] ?? 'us-east-1',
    endpoint: filled(env['AWS_ENDPOINT_URL_S3']) ?? filled(env['AWS_ENDPOINT_URL']) ?? profile['endpoint_url'] ?? null,
  }
}

const filled = (value: string | undefined): string | undefined => (value === '' ? undefined : value)

const credentialsOf = (values: Readonly<Record<string, string | undefined>>): AwsSettings['credentials'] => {
  const accessKeyId = filled(values['aws_access_key_id'])
  const secretAccessKey = filled(values['aws_secret_access_key'])
  const sessionToken = filled(values['aws_session_token'])
  if (accessKeyId === undefined || secretAccessKey === undefined) return null
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
}

const unusable = (name: string, profile: Readonly<Record<string, string>>): SourceFailure =>
  Object.keys(profile).length === 0
    ? new SourceFailure(`there is no AWS profile "${name}"`)
    : new SourceFailure(
        `the AWS profile "${name}" has no keys of its own; \`aws configure export-credentials --profile ${name} --format env\` prints what to set`,
      )

const readProfile = (env: Environment, name: string): Readonly<Record<string, string>> => {
  const home = join(filled(env['HOME']) ?? homedir(), '.aws')
  const config = filled(env['AWS_CONFIG_FILE']) ?? join(home, 'config')
  const credentials = filled(env['AWS_SHARED_CREDENTIALS_FILE']) ?? join(home, 'credentials')
  return {
    ...section(config, name === 'default' ? ['default', 'profile default'] : [`profile ${name}`]),
    ...section(credentials, [name]),
  }
}

const section = (file: string, names: readonly string[]): Record<string, string> => {
  if (!existsSync(file)) return {}
  const values: Record<string, string> = {}
  let inside = false
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    const header = /^\s*\[\s*(.*?)\s*\]/.exec(line)
    if (header) inside = names.includes((header[1] ?? '').replaceAll(/\s+/g, ' '))
    const pair = /^([A-Za-z0-9_.-]+)\s*=\s*(.*?)\s*$/.exec(line)
    if (inside && pair?.[1] !== undefined && pair[2] !== undefined) values[pair[1].toLowerCase()] = pair[2]
  }
  return values
}
