import type { AmrScoringOptions } from '../scoring-options.ts'
import type { AmrCall } from './call.ts'

/** DeepARG's own line between findings and candidates. */
const DEEPARG_MINIMUM = 0.8

/** The tools' own quality rules that always apply, as recorded with every scoring. */
const QUALITY_RULES =
  'RGI Perfect or Strict; AMRFinderPlus type AMR; DeepARG accepted, probability >= 0.8; AMR++ without required SNP confirmation'

type FilterOptions = Pick<AmrScoringOptions, 'minIdentity' | 'minCoverage' | 'variationTypes' | 'includePotential'>

/** The rules as they stand with these options. */
export const qualityRules = ({ includePotential }: Pick<FilterOptions, 'includePotential'>): string =>
  includePotential === true
    ? QUALITY_RULES.replace('accepted, probability >= 0.8', 'all, potential ones too')
    : QUALITY_RULES

/** What was left of a report, and how many calls passed a filter only because they do not state the value. */
export interface FilteredCalls {
  readonly calls: readonly AmrCall[]
  readonly withoutIdentity: number
  readonly withoutCoverage: number
}

/** Keeps the calls that count: variation type, the tool's own quality words, then identity and coverage. */
export const filterCalls = (calls: readonly AmrCall[], options: FilterOptions): FilteredCalls => {
  const kept = calls.filter((call) => passesFilters(call, options))
  const lacking = (minimum: number | null, value: (call: AmrCall) => number | null): number =>
    minimum === null ? 0 : rowsOf(kept.filter((call) => value(call) === null))
  return {
    calls: kept,
    withoutIdentity: lacking(options.minIdentity, (call) => call.identity),
    withoutCoverage: lacking(options.minCoverage, (call) => call.coverage),
  }
}

/** Whether a call counts. */
export const passesFilters = (call: AmrCall, options: FilterOptions): boolean =>
  options.variationTypes.includes(call.variationType) &&
  isSure(call, options.includePotential === true) &&
  reaches(call.identity, options.minIdentity) &&
  reaches(call.coverage, options.minCoverage)

/** Why a call does not count, in words; null when it does. */
export const whyLeftOut = (call: AmrCall, options: FilterOptions): string | null => {
  if (passesFilters(call, options)) return null
  if (!options.variationTypes.includes(call.variationType)) return `it is a ${call.variationType.replace('_', ' ')}`
  if (!isSure(call, options.includePotential === true)) return 'the tool itself does not hold it for sure'
  return reaches(call.identity, options.minIdentity)
    ? `its coverage of ${String(call.coverage)} % is below ${String(options.minCoverage)} %`
    : `its identity of ${String(call.identity)} % is below ${String(options.minIdentity)} %`
}

/** How many rows of the report some calls stand for. */
export const rowsOf = (calls: readonly AmrCall[]): number => calls.reduce((total, { rows }) => total + (rows ?? 1), 0)

const reaches = (value: number | null, minimum: number | null): boolean =>
  value === null || minimum === null || value >= minimum

const isSure = ({ flags, tool, score }: AmrCall, potentialToo: boolean): boolean => {
  const word = (name: string): string => flags[name]?.trim().toLowerCase() ?? ''
  if (!['', 'perfect', 'strict'].includes(word('cut_off'))) return false
  if (!['', 'amr'].includes(word('amrfinder_type'))) return false
  if (word('snp_confirmation') === 'required') return false
  if (potentialToo) return true
  if (word('deeparg') === 'potential') return false
  return tool?.toLowerCase() !== 'deeparg' || score === null || score >= DEEPARG_MINIMUM
}
