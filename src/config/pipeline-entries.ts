import type { Finding } from '../core/problem.ts'
import { type DeclarationLayer, isRecord } from './declaration.ts'
import type { SchemaComplaint } from './schema-findings.ts'
import type { Path, YamlSource } from './yaml-source.ts'

/** One item of `pipelines:`, whichever way it was written. */
export interface PipelineEntry {
  /** Null when an entry with a command forgets its name. */
  readonly name: string | null
  readonly layer: DeclarationLayer
}

/** Says what is really wrong with an item that is neither `{name: …}` nor `NAME: {…}`. */
export const explainEntry = (
  { path, keyword }: SchemaComplaint,
  source: YamlSource,
): Finding | 'ignore' | undefined => {
  const [, section, index] = path
  if (section !== 'pipelines' || index === undefined) return undefined
  const { pipelines } = (source.value as { benchmark: { pipelines: unknown[] } }).benchmark
  const entry = pipelines[Number(index)]
  if (!isRecord(entry) || Object.hasOwn(entry, 'name') || Object.hasOwn(entry, 'command')) return undefined
  const [first, second] = Object.keys(entry)
  if (first === undefined || second === undefined) return undefined
  // Everything else said about such an item follows from this.
  if (keyword !== 'maxProperties') return 'ignore'
  const location = source.locate(['benchmark', 'pipelines', Number(index), second], 'key')
  return entry[first] === null
    ? {
        message: `"${second}" stands beside "${first}:" instead of under it.`,
        location,
        hint: `indent it further than "${first}"`,
      }
    : {
        message: `This item names two pipelines, "${first}" and "${second}".`,
        location,
        hint: 'begin each with its own "- "',
      }
}

/** The items of `pipelines:` in all three ways of writing them. */
export const readEntries = (pipelines: unknown, source: YamlSource): readonly PipelineEntry[] =>
  (Array.isArray(pipelines) ? pipelines : []).flatMap((entry: unknown, index): PipelineEntry[] => {
    const base = ['benchmark', 'pipelines', index]
    const layer = (value: unknown, at: Path): DeclarationLayer => ({
      value: isRecord(value) ? value : {},
      source,
      base: at,
      isBuiltIn: false,
    })
    if (typeof entry === 'string') return entry === '' ? [] : [{ name: entry, layer: layer({}, base) }]
    if (!isRecord(entry)) return []
    if (Object.hasOwn(entry, 'name') || Object.hasOwn(entry, 'command'))
      return [{ name: typeof entry['name'] === 'string' ? entry['name'] : null, layer: layer(entry, base) }]
    const [name, ...more] = Object.keys(entry)
    return name === undefined || more.length > 0 ? [] : [{ name, layer: layer(entry[name], [...base, name]) }]
  })
