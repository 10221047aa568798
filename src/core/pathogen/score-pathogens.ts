import type { Match } from '../match.ts'
import { makeScore } from '../metrics/make-score.ts'
import type { SampleProfile } from '../profile/profile.ts'
import { RANKS } from '../profile/ranks.ts'
import { missing, type Reason, type Score } from '../score.ts'
import { type Panel, panelKind, panelOf } from './panel.ts'
import { countsNoReads, predictionWarnings } from './prediction-warnings.ts'
import { type ReportedTaxon, type Reports, reportedTaxa } from './reported-taxa.ts'
import { type SampleCase, type SampleScoring, scoreSample } from './score-sample.ts'
import type { PathogenScoringOptions } from './scoring-options.ts'
import { currentTaxids } from './taxids.ts'
import { type LiftingRules, trueTaxa, type TrueTaxon } from './true-taxa.ts'
import { levelMeasure } from './truth-level.ts'
import type { PathogenTruth } from './truth.ts'
import { withTruthRanks } from './unstated-ranks.ts'

/** Raised whenever the same input could give another number. */
const RULES_VERSION = 1

/** Everything that decides the scores of one prediction (one tool, one parameter set) against one truth. */
export interface PathogenScoringInput {
  readonly truth: PathogenTruth
  /** Profiles of each sample. No taxa in them = ran and found nothing; null or no entry = no sign that the tool ran. */
  readonly predictions: ReadonlyMap<string, readonly SampleProfile[] | null>
  readonly samples: readonly string[]
  readonly options: PathogenScoringOptions
}

export interface PathogenScoring {
  /** Per sample; every metric, with a reason where it has no value. */
  readonly scores: readonly Score[]
  readonly matches: readonly Match[]
  readonly comparability: Readonly<Record<string, string>>
  /** Canonical text of the panel, for the caller to digest into the comparability key; null without one. */
  readonly universe: string | null
  readonly warnings: readonly string[]
}

/** Scores what a tool reports of each sample against the pathogens known to be there, on the panel and off it. */
export const scorePathogens = (asked: PathogenScoringInput): PathogenScoring => {
  const { truth, samples, options } = asked
  const placed = withTruthRanks(asked)
  const input = { ...asked, predictions: placed.predictions }
  const reports = reportsOf(input)
  const rules = rulesOf(options, new Map([...reports.values()].flatMap((report) => [...(report?.lifted ?? [])])))
  const panel = panelOf(options.panel, truth, rules)
  const known = [...truth.samples.values()].flatMap((taxa) => {
    const { present, absent } = trueTaxa(taxa, rules)
    return [...present.values(), ...absent.values()]
  })
  const genusOf = generaOf(known, reports, options.callRank)
  const names = new Map(known.flatMap(({ taxid, name }) => (name === null ? [] : [[taxid, name] as const])))
  const scores: Score[] = []
  const matches: Match[] = []
  for (const sample of samples) {
    const taxa = truth.samples.get(sample)
    const report = reports.get(sample) ?? null
    const reason: Reason | null = taxa === undefined ? 'no_truth' : report === null ? 'not_run' : null
    const scored = scoreSample({
      truth: trueTaxa(taxa ?? [], rules),
      reported: report?.taxa ?? new Map<string, ReportedTaxon>(),
      isCall: callRule(options),
      panel,
      genusOf,
      measure: levelMeasure(truth),
    })
    for (const [metric, level, quantity] of scored.values)
      scores.push(makeScore(metric, { sample, level, rank: options.callRank }, reason ? missing(reason) : quantity))
    if (reason === null) matches.push(...matchesOf(sample, scored, names, panel))
  }
  return {
    scores,
    matches,
    comparability: comparability(input, reports),
    // What a report says of lineages must not make its panel another one.
    universe: textOf(panelOf(options.panel, truth, rulesOf(options, new Map()))),
    warnings: [...placed.warnings, ...predictionWarnings(input, reports)],
  }
}

const rulesOf = (options: PathogenScoringOptions, lifted: LiftingRules['lifted']): LiftingRules => {
  const current = currentTaxids(options.merged)
  return { rank: options.callRank, current, hosts: new Set(options.hostTaxids.map(current)), lifted }
}

const reportsOf = ({ predictions, samples, options }: PathogenScoringInput): Reports => {
  const rules = rulesOf(options, new Map())
  return new Map(
    samples.map((sample) => {
      const profiles = predictions.get(sample) ?? null
      return [sample, profiles === null ? null : reportedTaxa(profiles, rules)] as const
    }),
  )
}

const callRule =
  ({ minReads, minPercentage }: PathogenScoringOptions) =>
  ({ reads, percentage }: ReportedTaxon): boolean =>
    (minReads === null || reads === null || reads >= minReads) &&
    (minPercentage === null || percentage >= minPercentage)

/** Genera by the truth first, then by the reports; only species and strains have one. */
const generaOf = (known: readonly TrueTaxon[], reports: Reports, rank: string): SampleCase['genusOf'] => {
  const ranks: readonly string[] = RANKS
  if (ranks.indexOf(rank) <= ranks.indexOf('genus')) return null
  const genera = new Map<string, string>()
  const reported = [...reports.values()].flatMap((report) => [...(report?.taxa.values() ?? [])])
  for (const { taxid, genus } of [...known, ...reported])
    if (genus !== null && !genera.has(taxid)) genera.set(taxid, genus)
  return (taxid) => genera.get(taxid) ?? null
}

const matchesOf = (
  sample: string,
  { found, missed, wrong }: SampleScoring,
  names: ReadonlyMap<string, string>,
  panel: Panel,
): readonly Match[] => {
  const one =
    (status: Match['status']) =>
    (taxid: string): Match => {
      const name = names.get(taxid)
      const symbol = name === undefined ? taxid : `${name} (${taxid})`
      return {
        sample,
        level: null,
        status,
        key: taxid,
        rung: 'taxid',
        inUniverse: panel === null ? null : panel.has(taxid),
        truthSymbol: status === 'FP' ? null : symbol,
        truthLine: null,
        callSymbol: status === 'FN' ? null : symbol,
        callLine: null,
        rows: status === 'FN' ? 0 : 1,
      }
    }
  return [...found.map(one('TP')), ...missed.map(one('FN')), ...wrong.map(one('FP'))]
}

const textOf = (panel: Panel): string | null => (panel === null ? null : JSON.stringify([...panel].sort()))

const comparability = (
  { truth, options }: PathogenScoringInput,
  reports: Reports,
): Readonly<Record<string, string>> => ({
  benchmark_type: 'pathogen-detection',
  scoring_rules: `pathogen/${String(RULES_VERSION)}`,
  truth: truth.sha256,
  panel: options.panel.kind === 'list' ? `list:${options.panel.name}` : panelKind(options.panel, truth),
  call_rank: options.callRank,
  min_reads:
    options.minReads === null ? 'none' : `${options.minReads}${countsNoReads(reports) ? ' (reads not stated)' : ''}`,
  min_percentage: String(options.minPercentage ?? 'none'),
  host_taxids: options.hostTaxids.length === 0 ? 'none' : [...options.hostTaxids].sort().join(','),
  merged_taxids: options.merged?.digest ?? 'none',
  truth_levels: levelMeasure(truth) ?? 'none',
})
