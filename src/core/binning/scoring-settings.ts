import type { ScoringSettings, SettingSource } from '../settings/setting-source.ts'

/** What is left out before binnings are scored, as in AMBER. */
export const binningSettings: ScoringSettings = {
  benchmarkTypes: ['binning'],
  names: ['min-completeness-share', 'remove-genomes', 'remove-keyword'],
  read: (source) => ({
    binning: {
      minCompletenessShare: source.percent('min-completeness-share') ?? 0,
      removedGenomes: removedGenomes(source),
    },
  }),
}

/** Genomes of a list (name, tab, keyword), those with the keyword if one is given. */
const removedGenomes = (source: SettingSource): readonly string[] => {
  const keyword = source.text('remove-keyword')
  const lines = source.lines('remove-genomes')
  if (lines === null) {
    if (keyword !== null)
      source.report('remove-keyword', 'it chooses among the genomes of a list.', 'give the list too: remove-genomes')
    return []
  }
  const rows = lines.map((line) => line.split('\t').map((cell) => cell.trim()))
  const chosen = rows.filter(([, word]) => keyword === null || word === keyword)
  if (rows.length === 0) source.report('remove-genomes', 'the list is empty.')
  else if (chosen.length === 0) {
    const words = [...new Set(rows.flatMap(([, word]) => (word === undefined ? [] : [word])))]
    source.report(
      'remove-keyword',
      `no genome of the list has the keyword "${keyword ?? ''}".`,
      words.length === 0 ? 'the list has no second column' : `its keywords: ${words.slice(0, 10).join(', ')}`,
    )
  }
  return [...new Set(chosen.flatMap(([genome]) => (genome === undefined ? [] : [genome])))]
}
