import { fnv1aHex } from '../hash.ts'
import { canonicalRank, RANKS } from '../profile/ranks.ts'
import type { ScoringSettings, SettingSource } from '../settings/setting-source.ts'
import { DEFAULT_PATHOGEN_SCORING, type MergedTaxids, type PanelChoice } from './scoring-options.ts'

/** What counts as a call of a pathogen, and which taxa are looked at. */
export const pathogenSettings: ScoringSettings = {
  benchmarkTypes: ['pathogen-detection'],
  names: ['call-rank', 'min-reads', 'min-percentage', 'host-taxids', 'panel', 'merged-taxids'],
  read: (source) => {
    const ranks = source.choices('call-rank', 'rank', RANKS, canonicalRank)
    if (ranks.length > 1) source.report('call-rank', 'calls are made at one rank.')
    return {
      pathogen: {
        callRank: ranks[0] ?? DEFAULT_PATHOGEN_SCORING.callRank,
        minReads: source.count('min-reads', 1),
        minPercentage: source.percent('min-percentage'),
        hostTaxids: [...new Set(source.words('host-taxids'))],
        panel: panelOf(source),
        merged: mergedOf(source),
      },
    }
  },
}

const HEADINGS = new Set(['taxid', 'tax_id', 'taxonomy_id', 'taxon_id'])

const panelOf = (source: SettingSource): PanelChoice => {
  const text = source.text('panel')
  if (text === null) return { kind: 'auto' }
  if (text === 'truth' || text === 'none') return { kind: text }
  // The first column of each line, so that a table of taxa or a plain list both do.
  const cells = (source.lines('panel') ?? []).map((line) => line.split('\t', 1)[0]?.trim() ?? '')
  const taxids = [...new Set(cells)].filter((cell, index) => !(index === 0 && HEADINGS.has(cell.toLowerCase())))
  if (taxids.length === 0) source.report('panel', `there is no taxid in ${text}.`, 'one taxid a line')
  return { kind: 'list', name: text.split(/[\\/]/).at(-1) ?? text, taxids }
}

const mergedOf = (source: SettingSource): MergedTaxids | null => {
  const lines = source.lines('merged-taxids')
  if (lines === null) return null
  const pairs: (readonly [string, string])[] = []
  const wrong: string[] = []
  for (const line of lines) {
    // NCBI's dumps separate by a tab, a bar and a tab, and end with a tab and a bar.
    const [old = '', current = '', ...more] = line
      .replace(/\s*\|$/, '')
      .split(/\s*\|\s*|\t/)
      .map((cell) => cell.trim())
    if (old === '' || current === '' || more.length > 0) wrong.push(line)
    else pairs.push([old, current])
  }
  if (wrong[0] !== undefined)
    source.report(
      'merged-taxids',
      `"${wrong[0].slice(0, 40)}" is no pair of an old and a current taxid${wrong.length > 1 ? `, nor are ${wrong.length - 1} more lines` : ''}.`,
      'give merged.dmp of the NCBI taxonomy dump',
    )
  return { digest: `${pairs.length}:${fnv1aHex(JSON.stringify(pairs))}`, pairs }
}
