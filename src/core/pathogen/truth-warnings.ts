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
  const warn = (all: readonly { readonly taxid: string }[], text: string): readonly string[] =>
    all.length === 0 ? [] : [`${listed(all)} of the truth ${text}`]
  return [
    ...warn(above, `stand above the rank ${rank} and are not scored; --call-rank chooses another rank.`),
    ...warn(
      homeless,
      `stand below the rank ${rank} without a lineage: unless the report knows where they belong they count as missed. Add ${rank === 'species' ? 'a column species_taxid' : 'a column lineage'}.`,
    ),
    ...warn(offPanel, 'are present but not on the panel, and are not scored.'),
    ...warn(withoutLevel, `state no ${measure ?? ''} and have no part in the limit of detection.`),
  ]
}

const listed = (taxa: readonly { readonly taxid: string }[]): string => {
  const distinct = [...new Set(taxa.map(({ taxid }) => taxid))]
  const shown = distinct.slice(0, 5).join(', ')
  return `${distinct.length === 1 ? 'Taxon' : 'Taxa'} ${shown}${distinct.length > 5 ? ` and ${distinct.length - 5} more` : ''}`
}
