import type { AmrCall } from '../core/amr/call.ts'
import { callsBySample } from '../core/amr/calls-by-sample.ts'
import { type Concordance, concordance } from '../core/amr/concordance.ts'
import { createCallCondenser } from '../core/amr/condense-calls.ts'
import { sampleOfHamronizedFile } from '../core/amr/hamronized-sample.ts'
import { Problem } from '../core/problem.ts'
import type { AmrLevel, ScoringOptions } from '../core/scoring-options.ts'
import type { VocabularyReference } from '../core/names/gene-vocabulary.ts'
import { faultsTogether } from './faults-together.ts'
import type { OutputReader } from './ports.ts'
import type { ScoreOutputsInput } from './score-outputs.ts'
import { wrongKind } from './scoring/wrong-kind.ts'

/** How far tools agree, and on what. */
export interface ComparedTools extends Concordance {
  readonly benchmarkType: string
  readonly primaryLevel: AmrLevel
  readonly predictions: readonly string[]
  readonly samples: readonly string[]
}

interface Deps {
  readonly reader: OutputReader
  vocabulary(): VocabularyReference | undefined
}

/** What a sample is called that no report names. */
const NAMELESS = 'sample'

/**
 * Compares AMR reports with each other. The samples are those of the truth where one is given, else those asked for,
 * else those the reports name. A single combined report is compared tool by tool. Throws `E_USAGE` where there is
 * nothing to compare.
 */
export const compareTools = async (deps: Deps, input: ScoreOutputsInput): Promise<ComparedTools> => {
  const reference = deps.vocabulary()
  const options: ScoringOptions = { ...input.options, ...(reference === undefined ? {} : { vocabulary: reference }) }
  const truth = input.truth === null ? null : await deps.reader.amrTruth(input.truth)
  const asked = input.samples.length > 0 ? input.samples : truth === null ? null : [...truth.samples.keys()]
  const read = await readAll(deps.reader, input, options, asked)
  const calls = byPrediction(read.calls)
  const [only] = calls.keys()
  if (calls.size < 2)
    throw new Problem(
      'E_USAGE',
      `There is nothing to compare ${only ?? 'the output'} with: no truth and no second tool.`,
      {
        hints: [
          'Pass --truth with what is really in the samples, to score it.',
          'Or pass --prediction twice or more, to see how far the tools agree.',
        ],
      },
    )
  const samples = asked ?? namesIn([...calls.values()].flat())
  const warnings = [...read.warnings]
  const predictions = new Map([...calls].map(([label, all]) => [label, sorted(label, all, samples, warnings)]))
  if (asked === null) {
    refuseStrangers(predictions, samples)
    warnings.push(...silentWarnings(predictions, samples))
  }
  const vocabulary = reference === undefined ? null : deps.reader.vocabulary(reference)
  const compared = concordance({ predictions, samples, options, vocabulary })
  return {
    benchmarkType: input.benchmarkType,
    primaryLevel: options.primaryLevel,
    predictions: [...calls.keys()],
    samples,
    ...compared,
    warnings: [...warnings, ...compared.warnings],
  }
}

interface ReadCalls {
  readonly calls: ReadonlyMap<string, readonly AmrCall[]>
  readonly warnings: readonly string[]
}

const readAll = async (
  reader: OutputReader,
  { predictions, benchmarkType }: ScoreOutputsInput,
  options: ScoringOptions,
  samples: readonly string[] | null,
): Promise<ReadCalls> => {
  const calls = new Map<string, AmrCall[]>()
  const warnings: string[] = []
  const faults: Problem[] = []
  const noTruth = { samples: new Map(), sha256: '' }
  for (const { label, file, ...spec } of predictions) {
    const known = calls.get(label) ?? []
    calls.set(label, known)
    const take = async (path: string, sample: string | null): Promise<void> => {
      const output = await reader.read(path, spec, createCallCondenser(options, noTruth)).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
        faults.push(error)
        return null
      })
      if (output === null) return
      if (output.kind !== 'amr') throw wrongKind(output, benchmarkType, 'the hits of an AMR tool')
      warnings.push(...output.warnings)
      for (const call of output.calls) known.push(sample === null ? call : { ...call, sample })
    }
    if (!file.includes('{sample}')) await take(file, null)
    else if (samples === null)
      throw new Problem('E_USAGE', `What {sample} in ${file} stands for is not known.`, {
        hints: ['Name the samples with --sample, or pass --truth.'],
      })
    else for (const sample of samples) await take(file.replaceAll('{sample}', sample), sample)
  }
  if (faults.length > 0) throw faultsTogether(faults, `${faults.length} outputs cannot be compared.`)
  return { calls, warnings }
}

// A combined report of several tools is one file.
const byPrediction = (calls: ReadCalls['calls']): ReadonlyMap<string, readonly AmrCall[]> => {
  if (calls.size !== 1) return calls
  const byTool = new Map<string, AmrCall[]>()
  for (const call of [...calls.values()].flat()) {
    const tool = call.tool ?? 'unknown'
    const known = byTool.get(tool)
    if (known === undefined) byTool.set(tool, [call])
    else known.push(call)
  }
  return byTool.size < 2 ? calls : byTool
}

const namesIn = (calls: readonly AmrCall[]): readonly string[] => {
  const names = new Set(
    calls.flatMap(({ sample, tool }) => (sample === null ? [] : [sampleOfHamronizedFile(sample, tool)])),
  )
  return names.size === 0 ? [NAMELESS] : [...names].sort()
}

const sorted = (
  label: string,
  calls: readonly AmrCall[],
  samples: readonly string[],
  warnings: string[],
): ReadonlyMap<string, readonly AmrCall[]> => {
  const [only = NAMELESS, another] = samples
  const { bySample, strangers, unnamedLine } = callsBySample(calls, samples)
  // What is compared for one sample is that sample's, whatever a report calls it; one of several is never guessed at.
  const names = strangers.size + (unnamedLine === null ? 0 : 1)
  if (another === undefined && bySample.size === 0 && names <= 1) return new Map([[only, calls]])
  if (unnamedLine !== null)
    throw new Problem(
      'E_INPUT',
      `${label} does not say which of the ${samples.length} samples it is about (line ${unnamedLine}).`,
      { hints: ['Pass --sample with the sample, or put {sample} into the path.'] },
    )
  if (strangers.size > 0)
    warnings.push(`${label}: rows of other samples were left out: ${[...strangers.keys()].slice(0, 5).join(', ')}.`)
  return bySample
}

// Without a truth only the reports say what samples there are; then their names must meet somewhere.
const refuseStrangers = (
  predictions: ReadonlyMap<string, ReadonlyMap<string, readonly AmrCall[]>>,
  samples: readonly string[],
): void => {
  const shared = samples.some((sample) => [...predictions.values()].filter((of) => of.has(sample)).length > 1)
  if (shared || samples.length < 2) return
  throw new Problem('E_INPUT', `No sample is named by two predictions: they name ${samples.slice(0, 5).join(', ')}.`, {
    hints: ['If all are about one sample, name it with --sample.'],
  })
}

// A combined report leaves out a sample without hits; a report about other samples looks the same.
const silentWarnings = (
  predictions: ReadonlyMap<string, ReadonlyMap<string, readonly AmrCall[]>>,
  samples: readonly string[],
): readonly string[] =>
  [...predictions].flatMap(([label, of]) => {
    const silent = samples.filter((sample) => !of.has(sample))
    if (silent.length === 0) return []
    return [`${label} reports nothing of ${silent.slice(0, 5).join(', ')}: taken to have run and found nothing.`]
  })
