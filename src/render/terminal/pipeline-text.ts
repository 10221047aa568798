import type { CheckResult, PipelineCheck } from '../../app/check-pipelines.ts'
import { missingDatabases } from '../../core/command-line.ts'
import type { Parameters, Pipeline } from '../../core/pipeline.ts'
import { formatCommand } from '../../core/split-command.ts'
import { formatDuration, formatSize } from '../../core/units.ts'
import { plainText } from '../plain-text.ts'
import { isForPrograms, renderTable, type TableOptions, withoutEmptyColumns } from '../table/table.ts'

/** The catalogue, one line each; what the configuration lists is marked. */
export const renderPipelineList = (
  pipelines: readonly Pipeline[],
  configured: ReadonlySet<string>,
  options: TableOptions = {},
): string => {
  const rows = pipelines.map((pipeline) => [
    pipeline.name,
    { text: configured.has(pipeline.name) ? 'yes' : '', value: configured.has(pipeline.name) },
    pipeline.version ?? '',
    pipeline.needs.join(' '),
    pipeline.scope === 'dataset' ? 'all samples' : 'each sample',
    pipeline.title,
  ])
  const table = { head: ['pipeline', 'configured', 'version', 'needs', 'runs on', 'title'], rows }
  return renderTable(isForPrograms(options) ? table : withoutEmptyColumns(table), options)
}

/** Everything about one pipeline. */
export const renderPipeline = (pipeline: Pipeline): string => {
  const { command, resources, timeoutMs } = pipeline
  const facts: [string, string | null | undefined][] = [
    ['version', pipeline.version ?? 'asked from the tool'],
    ['homepage', pipeline.homepage],
    ['install', pipeline.install],
    ['focus', pipeline.focus],
    ['benchmark types', pipeline.benchmarkTypes.join(', ')],
    ['runs on', pipeline.scope === 'dataset' ? 'all samples at once' : 'each sample'],
    ['needs', pipeline.needs.join(', ')],
    ['programs', pipeline.requires.join(', ')],
    ['databases', databasesText(pipeline)],
    ['config', pipeline.configFile],
    [
      'resources',
      `${resources.cpus} CPU${resources.memoryBytes === null ? '' : `, ${formatSize(resources.memoryBytes)}`}`,
    ],
    ['timeout', timeoutMs === null ? null : formatDuration(timeoutMs)],
    ['current folder', pipeline.cwd === 'work' ? 'a scratch folder' : 'the project'],
    ['environment', entriesText(pipeline.env)],
    ['sample sheet', pipeline.samplesheet ? Object.keys(pipeline.samplesheet).join(',') : null],
    ['standard output', pipeline.stdout],
    [
      'outputs',
      pipeline.outputs
        .map(({ format, path, optional }) => `${path} (${format}${optional ? ', optional' : ''})`)
        .join('; '),
    ],
    ['declared in', pipeline.source],
  ]
  const lines = facts.filter(([, value]) => value).map(([name, value]) => `${`${name}:`.padEnd(17)}${value ?? ''}`)
  const run = command.kind === 'argv' ? formatCommand(command.words) : `(${command.shell})\n${command.script.trimEnd()}`
  const sets = pipeline.parameterSets.map(parametersText)
  return plainText(
    [
      `${pipeline.name}: ${pipeline.title}`,
      ...lines,
      `${'parameters:'.padEnd(17)}${sets.length === 1 ? (sets[0] ?? '') : `${sets.length} sets`}`,
      ...(sets.length > 1 ? sets.map((set) => `  ${set}`) : []),
      'command:',
      ...run.split('\n').map((line) => `  ${line}`),
    ].join('\n'),
  )
}

/** Which pipelines can be run here, and what to do about the others. */
export const renderCheck = ({ checks }: CheckResult, options: TableOptions = {}): string => {
  const rows = checks.map((check) => [check.pipeline.name, check.ready ? 'ready' : 'not ready', check.version ?? ''])
  const table = renderTable({ head: ['pipeline', 'state', 'version'], rows }, options)
  return isForPrograms(options) ? table : [table, ...checks.flatMap(problemLines)].join('\n')
}

const problemLines = ({ pipeline, problems }: PipelineCheck): string[] =>
  problems.length === 0
    ? []
    : [
        '',
        plainText(pipeline.name),
        ...problems.flatMap(({ message, hint }) => [plainText(`  ${message}`), plainText(`  → ${hint}`)]),
      ]

const databasesText = (pipeline: Pipeline): string =>
  [
    ...Object.entries(pipeline.databases).map(([name, path]) => `${name} = ${path}`),
    ...missingDatabases(pipeline).map((name) => `${name} (not found)`),
  ].join('; ')

const parametersText = (parameters: Parameters): string => entriesText(parameters) || 'none'

const entriesText = (record: Readonly<Record<string, unknown>>): string =>
  Object.entries(record)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')
