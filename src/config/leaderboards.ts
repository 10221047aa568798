import type { ProjectConfig } from '../core/project-config.ts'
import { isRecord } from './declaration.ts'

/** The `leaderboards:` section; what is no text was reported by the schema and is left out. */
export const readLeaderboards = (section: unknown): ProjectConfig['leaderboards'] => {
  const of = isRecord(section) ? section : {}
  return { methodClasses: textsOf(of['method_classes']), readTypes: textsOf(of['read_types']) }
}

const textsOf = (value: unknown): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(isRecord(value) ? value : {}).flatMap(([name, text]) =>
      typeof text === 'string' ? [[name, text]] : [],
    ),
  )
