import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { Problem } from '../core/problem.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads what nf-core pipelines write: process (or `Workflow`) -> program -> version. Gives the
 * name of a program or of the pipeline -> version, without a leading `v`; several versions of one program are joined.
 * Throws `E_INPUT` for a file that is not such a list.
 */
export const readSoftwareVersions = async (file: string): Promise<Readonly<Record<string, string>>> => {
  let document: unknown
  try {
    document = parse(await readFile(file, 'utf8'), { maxAliasCount: 0, schema: 'failsafe' })
  } catch (cause) {
    const [line] = (cause as Error).message.split('\n')
    throw new Problem('E_INPUT', `${file} is no list of software versions: ${line ?? ''}`, {
      cause,
      location: { file },
    })
  }
  if (!isRecord(document))
    throw new Problem('E_INPUT', `${file} is no list of software versions.`, { location: { file, line: 1, column: 1 } })
  const versions = new Map<string, Set<string>>()
  for (const programs of Object.values(document))
    if (isRecord(programs))
      for (const [name, version] of Object.entries(programs))
        if (typeof version === 'string' && version !== '')
          versions.set(name, (versions.get(name) ?? new Set<string>()).add(version.replace(/^v(?=\d)/, '')))
  return Object.fromEntries(
    [...versions].sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, all]) => [name, [...all].join(', ')]),
  )
}
