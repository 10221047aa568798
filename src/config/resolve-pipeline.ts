import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  countParameterSets,
  type DeclaredParameters,
  expandParameters,
  MAX_PARAMETER_SETS,
} from '../core/parameter-sets.ts'
import type { OutputSpec, Pipeline, ResourceRequest } from '../core/pipeline.ts'
import { commandTexts } from '../core/command-line.ts'
import { placeholdersIn } from '../core/placeholders.ts'
import { type Finding, nearest } from '../core/problem.ts'
import { unknownSamplesheetPlaceholders } from '../core/samplesheet.ts'
import { type Declaration, isRecord } from './declaration.ts'
import { readDuration, readSize } from './limits.ts'
import { checkPlaceholders, readWords, type Report, reporter, resolveCommand } from './resolve-command.ts'
import { resolveDatabases } from './resolve-databases.ts'
import type { Environment } from './variables.ts'

/** What resolving a declaration needs to know about the world. */
export interface ResolveContext {
  readonly root: string
  readonly environment: Environment
  /** Ids of the output formats that can be read. */
  readonly formats: readonly string[]
  /** Benchmark type of pipelines that name none. */
  readonly defaultType: string
}

/** Turns a declaration into a pipeline. Values of a wrong type are skipped: the schema has reported them. */
export const resolvePipeline = (
  declaration: Declaration,
  context: ResolveContext,
): { readonly pipeline: Pipeline | null; readonly findings: readonly Finding[] } => {
  const { value, name, locate } = declaration
  const findings: Finding[] = []
  const report = reporter(declaration, findings)
  const command = resolveCommand(declaration, context.environment, report)
  if (command === null) {
    if (value.command === undefined) report(`The pipeline "${name}" has no command.`, [])
    return { pipeline: null, findings }
  }
  const { paths, tried, sweep } = resolveDatabases(declaration, command, context, report)
  const parameterSets = resolveParameters(declaration, sweep, report)
  checkPlaceholders(declaration, command, parameterNames(value.params, sweep), report)
  const pipeline: Pipeline = {
    name,
    title: value.title ?? name,
    version: value.version ?? null,
    homepage: value.homepage ?? null,
    install: value.install ?? null,
    focus: value.focus ?? null,
    benchmarkTypes: value.benchmark_types ?? [context.defaultType],
    command,
    scope: value.scope ?? 'sample',
    needs: value.needs ?? defaultNeeds(command),
    cwd: value.cwd ?? 'project',
    env: Object.fromEntries(Object.entries(value.env ?? {}).map(([key, text]) => [key, String(text)])),
    stdout: checkRelative(value.stdout, ['stdout'], report),
    outputs: resolveOutputs(declaration, context.formats, report),
    outputTree: value.output_tree ?? null,
    databases: paths,
    databasesTried: tried,
    configFile: resolveConfigFile(declaration, command, context.root, report),
    parameterSets,
    samplesheet: resolveSamplesheet(value.samplesheet, report),
    versionProbe: resolveProbe(declaration, context.environment, report),
    requires: value.requires ?? defaultRequires(command),
    resources: resolveResources(value.resources, report),
    timeoutMs: readDuration(value.timeout, ['timeout'], report),
    source: locate([]).file,
  }
  return { pipeline: findings.length === 0 ? pipeline : null, findings }
}

const parameterNames = (params: unknown, sweep: readonly string[] | null): string[] => {
  const declared = isRecord(params) ? Object.keys(params).filter((name) => params[name] !== null) : []
  return sweep === null ? declared : [...new Set([...declared, 'database'])]
}

const resolveParameters = (
  { value }: Declaration,
  sweep: readonly string[] | null,
  report: Report,
): Pipeline['parameterSets'] => {
  const params = (isRecord(value.params) ? value.params : {}) as DeclaredParameters
  const declared = sweep === null ? params : { ...params, database: sweep }
  const count = countParameterSets(declared)
  if (count <= MAX_PARAMETER_SETS) return expandParameters(declared)
  report(`The lists make ${count} parameter sets; ${MAX_PARAMETER_SETS} is the most.`, [], 'shorten the lists')
  return [{}]
}

const resolveOutputs = (
  { value, layers }: Declaration,
  formats: readonly string[],
  report: Report,
): readonly OutputSpec[] => {
  const outputs = Array.isArray(value.outputs) ? (value.outputs as OutputSpec[]).filter(isRecord) : []
  const isOwn = layers.findLast((layer) => layer.value.outputs !== undefined)?.isBuiltIn === false
  for (const [index, output] of outputs.entries()) {
    checkRelative(output.path, ['outputs', index, 'path'], report)
    if (isOwn && typeof output.format === 'string' && output.format !== 'auto' && !formats.includes(output.format)) {
      const [similar] = nearest(output.format, formats, 1)
      const hint = similar === undefined ? `known: auto, ${formats.join(', ')}` : `did you mean "${similar}"?`
      report(`There is no output format "${output.format}".`, ['outputs', index, 'format'], hint)
    }
    if (output.format === 'tsv' && output.columns?.['gene_symbol'] === undefined)
      report(
        'The format tsv needs to know its columns.',
        ['outputs', index],
        'for example columns: {gene_symbol: Gene}',
      )
  }
  return outputs
}

// Outputs are looked for inside the output folder and nowhere else.
const checkRelative = (path: unknown, at: Parameters<Report>[1], report: Report): string | null => {
  if (typeof path !== 'string') return null
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split(/[\\/]/).includes('..'))
    report(`"${path}" leads out of the output folder.`, at, 'give a path inside {outdir}, without {outdir}')
  return path
}

const resolveConfigFile = (
  { value }: Declaration,
  command: Pipeline['command'],
  root: string,
  report: Report,
): string | null => {
  if (typeof value.config !== 'string') return null
  const file = resolve(root, value.config)
  if (!existsSync(file) || !statSync(file).isFile())
    report(`There is no file ${value.config}.`, ['config'], `looked for ${file}`)
  if (
    !commandTexts(command)
      .flatMap(placeholdersIn)
      .some(({ name }) => name === 'config')
  )
    report('The command has no {config} to hand this file to.', ['config'])
  return file
}

const resolveSamplesheet = (columns: unknown, report: Report): Readonly<Record<string, string>> | null => {
  if (!isRecord(columns)) return null
  for (const [column, template] of Object.entries(columns))
    for (const written of unknownSamplesheetPlaceholders(String(template)))
      report(
        `${written} means nothing in a sample sheet.`,
        ['samplesheet', column],
        'use {sample} {group} {reads_1} {reads_2} {fasta}',
      )
  return columns as Readonly<Record<string, string>>
}

const resolveProbe = (
  { value, locate }: Declaration,
  environment: Environment,
  report: Report,
): Pipeline['versionProbe'] => {
  const probe = value.version_probe
  if (!isRecord(probe) || probe.command === undefined || typeof probe.pattern !== 'string') return null
  const words = readWords(probe.command, ['version_probe', 'command'], environment, report, locate)
  if (!hasOneGroup(probe.pattern))
    report(
      'The pattern must be a regular expression with one group.',
      ['version_probe', 'pattern'],
      'for example v(\\d\\S*)',
    )
  return words && { words, pattern: probe.pattern }
}

const hasOneGroup = (pattern: string): boolean => {
  try {
    // The empty alternative always matches, so the length tells the number of groups.
    return new RegExp(`${pattern}|`).exec('')?.length === 2
  } catch {
    return false
  }
}

const resolveResources = (resources: unknown, report: Report): ResourceRequest => {
  const { cpus, memory } = isRecord(resources) ? resources : {}
  return { cpus: typeof cpus === 'number' ? cpus : 1, memoryBytes: readSize(memory, ['resources', 'memory'], report) }
}

const defaultNeeds = (command: Pipeline['command']): Pipeline['needs'] => {
  const names = new Set(
    commandTexts(command)
      .flatMap(placeholdersIn)
      .map(({ name }) => name),
  )
  return (['reads_1', 'reads_2', 'fasta'] as const).filter((name) => names.has(name))
}

const defaultRequires = (command: Pipeline['command']): readonly string[] => {
  const program = command.kind === 'shell' ? command.shell : command.words[0]
  return program === undefined || program.includes('{') ? [] : [program]
}
