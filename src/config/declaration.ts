import type { PipelineDeclaration } from '../generated/pipeline.ts'
import type { SourceLocation } from '../core/problem.ts'
import type { Path, YamlSource } from './yaml-source.ts'

/** One place where a pipeline is described: a file of the catalogue, or an entry of the configuration. */
export interface DeclarationLayer {
  readonly value: PipelineDeclaration
  readonly source: YamlSource
  /** Where in the source the declaration begins. */
  readonly base: Path
  /** Shipped with this program: tested there, so its format ids are not checked again. */
  readonly isBuiltIn: boolean
}

/** A pipeline put together from layers, later ones winning key by key. */
export interface Declaration {
  readonly name: string
  readonly layers: readonly DeclarationLayer[]
  readonly value: PipelineDeclaration
  /** Where a key of the merged value comes from. */
  readonly locate: (path: Path, part?: 'key' | 'value') => SourceLocation
}

const MERGED = ['params', 'env', 'resources', 'samplesheet'] as const

/** Puts layers together. Maps of settings merge by name; a `command` brings its own `shell` or none. */
export const mergeLayers = (name: string, layers: readonly DeclarationLayer[]): Declaration => {
  let merged: PipelineDeclaration = {}
  for (const { value } of layers) {
    const before = merged
    merged = { ...before, ...value }
    for (const key of MERGED)
      if (isRecord(before[key]) && isRecord(value[key]))
        Object.assign(merged, { [key]: { ...before[key], ...value[key] } })
    if (value.command !== undefined && value.shell === undefined) delete merged.shell
  }
  return {
    name,
    layers,
    value: merged,
    locate: (path, part) => {
      const owner = layers.findLast(({ value }) => holds(value, path)) ?? layers.at(-1)
      if (owner === undefined) throw new RangeError('A declaration has at least one layer')
      return owner.source.locate([...owner.base, ...path], part)
    },
  }
}

/** A non-array object. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const holds = (value: unknown, path: Path): boolean => {
  let at: unknown = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false
    at = (at as Record<string, unknown>)[String(step)]
  }
  return true
}
