import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import type { ToolProbe } from '../app/ports.ts'
import { findProgram } from './find-program.ts'

const PATIENCE_MS = 5000
/** Versions stand at the beginning; a tool that answers with its manual is not read to the end. */
const MOST_CHARACTERS = 64 * 1024

/** Looks for programs on the PATH of `environment` and asks them for their versions. */
export const createToolProbe = (environment: NodeJS.ProcessEnv, patienceMs = PATIENCE_MS): ToolProbe => ({
  which: (program) => findProgram(program, environment['PATH'] ?? '', process.cwd()).path,
  version: async (words, pattern) => {
    const answer = await ask(words, environment, patienceMs)
    return answer === null ? null : (new RegExp(pattern).exec(answer)?.[1] ?? null)
  },
})

// The exit status says nothing: many tools print their version and fail.
const ask = (words: readonly string[], environment: NodeJS.ProcessEnv, patienceMs: number): Promise<string | null> =>
  new Promise((resolve) => {
    const [program, ...args] = words
    if (program === undefined) return resolve(null)
    // A group of its own, so that whatever the program started ends with it; a scratch folder, for some leave logs.
    const child = spawn(program, args, {
      cwd: tmpdir(),
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let text = ''
    const end = (answer: string | null): void => {
      clearTimeout(timer)
      killGroup(child.pid)
      child.stdout.destroy()
      child.stderr.destroy()
      resolve(answer)
    }
    const read = (chunk: Buffer): void => {
      text += chunk.toString()
      if (text.length > MOST_CHARACTERS) end(text)
    }
    const timer = setTimeout(() => end(null), patienceMs)
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('error', () => end(null))
    child.on('close', () => end(text))
  })

const killGroup = (pid: number | undefined): void => {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
