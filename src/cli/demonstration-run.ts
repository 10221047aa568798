import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMONSTRATION_LABEL, embeddedBenchmark } from '../app/embedded-benchmark.ts'
import { findRoot, type Project } from '../compose.ts'
import { EXIT_CODES } from './exit-code.ts'
import type { Format } from './format-flag.ts'
import { runInForeground } from './foreground-run.ts'

/**
 * The folder `benchmark test` works in: the project it is called in or for, so that its results are kept there; outside
 * any project a fresh temporary one, so that no stray `.benchmark/` appears in the current folder.
 */
export const demonstrationFolder = (project: string | undefined): { folder: string; isTemporary: boolean } => {
  const root = findRoot(project)
  if (project !== undefined || existsSync(join(root, '.benchmark'))) return { folder: root, isTemporary: false }
  return { folder: mkdtempSync(join(tmpdir(), 'benchmark-test-')), isTemporary: true }
}

/** Runs the embedded benchmark with progress, under its label. The exit status says whether every execution succeeded. */
export const runDemonstration = async (
  project: Project,
  options: {
    readonly quick: boolean
    readonly label: string | undefined
    readonly plain: boolean
    readonly format: Format
    readonly show: (text: string) => void
    readonly tell: (text: string) => void
  },
): Promise<unknown> => {
  const [config, tools] = await Promise.all([project.config(), project.tools()])
  const { request, leftOut } = embeddedBenchmark({ config, tools }, options)
  for (const { pipeline, why } of leftOut) options.tell(`Left out: ${pipeline} (${why})`)
  const runId = await project.createRun(options.label === undefined ? request : { ...request, label: options.label })
  const { plain, format, show, tell } = options
  if (format === 'table') show(`${DEMONSTRATION_LABEL}\n`)
  else tell(DEMONSTRATION_LABEL)
  // A demonstration is nobody's result: it is never shared by itself.
  const share = false
  const run = await runInForeground(project, runId, {
    mode: undefined,
    compareWith: undefined,
    ciPlaces: { stepSummary: null },
    share,
    plain,
    format,
    show,
    tell,
  })
  if (run.state !== 'completed') process.exitCode = EXIT_CODES.E_GATE
  return run
}
