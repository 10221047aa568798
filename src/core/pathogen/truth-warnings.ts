import { panelOf } from './panel.ts'
import type { PathogenScoringOptions } from './scoring-options.ts'
import { currentTaxids } from './taxids.ts'
import { isCallable, trueTaxa } from './true-taxa.ts'
import { levelMeasure } from './truth-level.ts'
import type { PathogenTruth } from './truth.ts'

/** What of a truth cannot be scored as it stands, whatever is predicted. */
export const truthWarnings = (
  truth: PathogenTruth,
  samples: readonly string[],
  options: PathogenScoringOptions,
): readonly string[] => {
  const { callRank: rank } = options
  const current = currentTaxids(options.merged)
  const rules = { rank, current, hosts: new Set(options.hostTaxids.map(current)), lifted: new Map<string, string>() }
  const taxa = samples.flatMap((sample) => truth.samples.get(sample) ?? [])
  const above = taxa.filter((taxon) => !isCallable(taxon, rank))
  const homeless = taxa.filter((taxon) => isCallable(taxon, rank) && taxon.rank !== rank && !taxon.lineage.has(rank))
  const panel = panelOf(options.panel, truth, rules)
  const present = samples.flatMap((sample) => [...trueTaxa(truth.samples.get(sample) ?? [], rules).present.values()])
  const offPanel = panel === null ? [] : present.filter(({ taxid }) => !panel.has(taxid))
  const measure = levelMeasure(truth)
  const withoutLevel = measure === null ? [] : present.filter((taxon) => taxon[measure] === null)
  return [
    ...said(above, `Not scored, because above the rank ${rank} (--call-rank chooses another)`),
    ...said(
      homeless,
      `Below the rank ${rank} and without a lineage, so that they count as missed unless the report knows where they belong (a column ${rank === 'species' ? 'species_taxid' : 'lineage'} in the truth says it)`,
    ),
    ...said(offPanel, 'Not scored, because present but not on the panel'),
    ...said(withoutLevel, `Without part in the limit of detection, because the truth states no ${measure ?? ''}`),
  ]
}

const said = (taxa: readonly { readonly taxid: string }[], what: string): readonly string[] => {
  const distinct = [...new Set(taxa.map(({ taxid }) => taxid))]
  const shown = distinct.slice(0, 5).join(', ')
  const more = distinct.length > 5 ? ` and ${distinct.length - 5} more` : ''
  return distinct.length === 0 ? [] : [`${what}: ${shown}${more}.`]
}
