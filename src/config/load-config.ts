import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ProjectConfig } from '../core/project-config.ts'
import type { Finding } from '../core/problem.ts'
import { validateConfig } from '../generated/validators.ts'
import { isRecord } from './declaration.ts'
import { explainBound, type MetricNames, readEvaluation } from './evaluation.ts'
import { readDuration, readSize } from './limits.ts'
import { explainEntry, type PipelineEntry, readEntries } from './pipeline-entries.ts'
import { schemaFindings } from './schema-findings.ts'
import { readLeaderboards } from './leaderboards.ts'
import { readPrices } from './prices.ts'
import { readScoring } from './scoring.ts'
import { readTextFile } from './text-file.ts'
import type { Environment } from './variables.ts'
import { type ParsedYaml, parseYaml, type Path, type YamlSource } from './yaml-source.ts'

const DEFAULT_MAX_LOG = 64 * 2 ** 20

/** The configuration without its pipelines, which need the catalogue. */
export interface ConfigFile {
  readonly config: Omit<ProjectConfig, 'pipelines'>
  readonly entries: readonly PipelineEntry[]
  readonly findings: readonly Finding[]
}

/** What applies when a project has no configuration. */
export const defaultConfig = (root: string): Omit<ProjectConfig, 'pipelines'> => ({
  file: null,
  project: { name: null, type: 'amr-detection', owner: null, focus: null },
  centralHub: null,
  local: {
    cacheDir: resolve(root, '.benchmark/cache'),
    resultsDir: resolve(root, '.benchmark/results'),
    maxParallel: 1,
  },
  input: null,
  dataset: null,
  truth: null,
  run: { repeats: 1, warmup: 0, timeoutMs: null, maxLogBytes: DEFAULT_MAX_LOG },
  evaluation: {
    metrics: [],
    priority: {},
    primary: null,
    constraints: { maxRuntimeSeconds: null, maxMemoryBytes: null, minimums: {}, maximums: {} },
  },
  prices: null,
  leaderboards: readLeaderboards(undefined),
  scoring: {},
  sharing: { visibility: 'private' },
  warnings: [],
})

/**
 * Reads a configuration file; every finding at once, none thrown. `metrics` null: what is said of evaluation and scoring is
 * not looked at, and stays as it is by default.
 */
export const readConfigFile = (
  path: string,
  shownAs: string,
  context: { readonly root: string; readonly environment: Environment; readonly metrics: MetricNames | null },
): ConfigFile => {
  const { metrics } = context
  const defaults = { ...defaultConfig(context.root), file: path }
  const read = readTextFile(path, shownAs)
  if ('finding' in read) return { config: defaults, entries: [], findings: [read.finding] }
  const parsed = parseConfig(read.text, shownAs, context.environment)
  if (parsed.source === null) return { config: defaults, entries: [], findings: parsed.findings }
  const { source } = parsed
  const early = wrongRoot(source)
  if (early) return { config: defaults, entries: [], findings: [early] }

  const root = (source.value as { benchmark: unknown }).benchmark
  pruneEmptySections(root)
  const findings: Finding[] = [...parsed.findings]
  findings.push(
    ...schemaFindings(
      validateConfig,
      source,
      (error) => (metrics === null ? undefined : explainBound(error, metrics)) ?? explainEntry(error, source),
    ),
  )
  const settings = isRecord(root) ? root : {}
  return {
    config: {
      ...readSettings(settings, source, defaults, context, findings),
      ...(metrics === null
        ? {}
        : {
            evaluation: readEvaluation(source, settings['evaluation'], metrics, findings),
            scoring: readScoring(source, settings['evaluation'], context.root, findings),
          }),
      prices: readPrices(settings['evaluation']),
      leaderboards: readLeaderboards(settings['leaderboards']),
      warnings: parsed.warnings,
    },
    entries: readEntries(settings['pipelines'], source),
    findings,
  }
}

const parseConfig = (text: string, file: string, environment: Environment): ParsedYaml =>
  parseYaml(text, file, {
    environment,
    // Commands are interpolated word by word (or, in a shell, at run time).
    isExempt: (path) => path.includes('command'),
    isOptional: (path) => path.join('.') === 'benchmark.central_hub.api_key',
    isWhole: (path) => path.join('.') === 'benchmark.central_hub.url',
  })

const wrongRoot = (source: YamlSource): Finding | null => {
  const { value } = source
  if (value === null || value === undefined)
    return { message: 'The configuration is empty.', location: source.locate([]), hint: 'benchmark init writes one' }
  if (isRecord(value) && !Object.hasOwn(value, 'benchmark')) {
    const [first = ''] = Object.keys(value)
    const location = source.locate([first], 'key')
    return {
      message: 'The root key `benchmark:` is missing.',
      location,
      hint: 'put everything under benchmark:, indented',
    }
  }
  if (isRecord(value) && value['benchmark'] === null)
    return {
      message: 'Nothing stands under `benchmark:`.',
      location: source.locate(['benchmark'], 'key'),
      hint: 'indent what belongs there',
    }
  return null
}

// A section whose keys are all commented out is null in YAML, and means that nothing was said.
const pruneEmptySections = (root: unknown): void => {
  if (!isRecord(root)) return
  for (const [name, section] of Object.entries(root)) {
    if (isRecord(section))
      for (const key of Object.keys(section)) if (section[key] === null) Reflect.deleteProperty(section, key)
    if (section === null) Reflect.deleteProperty(root, name)
  }
}

const readSettings = (
  settings: Record<string, unknown>,
  source: YamlSource,
  defaults: Omit<ProjectConfig, 'pipelines'>,
  { root }: { readonly root: string },
  findings: Finding[],
): Omit<ProjectConfig, 'pipelines'> => {
  const report = (message: string, path: Path, hint?: string): void => {
    findings.push({ message, location: source.locate(['benchmark', ...path]), ...(hint === undefined ? {} : { hint }) })
  }
  const section = (name: string): Record<string, unknown> => (isRecord(settings[name]) ? settings[name] : {})
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  const count = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)
  const folder = (value: unknown, otherwise: string): string =>
    typeof value === 'string' ? resolve(root, value) : otherwise
  const file = (name: 'input' | 'truth'): string | null => {
    const value = text(settings[name])
    if (value === null) return null
    const path = resolve(root, value)
    if (!existsSync(path)) report(`There is no file ${value}.`, [name], 'paths start at the project folder')
    return path
  }
  const project = section('project')
  const hub = section('central_hub')
  const local = section('local')
  const run = section('run')
  return {
    ...defaults,
    project: {
      name: text(project['name']),
      type: text(project['type']) ?? defaults.project.type,
      owner: text(project['owner']),
      focus: text(project['focus']),
    },
    centralHub:
      typeof hub['url'] === 'string'
        ? { url: hub['url'], apiKey: text(hub['api_key']) || null, autoUpload: hub['auto_upload'] === true }
        : null,
    local: {
      cacheDir: folder(local['cache_dir'], defaults.local.cacheDir),
      resultsDir: folder(local['results_dir'], defaults.local.resultsDir),
      maxParallel: count(local['max_parallel'], defaults.local.maxParallel),
    },
    input: file('input'),
    dataset: text(settings['dataset']),
    truth: file('truth'),
    run: {
      repeats: count(run['repeats'], defaults.run.repeats),
      warmup: count(run['warmup'], defaults.run.warmup),
      timeoutMs: readDuration(run['timeout'], ['run', 'timeout'], report),
      maxLogBytes: readSize(run['max_log'], ['run', 'max_log'], report) ?? defaults.run.maxLogBytes,
    },
    sharing: {
      visibility: (text(section('sharing')['visibility']) ?? 'private') as ProjectConfig['sharing']['visibility'],
    },
  }
}
