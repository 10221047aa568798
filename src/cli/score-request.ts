import type { PredictionFile, ScoreOutputsInput } from '../app/score-outputs.ts'
import { type Finding, nearest, problemOf } from '../core/problem.ts'
import { canonicalRank, RANKS } from '../core/profile/ranks.ts'
import {
  AMR_LEVELS,
  type AmrLevel,
  DEFAULT_AMR_SCORING,
  type ScoringOptions,
  type UniverseChoice,
} from '../core/scoring-options.ts'

/** The flags of `benchmark score` as oclif gives them. */
export interface ScoreFlags {
  readonly type: string
  readonly truth: string
  readonly prediction: readonly string[]
  readonly format: string
  readonly columns?: string | undefined
  readonly sample?: readonly string[] | undefined
  readonly level?: readonly string[] | undefined
  readonly universe?: string | undefined
  readonly 'locus-policy': string
  readonly 'min-identity'?: string | undefined
  readonly 'min-coverage'?: string | undefined
  readonly normalize?: boolean | undefined
  readonly filter?: string | undefined
  readonly ranks?: string | undefined
}

/** Makes the request of `benchmark score`. `readText` reads the list of a universe. Throws one `E_USAGE` with every fault. */
export const toScoreRequest = (flags: ScoreFlags, readText: (file: string) => string): ScoreOutputsInput => {
  const findings: Finding[] = []
  const levels = levelsOf(flags.level ?? [], findings)
  const options: ScoringOptions = {
    ...DEFAULT_AMR_SCORING,
    ...(levels[0] === undefined ? {} : { levels, primaryLevel: levels[0] }),
    universe: universeOf(flags.universe, readText),
    locusPolicy: flags['locus-policy'] === 'best' ? 'best' : 'all',
    minIdentity: percentOf('--min-identity', flags['min-identity'], findings),
    minCoverage: percentOf('--min-coverage', flags['min-coverage'], findings),
    profile: {
      normalize: flags.normalize === true,
      filter: percentOf('--filter', flags.filter, findings),
      ranks: ranksOf(flags.ranks, findings),
    },
  }
  reportMisplaced(flags, findings)
  const columns = columnsOf(flags.columns, findings)
  const predictions = flags.prediction.map((text) => predictionOf(text, flags.format, columns))
  reportSharedNames(flags.prediction, predictions, findings)
  if (findings.length > 0)
    throw problemOf('E_USAGE', findings.length === 1 ? 'A flag is wrong.' : 'Flags are wrong.', findings)
  const { type: benchmarkType, truth, sample: samples = [] } = flags
  return { benchmarkType, truth, predictions, samples, options }
}

const PROFILE_FLAGS = ['normalize', 'filter', 'ranks'] as const
const AMR_FLAGS = ['level', 'universe', 'min-identity', 'min-coverage'] as const

// A flag that changes nothing would look as if it had.
const reportMisplaced = (flags: ScoreFlags, findings: Finding[]): void => {
  const isGiven = (name: keyof ScoreFlags): boolean => flags[name] !== undefined && flags[name] !== false
  const foreign: readonly (keyof ScoreFlags)[] =
    flags.type === 'amr-detection' ? PROFILE_FLAGS : flags.type === 'diversity-analysis' ? AMR_FLAGS : []
  const misplaced = [
    ...foreign.filter(isGiven),
    ...(flags.type === 'diversity-analysis' && flags['locus-policy'] === 'best' ? ['locus-policy'] : []),
  ]
  for (const name of misplaced) findings.push({ message: `--${name} has no meaning for the type ${flags.type}.` })
}

const ranksOf = (text: string | undefined, findings: Finding[]): readonly string[] =>
  (text ?? '')
    .split(',')
    .filter((name) => name.trim() !== '')
    .map((name) => {
      const rank = canonicalRank(name)
      if (!RANKS.some((known) => known === rank)) {
        const hint = nearest(rank, RANKS, 1)[0] ?? RANKS.join(', ')
        findings.push({ message: `--ranks: there is no rank "${name.trim()}".`, hint: `ranks: ${hint}` })
      }
      return rank
    })

const levelsOf = (names: readonly string[], findings: Finding[]): readonly AmrLevel[] =>
  names.flatMap((name) => {
    const level = AMR_LEVELS.find((known) => known === name.replaceAll('-', '_').toLowerCase())
    if (level !== undefined) return [level]
    const hint = nearest(name, AMR_LEVELS, 1)[0] ?? AMR_LEVELS.join(', ')
    findings.push({ message: `--level: there is no level "${name}".`, hint: `levels: ${hint}` })
    return []
  })

const universeOf = (text: string | undefined, readText: (file: string) => string): UniverseChoice => {
  if (text === undefined) return { kind: 'auto' }
  if (text === 'panel' || text === 'dataset' || text === 'none') return { kind: text }
  // The first column of each line, so that a gene table or a plain list both do.
  const symbols = readText(text)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.split('\t', 1)[0]?.trim() ?? '')
    .filter((symbol) => symbol !== '' && !symbol.startsWith('#'))
  return { kind: 'list', name: text.split(/[\\/]/).at(-1) ?? text, symbols: [...new Set(symbols)] }
}

const percentOf = (flag: string, text: string | undefined, findings: Finding[]): number | null => {
  if (text === undefined) return null
  const value = /^\d+(?:\.\d+)?%?$/.test(text) ? Number(text.replace('%', '')) : Number.NaN
  if (value >= 0 && value <= 100) return value
  findings.push({ message: `${flag}: "${text}" is not a percentage between 0 and 100.` })
  return null
}

const columnsOf = (text: string | undefined, findings: Finding[]): Readonly<Record<string, string>> | undefined => {
  if (text === undefined) return undefined
  const pairs = text.split(',').flatMap((pair) => {
    const [field = '', ...column] = pair.split('=')
    if (field.trim() !== '' && column.length > 0) return [[field.trim(), column.join('=').trim()] as const]
    findings.push({ message: `--columns: "${pair}" is not of the form field=column.` })
    return []
  })
  return Object.fromEntries(pairs)
}

const predictionOf = (
  text: string,
  format: string,
  columns: Readonly<Record<string, string>> | undefined,
): PredictionFile => {
  const labelled = /^([^=/\\]+)=(.+)$/.exec(text)
  const file = labelled?.[2] ?? text
  return { label: labelled?.[1]?.trim() ?? nameOf(file), file, format, ...(columns === undefined ? {} : { columns }) }
}

/** `out/kma/{sample}.res` is called kma, `reports/report.tsv.gz` report. */
const nameOf = (file: string): string => {
  const parts = file.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && !part.includes('{sample}'))
  const stem = (parts.at(-1) ?? '').replace(/\.gz$/, '').replace(/\.[^.]+$/, '')
  return stem === '' ? 'prediction' : stem
}

// Only a label given twice on purpose joins files to one prediction.
const reportSharedNames = (
  texts: readonly string[],
  predictions: readonly PredictionFile[],
  findings: Finding[],
): void => {
  for (const [index, { label, file }] of predictions.entries()) {
    const other = predictions.findIndex((one) => one.label === label)
    if (other < index && texts[index] === file)
      findings.push({
        message: `--prediction: ${predictions[other]?.file ?? ''} and ${file} would both be called ${label}.`,
        hint: `give them labels: --prediction NAME=${file}`,
      })
  }
}
