import type { DatabaseDigests } from '../core/databases.ts'
import type { Parameters, Pipeline } from '../core/pipeline.ts'
import type { Sample } from '../core/sample.ts'
import type { Files } from './ports.ts'

/** Raised when the meaning of the key changes, so that no old result is taken for a new one. */
const KEY_VERSION = 1

export interface OutputKeyInput {
  readonly pipeline: Pipeline
  readonly params: Parameters
  /** The samples it reads, in order. */
  readonly samples: readonly Sample[]
  readonly projectRoot: string
}

/** What outputs depend on. */
export interface OutputKey {
  /** All of it as one digest: equal keys mean equal outputs, on any machine. */
  readonly key: string
  readonly databases: DatabaseDigests
}

/**
 * What the outputs of an execution depend on. Paths of outputs and of the project are left out; contents of inputs,
 * databases and scripts are in.
 */
export const outputKey = async (
  deps: { readonly files: Files; readonly sha256Text: (text: string) => string },
  { pipeline, params, samples, projectRoot }: OutputKeyInput,
): Promise<OutputKey> => {
  const digest = async (path: string | null): Promise<string | null> =>
    path === null ? null : digestOf(deps.files, path)
  const inputs: unknown[] = []
  for (const { id, files } of samples)
    inputs.push([id, await digest(files.reads1), await digest(files.reads2), await digest(files.fasta)])
  const databases: [name: string, digest: string | null][] = []
  for (const [name, path] of sortedEntries(pipeline.databases)) databases.push([name, await digest(path)])
  const scripts: unknown[] = []
  for (const path of scriptsOf(deps.files, pipeline, projectRoot)) scripts.push(await digest(path))
  const identity = [
    KEY_VERSION,
    pipeline.name,
    pipeline.version,
    pipeline.command,
    sortedEntries(pipeline.env),
    pipeline.stdout,
    await digest(pipeline.configFile),
    // Some assemblers change their result with the number of threads and the memory they are given.
    pipeline.resources,
    sortedEntries(params),
    inputs,
    databases,
    scripts,
  ]
  // Of the files of a prefix one digest is kept, not theirs side by side.
  const kept = databases.map(([name, of]) => [name, of?.includes(PART) ? deps.sha256Text(of) : of] as const)
  return { key: deps.sha256Text(JSON.stringify(identity)), databases: Object.fromEntries(kept) }
}

const PART = '+'

const sortedEntries = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1))

// A database may be named by the common prefix of its files (kma, blastn): then all of them count.
const digestOf = async (files: Files, path: string): Promise<string | null> => {
  if (files.exists(path)) return files.sha256(path)
  const slash = path.lastIndexOf('/')
  const parts = files.glob(path.slice(0, slash), `${path.slice(slash + 1)}.*`)
  if (parts.length === 0) return null
  return (await Promise.all(parts.map((part) => files.sha256(part)))).join(PART)
}

// Words of the command that are files of the project: a changed script is another pipeline.
const scriptsOf = (files: Files, pipeline: Pipeline, projectRoot: string): string[] => {
  const words = pipeline.command.kind === 'argv' ? pipeline.command.words : pipeline.command.script.split(/\s+/)
  return words
    .filter((word) => !word.includes('{') && !word.startsWith('-') && word !== '')
    .map((word) => (word.startsWith('/') ? word : `${projectRoot}/${word}`))
    .filter((path) => path.startsWith(`${projectRoot}/`) && files.exists(path))
}
