import { type DeclaredParameters, expandParameters } from '../core/parameter-sets.ts'
import type { Parameters } from '../core/pipeline.ts'
import { problemOf, type Finding } from '../core/problem.ts'
import { packageFile } from '../package-files.ts'
import { type Declarations, readPipelineFolder } from './catalogue.ts'
import { isRecord } from './declaration.ts'

/**
 * Parameter sets of the pipelines that come with this program, as they are declared there; what a project changes about
 * them is not in it.
 */
export const builtInParameters = (): ReadonlyMap<string, readonly Parameters[]> => {
  const known: Declarations = new Map()
  const findings: Finding[] = []
  const options = { isBuiltIn: true, environment: {}, shownAs: (path: string) => path }
  readPipelineFolder(packageFile('templates/pipelines'), options, known, findings)
  if (findings.length > 0) throw problemOf('E_CONFIG', 'The built-in pipelines are not valid.', findings)
  return new Map([...known].map(([name, { value }]) => [name, expandParameters(declared(value))]))
}

const declared = ({ params, databases }: { readonly params?: unknown; readonly databases?: unknown }) =>
  ({
    ...(isRecord(params) ? params : {}),
    ...(Array.isArray(databases) ? { database: databases as readonly string[] } : {}),
  }) as DeclaredParameters
