import type { TreeFile, TreePart } from '../../core/output-tree/output-tree.ts'
import type { Observations } from '../../core/observations.ts'
import { Problem } from '../../core/problem.ts'
import type { Aligner, Files, OutputReader } from '../ports.ts'
import type { PredictionCollector } from '../scoring/benchmark-scorer.ts'
import { scorerOf } from '../scoring/scorers.ts'
import type { ExecutionScores, ScoringContext } from '../scoring-context.ts'

/** The scores of a part, and which files they are from. */
interface PartScores extends ExecutionScores {
  readonly filesRead: readonly string[]
}

/** Scores one part of an output tree. What is missing is `not_run`, what cannot be read a failure; neither is an error. */
export const scoreTreePart = async (
  deps: { readonly files: Files; readonly reader: OutputReader; readonly aligner: Aligner },
  { benchmarkType, scoring, samples, truth }: ScoringContext,
  target: { readonly part: TreePart; readonly dir: string },
): Promise<PartScores> => {
  const { part, dir } = target
  const options = part.atLeastTools === null ? scoring : { ...scoring, atLeastTools: part.atLeastTools }
  const prediction = (truth ?? scorerOf(benchmarkType))?.collect(samples, options) ?? null
  const { files, unreadable } = chooseFiles(deps.reader, part)
  const warnings: string[] = unreadable === null ? [] : [unreadable]
  let failure: string | null = null
  if (files !== null) {
    for (const sample of part.ran) prediction?.ran(sample)
    failure = await gather({ ...deps, dir, prediction, samples, ran: new Set(part.ran), warnings }, files)
  }
  // Files that cannot be read yet may say anything.
  const isScored = failure === null && unreadable === null
  const scored = isScored ? ((await prediction?.score(deps)) ?? null) : null
  return {
    scores: scored?.scores ?? [],
    warnings: [...warnings, ...(scored?.warnings ?? [])],
    failure,
    comparability: scored?.comparability ?? {},
    universe: scored?.universe ?? null,
    filesRead: [...new Set((files ?? []).map(({ path }) => path))],
  }
}

interface Chosen {
  readonly files: readonly TreeFile[] | null
  /** Why none can be read although there are some, or null. */
  readonly unreadable: string | null
}

// The first way of saying it that this version can read.
const chooseFiles = ({ formats }: OutputReader, { notRun, alternatives }: TreePart): Chosen => {
  if (notRun !== null) return { files: null, unreadable: null }
  if (alternatives.length === 0) return { files: [], unreadable: null }
  const isKnown = ({ format }: TreeFile): boolean => format === 'auto' || formats.includes(format)
  const files = alternatives.find((one) => one.every(isKnown)) ?? null
  if (files !== null) return { files, unreadable: null }
  const unknown = new Set(
    alternatives
      .flat()
      .filter((file) => !isKnown(file))
      .map(({ format }) => format),
  )
  return { files, unreadable: `not scored: this version cannot read the format ${[...unknown].sort().join(' or ')}` }
}

interface Gathering {
  readonly files: Files
  readonly reader: OutputReader
  readonly dir: string
  /** Null for a benchmark type that is not scored: then outputs only have to be readable. */
  readonly prediction: PredictionCollector | null
  readonly samples: readonly string[]
  readonly ran: ReadonlySet<string>
  readonly warnings: string[]
}

// Returns why it failed, or null.
const gather = async (gathering: Gathering, chosen: readonly TreeFile[]): Promise<string | null> => {
  for (const file of chosen)
    try {
      await take(gathering, file)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const [first] = error.findings
      const detail = first === undefined || first.message === error.message ? '' : ` ${first.message}`
      return `output_unreadable: ${error.message}${detail}`
    }
  return null
}

const take = async (gathering: Gathering, file: TreeFile): Promise<void> => {
  const { path, format, sample } = file
  const { files, reader, dir, prediction, samples, ran, warnings } = gathering
  const absolute = `${dir}/${path}`
  if (files.sizeOf(absolute) === 0) {
    warnings.push(`${path} is empty; read as "no hits"`)
    return
  }
  const output = await (prediction?.read(reader, absolute, { format }) ?? reader.read(absolute, { format }))
  warnings.push(...output.warnings)
  const part = partOf(output, file)
  if (sample !== null) {
    if (ran.has(sample)) prediction?.takeWhole(sample, part)
    return
  }
  const sorted = prediction?.sort(part, samples)
  for (const name of sorted?.named ?? []) if (ran.has(name)) sorted?.take(name)
  const strangers = [...(sorted?.strangers.keys() ?? [])].sort()
  if (strangers.length > 0)
    warnings.push(`${path}: rows of samples that are not asked for were left out: ${strangers.slice(0, 5).join(', ')}`)
}

// What of an output a file of several tools, or of several sets of bins, is read for.
const partOf = (output: Observations, { tool, bins: stem }: TreeFile): Observations => {
  if (output.kind === 'amr' && tool !== undefined)
    return { ...output, calls: output.calls.filter((call) => call.tool?.toLowerCase() === tool) }
  if (output.kind === 'assembly' && stem !== undefined)
    return {
      ...output,
      facts: output.facts.map((fact) =>
        fact.what === 'bins' ? { ...fact, bins: fact.bins.filter(({ name }) => isNumbered(name, stem)) } : fact,
      ),
    }
  return output
}

// `MEGAHIT-MetaBAT2-S1.1` is of S1, `MEGAHIT-MetaBAT2-S10.1` is not.
const isNumbered = (name: string, stem: string): boolean =>
  name.startsWith(stem) && /^[._]\d/.test(name.slice(stem.length))
