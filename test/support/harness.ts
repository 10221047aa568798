import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

export const packageRoot = fileURLToPath(new URL('../..', import.meta.url))

/** A folder with a space in its name, removed after the test file. */
export const tempDir = (theme: string): string => {
  const dir = mkdtempSync(join(tmpdir(), `benchmark ${theme} `))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

export interface CliResult {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  /** Parsed stdout; throws when it is not exactly one JSON document. */
  json(): unknown
}

/** Runs the built binary as a user would. */
export const benchmark = (
  argv: readonly string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<CliResult> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(packageRoot, 'bin', 'run.js'), ...argv],
      { cwd: options.cwd, env: { ...process.env, ...options.env }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const exit = error ? (typeof error.code === 'number' ? error.code : 1) : 0
        resolve({ stdout, stderr, exit, json: () => JSON.parse(stdout) as unknown })
      },
    )
  })
