import type { PanelChoice } from './scoring-options.ts'
import { isCallable, liftedTaxid, type LiftingRules, trueTaxa } from './true-taxa.ts'
import type { PathogenTruth } from './truth.ts'

/** Taxa of interest at the rank calls are made at; null = none are named, so that there are no true negatives. */
export type Panel = ReadonlySet<string> | null

/** `auto` decided: the truth's taxa when it lists absent ones or has two samples or more, else none. */
export const panelKind = (choice: PanelChoice, { samples }: PathogenTruth): 'truth' | 'none' | 'list' => {
  if (choice.kind !== 'auto') return choice.kind
  const listsAbsent = [...samples.values()].some((taxa) => taxa.some(({ status }) => status === 'absent'))
  return listsAbsent || samples.size >= 2 ? 'truth' : 'none'
}

/** The panel, of the whole truth whatever samples are scored; the host is not on it. */
export const panelOf = (choice: PanelChoice, truth: PathogenTruth, rules: LiftingRules): Panel => {
  const kind = panelKind(choice, truth)
  if (kind === 'none') return null
  const taxa = [...truth.samples.values()].flat()
  if (choice.kind !== 'list') {
    const { present, absent } = trueTaxa(taxa, rules)
    const all = new Set([...present.keys(), ...absent.keys()])
    return all.size === 0 ? null : all
  }
  const known = new Map(
    taxa.filter((taxon) => isCallable(taxon, rules.rank)).map((taxon) => [taxon.taxid, liftedTaxid(taxon, rules)]),
  )
  const listed = choice.taxids.map(
    (taxid) => known.get(taxid) ?? rules.lifted.get(rules.current(taxid)) ?? rules.current(taxid),
  )
  return new Set(listed.filter((taxid) => !rules.hosts.has(taxid)))
}
