import { missingDatabases } from '../core/command-line.ts'
import { databaseVariable } from '../core/database-variable.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { findNamed } from './find-named.ts'
import type { ConfigSource, ToolProbe } from './ports.ts'

/** Whether a pipeline could be run here now, and what is missing if not. */
export interface PipelineCheck {
  readonly pipeline: Pipeline
  readonly ready: boolean
  /** Declared, or what the tool itself says. */
  readonly version: string | null
  readonly programs: readonly { readonly name: string; readonly path: string | null }[]
  readonly databases: readonly {
    readonly name: string
    readonly path: string | null
    readonly tried: readonly string[]
  }[]
  readonly problems: readonly { readonly message: string; readonly hint: string }[]
}

export interface CheckResult {
  readonly checks: readonly PipelineCheck[]
  /** Whether the user counts on these: a named or configured one that is not ready is a failure. */
  readonly wanted: boolean
}

/** Checks one pipeline, or those of the configuration, or without any the whole catalogue. Runs only version probes. */
export const checkPipelines = async (
  deps: { readonly config: ConfigSource; readonly tools: ToolProbe },
  name: string | undefined,
): Promise<CheckResult> => {
  const catalogue = deps.config.catalogue()
  const configured = deps.config.load().pipelines
  const pipelines =
    name !== undefined
      ? named(configured, catalogue, name)
      : configured.length > 0
        ? configured
        : [...catalogue.values()]
  const checks: PipelineCheck[] = []
  for (const pipeline of pipelines) checks.push(await checkOne(deps.tools, pipeline))
  return { checks, wanted: name !== undefined || configured.length > 0 }
}

// The name can stand in the configuration more than once, with other settings each time.
const named = (
  configured: readonly Pipeline[],
  catalogue: ReadonlyMap<string, Pipeline>,
  name: string,
): readonly Pipeline[] => {
  const own = configured.filter((pipeline) => pipeline.name === name)
  return own.length > 0 ? own : [findNamed(catalogue, name, 'pipeline')]
}

const checkOne = async (tools: ToolProbe, pipeline: Pipeline): Promise<PipelineCheck> => {
  const programs = pipeline.requires.map((program) => ({ name: program, path: tools.which(program) }))
  const missing = missingDatabases(pipeline)
  const databases = [
    ...Object.entries(pipeline.databases).map(([name, path]) => ({ name, path, tried: [] })),
    ...missing.map((name) => ({ name, path: null, tried: pipeline.databasesTried?.[name] ?? [] })),
  ]
  const problems = [
    ...programs.filter(({ path }) => path === null).map(({ name }) => missingProgram(name, pipeline)),
    ...databases.filter(({ path }) => path === null).map(({ name, tried }) => missingDatabase(name, tried, pipeline)),
  ]
  const probe = pipeline.versionProbe
  const answered = problems.length === 0 && probe ? await tools.version(probe.words, probe.pattern) : null
  if (problems.length === 0 && probe && answered === null)
    problems.push({
      message: `${pipeline.name} does not tell its version, so it is probably not installed completely.`,
      hint: pipeline.install ?? `try: ${probe.words.join(' ')}`,
    })
  return {
    pipeline,
    ready: problems.length === 0,
    version: pipeline.version ?? answered,
    programs,
    databases,
    problems,
  }
}

const missingProgram = (program: string, { install }: Pipeline): { message: string; hint: string } => ({
  message: `The program ${program} is not on the PATH.`,
  hint: install ?? 'install it, or add its folder to the PATH',
})

const missingDatabase = (
  name: string,
  tried: readonly string[],
  pipeline: Pipeline,
): { message: string; hint: string } => ({
  message: `The database "${name}" was not found${tried.length > 0 ? ` (looked for ${tried.join(', ')})` : ''}.`,
  hint: [
    `say where it is: databases: {${name}: /path} under ${pipeline.name} in the configuration,`,
    `or export ${databaseVariable(name)}=/path`,
    ...(pipeline.install ? [`(${pipeline.install})`] : []),
  ].join(' '),
})
