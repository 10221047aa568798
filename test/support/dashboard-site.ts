import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { DashboardDocument } from '../../src/generated/dashboard.ts'
import { documentErrors } from './document.ts'
import { benchmark } from './harness.ts'

/** Path to content of every file below a folder. */
export const treeOf = (dir: string): Map<string, string> => {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()
  return new Map(
    names
      .filter((name) => statSync(join(dir, name)).isFile())
      .map((name) => [name.replaceAll('\\', '/'), readFileSync(join(dir, name), 'utf8')]),
  )
}

/** Builds the site of a project with the program itself. */
export const build = async (
  cwd: string,
  site: string,
  env: Record<string, string> = {},
): Promise<DashboardDocument> => {
  const result = await benchmark(['dashboard', '--output', site, '--json'], { cwd, env })
  if (result.exit !== 0) throw new Error(result.stdout + result.stderr)
  const document = result.json()
  expect(documentErrors(document)).toEqual([])
  return document as DashboardDocument
}
