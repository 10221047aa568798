import { join } from 'node:path'
import type { AmrCall } from '../../src/core/amr/call.ts'
import type { AmrObservations } from '../../src/core/observations.ts'
import { Problem } from '../../src/core/problem.ts'
import { readOutput, type ReadingSpec } from '../../src/parse/index.ts'
import { packageRoot } from './harness.ts'

/** Absolute path of a file under test/fixtures/parse. */
export const fixture = (path: string): string => join(packageRoot, 'test', 'fixtures', 'parse', path)

/** An output of an AMR tool; fails for any other kind. */
export const readHits = async (file: string, spec: ReadingSpec): Promise<AmrObservations> => {
  const output = await readOutput(file, spec)
  if (output.kind === 'amr') return output
  throw new Error(`${file} was read as a ${output.kind}`)
}

/** The calls of a fixture, recognised by its content unless a format is given. */
export const callsOf = async (
  path: string,
  format = 'auto',
  columns?: Readonly<Record<string, string>>,
): Promise<readonly AmrCall[]> =>
  (await readHits(fixture(path), { format, ...(columns === undefined ? {} : { columns }) })).calls

/** The Problem a promise is rejected with; fails when it is not, or with anything else. */
export const problemFrom = async (promise: Promise<unknown>): Promise<Problem> => {
  try {
    await promise
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('expected a Problem, but nothing was thrown')
}

/** What a Problem finds, as `line:column message`. */
export const findingsOf = (problem: Problem): string[] =>
  problem.findings.map(
    ({ message, location }) => `${String(location?.line ?? '-')}:${String(location?.column ?? '-')} ${message}`,
  )
