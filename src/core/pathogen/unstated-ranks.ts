import type { SampleProfile } from '../profile/profile.ts'
import { type RankOf, withRanks } from '../profile/unstated-ranks.ts'
import type { PathogenScoringOptions } from './scoring-options.ts'
import { currentTaxids } from './taxids.ts'
import type { PathogenTruth } from './truth.ts'

type Predictions = ReadonlyMap<string, readonly SampleProfile[] | null>

interface Unranked {
  readonly truth: PathogenTruth
  readonly predictions: Predictions
  readonly options: PathogenScoringOptions
}

/** Predictions in which taxa without a stated rank have that of the truth or the panel; whose rank nobody knows are no calls. */
export const withTruthRanks = ({
  truth,
  predictions,
  options,
}: Unranked): { readonly predictions: Predictions; readonly warnings: readonly string[] } => {
  const all = [...predictions.values()].flatMap((profiles) => profiles ?? [])
  const ranked = withRanks(new Map(all.map((one) => [one, one])), ranksOf(truth, options), 'they are no calls')
  return {
    predictions: new Map(
      [...predictions].map(([sample, profiles]) => [
        sample,
        profiles?.map((one) => ranked.profiles.get(one) ?? one) ?? null,
      ]),
    ),
    warnings: ranked.warnings,
  }
}

const ranksOf = ({ samples }: PathogenTruth, { panel, callRank, merged }: PathogenScoringOptions): RankOf => {
  const current = currentTaxids(merged)
  const ranks = new Map<string, string>()
  if (panel.kind === 'list') for (const taxid of panel.taxids) ranks.set(current(taxid), callRank)
  for (const { taxid, rank, lineage } of [...samples.values()].flat()) {
    for (const [above, entry] of lineage) ranks.set(current(entry), above)
    ranks.set(current(taxid), rank)
  }
  return (taxid) => ranks.get(current(taxid))
}
