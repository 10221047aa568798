import { readAliasFile } from '../names/alias-file.ts'
import { AMR_LEVELS, type ScoringOptions, type UniverseChoice } from '../scoring-options.ts'
import type { ScoringSettings, SettingSource } from '../settings/setting-source.ts'

/** Which hits count, what they are compared as, and where true negatives come from. */
export const amrSettings: ScoringSettings = {
  benchmarkTypes: ['amr-detection'],
  names: ['level', 'universe', 'locus-policy', 'min-identity', 'min-coverage', 'aliases'],
  read: (source) => {
    const levels = source.choices('level', 'level', AMR_LEVELS, (name) => name.replaceAll('-', '_').toLowerCase())
    return {
      ...(levels[0] === undefined ? {} : { levels, primaryLevel: levels[0] }),
      universe: universeOf(source),
      locusPolicy: source.choice('locus-policy', ['all', 'best']) ?? 'all',
      minIdentity: threshold('min-identity', source),
      minCoverage: threshold('min-coverage', source),
      ...aliasesOf(source),
    }
  },
}

const aliasesOf = (source: SettingSource): Partial<ScoringOptions> => {
  const lines = source.numberedLines('aliases')
  if (lines === null) return {}
  const { aliases, levelAliases, faults } = readAliasFile(lines)
  for (const { line, message } of faults)
    source.report('aliases', `${source.text('aliases') ?? ''}:${String(line)}: ${message}`)
  return { aliases, ...(Object.keys(levelAliases).length === 0 ? {} : { levelAliases }) }
}

// Nobody asks for less than one percent; some tools take fractions.
const threshold = (name: string, source: SettingSource): number | null => {
  const value = source.percent(name)
  if (value === null || value === 0 || value > 1) return value
  source.report(
    name,
    `${value} is a percentage, less than almost every hit has.`,
    `for ${value * 100} % write ${value * 100}`,
  )
  return null
}

const universeOf = (source: SettingSource): UniverseChoice => {
  const text = source.text('universe')
  if (text === null) return { kind: 'auto' }
  if (text === 'panel' || text === 'dataset' || text === 'none') return { kind: text }
  // The first column of each line, so that a gene table or a plain list both do.
  const symbols = (source.lines('universe') ?? []).map((line) => line.split('\t', 1)[0]?.trim() ?? '')
  const name = text.split(/[\\/]/).at(-1) ?? text
  return { kind: 'list', name, symbols: [...new Set(symbols)].filter((symbol) => symbol !== '') }
}
