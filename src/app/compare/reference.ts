import { Problem } from '../../core/problem.ts'

/** What a run is compared with, as the user wrote it. `plain`: a bare name, which may be of several kinds. */
export type Reference =
  | { readonly kind: 'run' | 'branch' | 'plain'; readonly name: string }
  | { readonly kind: 'project'; readonly name: string }
  | { readonly kind: 'baseline'; readonly name: string | null }
  | { readonly kind: 'pipeline'; readonly name: string; readonly version: string | null; readonly params: Wish }
  | { readonly kind: 'community' | 'history' }

/** Parameters as written: name -> text. */
type Wish = Readonly<Record<string, string>>

/** What may stand behind `--with`. */
export const REFERENCE_HINT =
  'Write run:ID, branch:NAME (or just the name), baseline, pipeline:NAME, project:NAME, community or history.'

/**
 * Reads `run:ID`, `branch:B`, `baseline[:LABEL]`, `pipeline:NAME[@VERSION][,PARAMETER=VALUE…]`, `project:P`, `community`,
 * `history`, or a plain name. Throws `E_USAGE` for an empty or unknown kind.
 */
export const parseReference = (text: string): Reference => {
  const trimmed = text.trim()
  if (trimmed === '')
    throw new Problem('E_USAGE', 'Compare with what? The reference is empty.', { hints: [REFERENCE_HINT] })
  if (trimmed === 'community' || trimmed === 'history') return { kind: trimmed }
  if (trimmed === 'baseline') return { kind: 'baseline', name: null }
  const [, kind, name] = /^(run|branch|project|baseline|pipeline):(.*)$/s.exec(trimmed) ?? []
  if (kind === undefined || name === undefined) return { kind: 'plain', name: trimmed }
  if (name === '') throw new Problem('E_USAGE', `"${trimmed}" names no ${kind}.`, { hints: [REFERENCE_HINT] })
  if (kind === 'pipeline') return pipelineReference(name)
  if (kind === 'project' || kind === 'baseline') return { kind, name }
  return { kind: kind === 'run' ? 'run' : 'branch', name }
}

const pipelineReference = (text: string): Reference => {
  const [first = '', ...settings] = text.split(',')
  const at = first.indexOf('@', 1)
  const params = settings.map((setting): [string, string] => {
    const equals = setting.indexOf('=')
    if (equals < 1)
      throw new Problem('E_USAGE', `"${setting}" is no parameter of pipeline:${text}.`, {
        hints: ['Write pipeline:NAME@VERSION,PARAMETER=VALUE; version and parameters may be left out.'],
      })
    return [setting.slice(0, equals), setting.slice(equals + 1)]
  })
  return {
    kind: 'pipeline',
    name: at < 0 ? first : first.slice(0, at),
    version: at < 0 ? null : first.slice(at + 1),
    params: Object.fromEntries(params),
  }
}
