import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { ConfigSource } from '../app/ports.ts'
import type { Dataset } from '../core/dataset.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { type Finding, formatLocation, Problem, problemOf } from '../core/problem.ts'
import type { ProjectConfig, ProjectSettings } from '../core/project-config.ts'
import { packageFile } from '../package-files.ts'
import { type Declarations, declareEntry, readPipelineFolder } from './catalogue.ts'
import { datasetFiles, readDataset } from './datasets.ts'
import type { Declaration } from './declaration.ts'
import type { MetricNames } from './evaluation.ts'
import { type ConfigFile, defaultConfig, readConfigFile } from './load-config.ts'
import { resolvePipeline } from './resolve-pipeline.ts'
import { readSampleIds } from './sample-ids.ts'
import { readSamples } from './samples.ts'
import type { Environment } from './variables.ts'

/** What the files of a project are read with. */
export interface ConfigOptions {
  /** Absolute project folder; relative paths of the configuration start here. */
  readonly root: string
  readonly environment: Environment
  readonly metrics: MetricNames
  /** Ids of the output formats that can be read. */
  readonly formats: readonly string[]
}

/**
 * What the project says of itself, for what neither runs nor scores anything: pipelines need their catalogue and every
 * format, evaluations every metric. Throws `E_CONFIG` with everything wrong in the rest of the file.
 */
export const readSettings = (options: Pick<ConfigOptions, 'root' | 'environment'>): ProjectSettings => {
  const path = configPath(options.root)
  if (path === null) return defaultConfig(options.root)
  const { config, findings } = readConfigFile(path, relative(options.root, path), { ...options, metrics: null })
  if (findings.length > 0) throw problemOf('E_CONFIG', 'The configuration is not valid.', inOrder(findings))
  return config
}

/** The project's YAML and CSV files. Reads at each call; caches nothing. */
export const createConfigSource = (options: ConfigOptions): ConfigSource => {
  const { root, environment } = options
  const shownAs = (path: string): string => {
    const inside = relative(root, path)
    return inside === '' || inside.startsWith('..') ? path : inside
  }

  const declarations = (findings: Finding[]): Declarations => {
    const known: Declarations = new Map()
    const common = { environment, shownAs }
    readPipelineFolder(packageFile('templates/pipelines'), { ...common, isBuiltIn: true }, known, findings)
    readPipelineFolder(join(root, '.benchmark', 'pipelines'), { ...common, isBuiltIn: false }, known, findings)
    return known
  }

  const resolveOne = (declaration: Declaration, defaultType: string, findings: Finding[]): Pipeline | null => {
    const resolved = resolvePipeline(declaration, { root, environment, formats: options.formats, defaultType })
    findings.push(...resolved.findings)
    return resolved.pipeline
  }

  const readConfig = (file: string | undefined): ConfigFile => {
    const path = file === undefined ? configPath(root) : resolve(root, file)
    if (path === null) return { config: defaultConfig(root), entries: [], findings: [] }
    if (file !== undefined && !existsSync(path))
      throw new Problem('E_NOT_FOUND', `There is no configuration file ${file}.`, {
        hints: ['benchmark init writes one.'],
      })
    return readConfigFile(path, shownAs(path), options)
  }

  const refuse = (findings: readonly Finding[], what: string): void => {
    if (findings.length > 0) throw problemOf('E_CONFIG', what, inOrder(findings))
  }

  return {
    load: (file): ProjectConfig => {
      const findings: Finding[] = []
      const { config, entries, findings: configFindings } = readConfig(file)
      findings.push(...configFindings)
      const known = declarations(findings)
      const pipelines = entries.flatMap((entry): Pipeline[] => {
        const declaration = declareEntry(entry, known, findings)
        if (declaration === null) return []
        const pipeline = resolveOne(declaration, config.project.type, findings)
        return pipeline === null || declaration.value.enabled === false ? [] : [pipeline]
      })
      findings.push(...repeatedEntries(entries, pipelines))
      refuse(findings, 'The configuration is not valid.')
      return { ...config, pipelines }
    },

    samples: (csvFile) => readSamples(resolve(root, csvFile), shownAs(resolve(root, csvFile))),

    sampleIds: (csvFile) => readSampleIds(resolve(root, csvFile), shownAs(resolve(root, csvFile))),

    catalogue: () => {
      const findings: Finding[] = []
      const { config, entries, findings: configFindings } = readConfig(undefined)
      findings.push(...configFindings)
      const known = declarations(findings)
      const all = new Map(known)
      for (const entry of entries) {
        const declaration = declareEntry(entry, known, findings)
        if (declaration && all.get(declaration.name) === known.get(declaration.name))
          all.set(declaration.name, declaration)
      }
      const pipelines = [...all].map(
        ([name, declaration]) => [name, resolveOne(declaration, config.project.type, findings)] as const,
      )
      refuse(findings, 'The pipelines are not valid.')
      return new Map(pipelines.flatMap(([name, pipeline]) => (pipeline ? [[name, pipeline] as const] : [])))
    },

    datasets: () => {
      const findings: Finding[] = []
      const datasets = new Map<string, Dataset>()
      const files = [
        packageFile('templates/quick'),
        packageFile('templates/datasets'),
        join(root, '.benchmark', 'datasets'),
      ].flatMap(datasetFiles)
      for (const file of files) {
        const dataset = readDataset(file, shownAs(file), environment, findings)
        if (dataset) datasets.set(dataset.id, dataset)
      }
      refuse(findings, 'The datasets are not valid.')
      return datasets
    },

    dataset: (file) => {
      const findings: Finding[] = []
      const dataset = readDataset(file, shownAs(file), environment, findings)
      if (findings.length > 0 || dataset === null) throw problemOf('E_CONFIG', 'The dataset is not valid.', findings)
      return dataset
    },
  }
}

const configPath = (root: string): string | null =>
  ['config.yaml', 'config.yml'].map((name) => join(root, '.benchmark', name)).find((path) => existsSync(path)) ?? null

// Two entries of one name are fine (versions side by side) as long as they differ in something.
const repeatedEntries = (entries: ConfigFile['entries'], pipelines: readonly Pipeline[]): readonly Finding[] => {
  const seen = new Set<string>()
  return pipelines.flatMap((pipeline): Finding[] => {
    const identity = JSON.stringify(pipeline)
    if (!seen.has(identity)) {
      seen.add(identity)
      return []
    }
    const entry = entries.findLast(({ name }) => name === pipeline.name)
    if (entry === undefined) return []
    const location = entry.layer.source.locate(entry.layer.base)
    return [
      {
        message: `"${pipeline.name}" is listed twice with the same settings.`,
        location,
        hint: 'remove one, or change its version or params',
      },
    ]
  })
}

const inOrder = (findings: readonly Finding[]): readonly Finding[] => {
  const unique = new Map(
    findings.map((finding) => [
      `${finding.location ? formatLocation(finding.location) : ''} ${finding.message}`,
      finding,
    ]),
  )
  return [...unique.values()].sort((left, right) => {
    const [a, b] = [left.location, right.location]
    if (a?.file !== b?.file) return (a?.file ?? '') < (b?.file ?? '') ? -1 : 1
    return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0)
  })
}
