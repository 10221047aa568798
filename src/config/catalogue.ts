import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Finding, nearest } from '../core/problem.ts'
import { validatePipeline } from '../generated/validators.ts'
import { type Declaration, type DeclarationLayer, isRecord, mergeLayers } from './declaration.ts'
import type { PipelineEntry } from './pipeline-entries.ts'
import { schemaFindings } from './schema-findings.ts'
import { readTextFile } from './text-file.ts'
import type { Environment } from './variables.ts'
import { parseYaml } from './yaml-source.ts'

/** Declarations by name, before they are resolved. */
export type Declarations = Map<string, Declaration>

/** Reads every `*.yaml` of a folder of pipelines (a missing folder is an empty one), on top of those known already. */
export const readPipelineFolder = (
  folder: string,
  options: {
    readonly isBuiltIn: boolean
    readonly environment: Environment
    readonly shownAs: (path: string) => string
  },
  known: Declarations,
  findings: Finding[],
): void => {
  for (const file of yamlFiles(folder)) {
    const path = join(folder, file)
    const shown = options.shownAs(path)
    const read = readTextFile(path, shown)
    if ('finding' in read) {
      findings.push(read.finding)
      continue
    }
    const parsed = parseYaml(read.text, shown, {
      environment: options.environment,
      isExempt: (at) => at.includes('command'),
      isOptional: () => false,
    })
    findings.push(...parsed.findings)
    if (parsed.source === null) continue
    const problems = schemaFindings(validatePipeline, parsed.source)
    findings.push(...problems)
    if (!isRecord(parsed.source.value)) continue
    const value = parsed.source.value as DeclarationLayer['value']
    const name = value.name ?? basename(file).replace(/\.ya?ml$/, '')
    const layer: DeclarationLayer = { value, source: parsed.source, base: [], isBuiltIn: options.isBuiltIn }
    const declaration = declare(name, layer, known, findings)
    if (declaration) known.set(name, declaration)
  }
}

/** Puts an entry of the configuration on top of the catalogue; null (and a finding) when there is nothing to run. */
export const declareEntry = (entry: PipelineEntry, known: Declarations, findings: Finding[]): Declaration | null => {
  const { name, layer } = entry
  if (name !== null) return declare(name, layer, known, findings)
  findings.push({
    message: 'A pipeline with a command of its own needs a name.',
    location: layer.source.locate(layer.base),
    hint: 'add name: my-pipeline',
  })
  return null
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

const declare = (
  name: string,
  layer: DeclarationLayer,
  known: Declarations,
  findings: Finding[],
): Declaration | null => {
  const { value, source, base } = layer
  if (typeof value.name === 'string' && value.name !== name)
    findings.push({
      message: `This pipeline has two names, "${name}" and "${value.name}".`,
      location: source.locate([...base, 'name']),
    })
  if (typeof value.uses === 'string') return onTopOf(value.uses, [...base, 'uses'])
  if (value.command === undefined) return onTopOf(name, typeof value.name === 'string' ? [...base, 'name'] : base)
  if (!NAME.test(name))
    findings.push({
      message: `"${name}" cannot be the name of a pipeline.`,
      location: source.locate(base, 'key'),
      hint: 'letters, digits, dot, dash and underscore, beginning with a letter or digit',
    })
  return mergeLayers(name, [layer])

  function onTopOf(wanted: string, path: typeof base): Declaration | null {
    const found = known.get(wanted)
    if (found) return mergeLayers(name, [...found.layers, layer])
    const near = nearest(wanted, known.keys())
    findings.push({
      message: `There is no pipeline "${wanted}" in the catalogue.`,
      location: source.locate(path, path === base ? 'key' : 'value'),
      hint:
        near.length > 0
          ? `did you mean "${near.join('" or "')}"?`
          : 'give it a command of its own, or choose one of benchmark pipeline list',
    })
    return null
  }
}

const yamlFiles = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
      .filter((file) => /\.ya?ml$/.test(file) && !file.startsWith('.'))
      .sort()
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return []
    throw error
  }
}
