import type { PredictionFile, ScoreOutputsInput } from '../app/score-outputs.ts'
import { type Finding, problemOf } from '../core/problem.ts'
import { DEFAULT_AMR_SCORING, type ScoringOptions } from '../core/scoring-options.ts'
import { readScoringSettings } from '../core/settings/scoring-settings.ts'
import type { GivenSettings } from '../core/settings/setting-source.ts'

/** The flags of `benchmark score` as oclif gives them. */
export interface ScoreFlags {
  readonly type: string
  readonly truth?: string | undefined
  /** Another word for the truth where that is a reference. */
  readonly reference?: string | undefined
  readonly prediction: readonly string[]
  readonly format: string
  readonly columns?: string | undefined
  readonly sample?: readonly string[] | undefined
  /** Every other flag is a setting of the scoring. */
  readonly settings: GivenSettings
}

/** Makes the request of `benchmark score`. `readText` reads the list of a universe. Throws one `E_USAGE` with every fault. */
export const toScoreRequest = (flags: ScoreFlags, readText: (file: string) => string): ScoreOutputsInput => {
  const findings: Finding[] = []
  const options: ScoringOptions = {
    ...DEFAULT_AMR_SCORING,
    ...readScoringSettings(flags.type, {
      given: flags.settings,
      readText,
      report: (setting, message, hint) => {
        findings.push({ message: `--${setting}: ${message}`, ...(hint === undefined ? {} : { hint }) })
      },
    }),
  }
  checkDetails(flags, findings)
  const columns = columnsOf(flags.columns, findings)
  const predictions = flags.prediction.map((text) => predictionOf(text, flags.format, columns))
  reportSharedNames(flags.prediction, predictions, findings)
  checkReference(flags, findings)
  if (findings.length > 0)
    throw problemOf('E_USAGE', findings.length === 1 ? 'A flag is wrong.' : 'Flags are wrong.', findings)
  const { type: benchmarkType, truth = flags.reference ?? null, sample: samples = [] } = flags
  return { benchmarkType, truth, predictions, samples, options }
}

/** What is listed beside the numbers, and the benchmark types that have it. */
const DETAILS: Readonly<Record<string, readonly string[]>> = {
  matches: ['amr-detection', 'pathogen-detection'],
  explain: ['amr-detection'],
  concordance: ['amr-detection'],
}

const checkDetails = ({ type, truth, settings }: ScoreFlags, findings: Finding[]): void => {
  for (const [name, types] of Object.entries(DETAILS).filter(([name]) => settings[name] === true))
    if (!types.includes(type)) findings.push({ message: `--${name}: it has no meaning for the type ${type}.` })
    else if (name !== 'concordance' && type === 'amr-detection' && (truth === undefined || settings['concordance']))
      findings.push({ message: `--${name}: it needs a truth that outputs are compared with, not each other.` })
}

const checkReference = ({ type, truth, reference }: ScoreFlags, findings: Finding[]): void => {
  if (reference === undefined) return
  if (type !== 'assembly-quality') findings.push({ message: `--reference: it has no meaning for the type ${type}.` })
  else if (truth !== undefined) findings.push({ message: '--reference: the truth is one already; give either.' })
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
