/** `{name}` in commands, output paths and sample sheets: what they can be, and reading them out of a text. */

/** Filled by the runner for each execution. Those marked optional can be empty. */
export const BUILT_IN_PLACEHOLDERS = {
  sample: 'id of the sample',
  group: 'group of the sample (may be empty)',
  reads_1: 'forward or single-end reads (may be empty)',
  reads_2: 'reverse reads (may be empty)',
  fasta: 'contigs (may be empty)',
  samplesheet: 'sample sheet with every sample of the execution',
  outdir: 'folder for the outputs',
  workdir: 'scratch folder, also the current one',
  project: 'folder of the project',
  config: 'file of the `config:` key (may be empty)',
  threads: 'CPUs granted (`resources: {cpus}`)',
  memory_gb: 'memory granted, whole GB (may be empty)',
  version: 'the `version:` of the pipeline (may be empty)',
  params: 'every parameter without a place of its own, as `--name value`',
  package: 'folder this program is installed in',
  node: 'the Node.js that runs this program',
} as const
export type BuiltInPlaceholder = keyof typeof BUILT_IN_PLACEHOLDERS

/** One placeholder as written: `{reads_1}`, `{param:min_identity}`, `{db:resfinder}`. */
export interface Placeholder {
  readonly kind: 'name' | 'param' | 'db'
  readonly name: string
  /** With its braces. */
  readonly written: string
}
export type TemplatePart = string | Placeholder

// `{{name}}` is a literal `{name}`; `${name}` belongs to the shell; anything else in braces is just text.
const TEMPLATE = /\{\{([A-Za-z_][\w:.-]*)\}\}|(?<!\$)\{([A-Za-z_]\w*)(?::([\w.-]+))?\}/g

/** Literal text and placeholders of a template, in order. */
export const parseTemplate = (text: string): readonly TemplatePart[] => {
  const parts: TemplatePart[] = []
  let end = 0
  for (const match of text.matchAll(TEMPLATE)) {
    const [written, escaped, head = '', tail] = match
    if (match.index > end) parts.push(text.slice(end, match.index))
    end = match.index + written.length
    if (escaped !== undefined) parts.push(`{${escaped}}`)
    else if (tail === undefined) parts.push({ kind: 'name', name: head, written })
    else if (head === 'param' || head === 'db') parts.push({ kind: head, name: tail, written })
    else parts.push({ kind: 'name', name: `${head}:${tail}`, written })
  }
  if (end < text.length) parts.push(text.slice(end))
  return parts
}

/** The placeholders of a text, in order, repeats included. */
export const placeholdersIn = (text: string): readonly Placeholder[] =>
  parseTemplate(text).filter((part) => typeof part !== 'string')

/** Makes a value from outside safe to stand in a template: its braces stay braces. */
export const escapeTemplate = (value: string): string => value.replaceAll(TEMPLATE, '{$&}')
