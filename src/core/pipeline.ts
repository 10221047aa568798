/** A value of a parameter: scalars only, so that a parameter set has one canonical form. */
export type ParameterValue = string | number | boolean

/** One point of a parameter sweep. */
export type Parameters = Readonly<Record<string, ParameterValue>>

/** One file a pipeline writes, and the format to read it in. `path` may hold `{sample}` and `*`. */
export interface OutputSpec {
  /** A parser id of `parse/index.ts`, or `auto`. */
  readonly format: string
  /** Relative to the output folder; or to the parameters' idea of it through placeholders. */
  readonly path: string
  /** Column names for the format `tsv` (our field -> the file's column). */
  readonly columns?: Readonly<Record<string, string>>
  /** An output that may be missing (default: its absence makes the execution failed, `output_missing`). */
  readonly optional?: boolean
}

/** What an execution asks for; used for admission, and compared with what the machine has. */
export interface ResourceRequest {
  readonly cpus: number
  readonly memoryBytes: number | null
}

/** A named, versioned way to turn samples into outputs, as the catalogue or the configuration declares it. */
export interface Pipeline {
  readonly name: string
  readonly title: string
  /** Declared version, or null until the probe has answered. */
  readonly version: string | null
  readonly homepage: string | null
  readonly benchmarkTypes: readonly string[]
  /** The command line before placeholder substitution: words of an argv, or one string for a shell. */
  readonly command:
    | { readonly kind: 'argv'; readonly words: readonly string[] }
    | { readonly kind: 'shell'; readonly shell: string; readonly script: string }
  /** One execution for each sample, or one for the whole sample sheet. */
  readonly scope: 'sample' | 'dataset'
  /** Which files of a sample it reads: decides which samples it can run on. */
  readonly needs: readonly ('reads_1' | 'reads_2' | 'fasta')[]
  readonly cwd: 'project' | 'work'
  readonly env: Readonly<Record<string, string>>
  /** Stdout goes to this file of the output folder instead of the log. */
  readonly stdout: string | null
  readonly outputs: readonly OutputSpec[]
  /** Names its files by the rules of this output tree (`core/output-tree/`); null = `outputs` says all. */
  readonly outputTree?: string | null
  /** `{db:NAME}` placeholders -> absolute path. */
  readonly databases: Readonly<Record<string, string>>
  /** Where each database that was found nowhere was looked for. */
  readonly databasesTried?: Readonly<Record<string, readonly string[]>>
  /** How to get the programs and databases, in a line; null = not said. */
  readonly install?: string | null
  /** What the pipeline is about, in the user's words; descriptive. */
  readonly focus?: string | null
  /** Column -> template of the sheet written for `{samplesheet}`; null = the columns of `--input`. */
  readonly samplesheet?: Readonly<Record<string, string>> | null
  /** The `config:` key of the design: a file handed to `{config}`. */
  readonly configFile: string | null
  /** Each combination is a parameter set; at least one (possibly empty) point. */
  readonly parameterSets: readonly Parameters[]
  /** How to ask for the version: an argv and a regular expression with one group. */
  readonly versionProbe: { readonly words: readonly string[]; readonly pattern: string } | null
  /** Programs that must be on the PATH. */
  readonly requires: readonly string[]
  readonly resources: ResourceRequest
  readonly timeoutMs: number | null
  /** Where it was declared, for messages and for the content version. */
  readonly source: string
}
