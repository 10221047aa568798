/** Wiring of `doctor`: what is installed, what is missing, and a test of the measuring instrument. */
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Diagnosis } from '../app/doctor.ts'
import type { ConfigSource, Executor, Files, ToolProbe } from '../app/ports.ts'
import { packageFile } from '../package-files.ts'

/** What the wiring takes from the project around it. */
interface DiagnosisContext {
  readonly root: string
  readonly executor: () => Promise<Executor>
  readonly files: () => Promise<Files>
  readonly tools: () => Promise<ToolProbe>
  readonly config: () => Promise<ConfigSource>
}

export const diagnoseProject = async (
  { root, executor, files, tools, config }: DiagnosisContext,
  withSelfTest: boolean,
): Promise<Diagnosis> => {
  const [{ diagnose }, { selfTest }, { createMachine }, exec, fileSystem, probe, source] = await Promise.all([
    import('../app/doctor.ts'),
    import('../app/self-test.ts'),
    import('../exec/machine-facts.ts'),
    executor(),
    files(),
    tools(),
    config(),
  ])
  const id = `self-test-${randomBytes(8).toString('hex')}`
  const test = {
    folder: join(tmpdir(), id),
    nodePath: process.execPath,
    program: packageFile('templates/exec/known-cost.mjs'),
    id,
  }
  return diagnose(
    {
      machine: createMachine(),
      tools: probe,
      config: source,
      selfTest: withSelfTest ? () => selfTest({ executor: exec, files: fileSystem }, test) : null,
    },
    join(root, '.benchmark', 'results'),
  )
}
