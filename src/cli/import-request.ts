import { resolve } from 'node:path'
import type { ImportRequest } from '../app/import/import-request.ts'
import type { Parameters } from '../core/pipeline.ts'
import { type Finding, problemOf } from '../core/problem.ts'

/** The flags of `benchmark import --pipeline` as oclif gives them. */
export interface ImportFlags {
  readonly pipeline: string
  readonly truth?: string | undefined
  readonly input?: string | undefined
  readonly type?: string | undefined
  readonly 'pipeline-version'?: string | undefined
  readonly param?: readonly string[] | undefined
  readonly prediction?: readonly string[] | undefined
  readonly format: string
  readonly trace?: readonly string[] | undefined
  readonly 'trace-format': string
  readonly 'trace-columns'?: string | undefined
  readonly label?: string | undefined
  readonly tag?: readonly string[] | undefined
  readonly 'include-potential': boolean
  readonly force: boolean
}

/** Paths relative to the current folder become absolute, pairs become records. Throws one `E_USAGE` with every fault. */
export const toImportRequest = (dir: string, flags: ImportFlags): ImportRequest => {
  const findings: Finding[] = []
  const traces = flags.trace ?? []
  const isNone = traces.includes('none')
  if (isNone && traces.length > 1)
    findings.push({ message: '--trace none leaves measurements out; it cannot stand beside a file.' })
  const columns =
    flags['trace-columns'] === undefined
      ? undefined
      : pairsOf('--trace-columns', flags['trace-columns'].split(','), findings)
  // Only a table has columns to be named.
  const format = columns !== undefined && flags['trace-format'] === 'auto' ? 'table' : flags['trace-format']
  if (columns !== undefined && format !== 'table')
    findings.push({ message: '--trace-columns has a meaning with --trace-format table only.' })
  const params = pairsOf('--param', flags.param ?? [], findings)
  if (findings.length > 0)
    throw problemOf('E_USAGE', findings.length === 1 ? 'A flag is wrong.' : 'Flags are wrong.', findings)
  return {
    dir: resolve(dir),
    pipeline: flags.pipeline,
    ...(flags.truth === undefined ? {} : { truth: resolve(flags.truth) }),
    ...(flags.input === undefined ? {} : { input: resolve(flags.input) }),
    ...(flags.type === undefined ? {} : { benchmarkType: flags.type }),
    ...(flags['pipeline-version'] === undefined ? {} : { version: flags['pipeline-version'] }),
    params: valuesOf(params),
    outputs: (flags.prediction ?? []).map((path) => ({ path, format: flags.format })),
    measurements: {
      traces: isNone ? null : traces.map((file) => resolve(file)),
      format,
      ...(columns === undefined ? {} : { columns }),
    },
    ...(flags.label === undefined ? {} : { label: flags.label }),
    tags: flags.tag ?? [],
    scoring: flags['include-potential'] ? { includePotential: true } : {},
    force: flags.force,
  }
}

const pairsOf = (flag: string, texts: readonly string[], findings: Finding[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    texts.flatMap((text) => {
      const [, name = '', value = ''] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(text) ?? []
      if (name !== '') return [[name, value.trim()] as const]
      findings.push({ message: `${flag}: "${text}" is not of the form name=value.` })
      return []
    }),
  )

// As YAML would read them, so that an imported parameter set equals the one of a run.
const valuesOf = (pairs: Readonly<Record<string, string>>): Parameters =>
  Object.fromEntries(
    Object.entries(pairs).map(([name, text]) => [
      name,
      text === 'true'
        ? true
        : text === 'false'
          ? false
          : /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)
            ? Number(text)
            : text,
    ]),
  )
