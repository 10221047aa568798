import { Problem } from '../../core/problem.ts'
import type { Files, OutputReader } from '../ports.ts'

/** What a finished pipeline left on record about itself. */
export interface PipelineRecord {
  /** Version of the pipeline, or null. */
  readonly version: string | null
  readonly softwareVersions: Readonly<Record<string, string>>
  readonly params: Readonly<Record<string, unknown>>
  readonly warnings: readonly string[]
}

/** Reads `pipeline_info/` as nf-core pipelines fill it. Nothing there decides a score, so a damaged file is a warning. */
export const readPipelineRecord = async (
  { files, reader }: { readonly files: Files; readonly reader: OutputReader },
  dir: string,
): Promise<PipelineRecord> => {
  const warnings: string[] = []
  const softwareVersions: Record<string, string> = {}
  for (const pattern of ['pipeline_info/*versions.yml', 'pipeline_info/*versions.yaml'])
    for (const file of files.glob(dir, pattern))
      try {
        Object.assign(softwareVersions, await reader.softwareVersions(file))
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        warnings.push(error.message)
      }
  const workflow = Object.entries(softwareVersions).find(([name]) => name.startsWith('nf-core/'))
  return { version: workflow?.[1] ?? null, softwareVersions, params: paramsOf(files, dir, warnings), warnings }
}

const paramsOf = (files: Files, dir: string, warnings: string[]): Readonly<Record<string, unknown>> => {
  const newest = files.glob(dir, 'pipeline_info/params_*.json').at(-1)
  if (newest === undefined) return {}
  try {
    const params = JSON.parse(files.readText(newest)) as unknown
    if (typeof params === 'object' && params !== null && !Array.isArray(params))
      return Object.fromEntries(
        Object.entries(params).filter(([, value]) => value !== null && typeof value !== 'object'),
      )
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  warnings.push(`${newest} is no JSON object: the parameters of the pipeline are not known`)
  return {}
}
