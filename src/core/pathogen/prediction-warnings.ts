import type { SampleProfile } from '../profile/profile.ts'
import type { Reports } from './reported-taxa.ts'
import type { PathogenScoringOptions } from './scoring-options.ts'
import { isCallable } from './true-taxa.ts'
import type { PathogenTruth } from './truth.ts'

interface Scored {
  readonly truth: PathogenTruth
  readonly predictions: ReadonlyMap<string, readonly SampleProfile[] | null>
  readonly options: PathogenScoringOptions
}

/** Whether some call is without a number of reads. */
export const countsNoReads = (reports: Reports): boolean =>
  [...reports.values()].some((report) => [...(report?.taxa.values() ?? [])].some(({ reads }) => reads === null))

/** What a user should know before trusting the scores of a prediction. */
export const predictionWarnings = ({ truth, predictions, options }: Scored, reports: Reports): readonly string[] => {
  const unknown = [...predictions.keys()].filter((sample) => !truth.samples.has(sample))
  const homeless = new Set([...reports.values()].flatMap((report) => report?.withoutLineage ?? []))
  return [
    ...unknown.map((sample) => `The truth says nothing about sample ${sample}: it is not scored (no_truth).`),
    ...(options.minReads !== null && countsNoReads(reports)
      ? [
          'The prediction states no reads: its calls pass --min-reads, and its scores must not be compared with those of tools whose calls are filtered.',
        ]
      : []),
    ...rankMissed(predictions, options.callRank),
    ...(homeless.size > 0
      ? [
          `${homeless.size} taxa below the rank ${options.callRank} have no lineage and are no calls, for example ${[...homeless][0] ?? ''}.`,
        ]
      : []),
  ]
}

/** A table of other ranks than the one scored would look like a tool that finds nothing. */
const rankMissed = (predictions: Scored['predictions'], callRank: string): readonly string[] => {
  const taxa = [...predictions.values()].flatMap((profiles) => (profiles ?? []).flatMap((profile) => profile.taxa))
  // Kaiju's table of genera has one row of another rank, the viruses.
  const ranks = [...new Set(taxa.map(({ rank }) => rank))]
  if (ranks.length === 0 || ranks.some((rank) => isCallable({ rank }, callRank))) return []
  return [
    `The prediction has no ${callRank}, only ${ranks.join(', ')}: everything counts as missed. --call-rank chooses another rank.`,
  ]
}
