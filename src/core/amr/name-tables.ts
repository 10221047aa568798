import { fnv1aHex } from '../hash.ts'
import { aliasTable } from '../names/aliases.ts'
import type { NameTables } from '../names/gene-identity.ts'
import type { GeneVocabulary } from '../names/gene-vocabulary.ts'
import { normaliseSymbol } from '../names/symbol.ts'
import { AMR_LEVELS, type AmrLevel, type AmrScoringOptions } from '../scoring-options.ts'

/** What names are looked up in at one level: places are named like genes. */
export const nameTables = (
  options: AmrScoringOptions,
  level: AmrLevel,
  vocabulary: GeneVocabulary | null,
): NameTables => {
  const ofUser = { ...options.aliases, ...options.levelAliases?.[level === 'locus' ? 'gene' : level] }
  return {
    aliases: aliasTable(ofUser),
    userAliases: new Set(Object.keys(ofUser).map(normaliseSymbol)),
    vocabulary,
  }
}

/** The user's alias table in the comparability key: how many entries, and a digest of them. */
export const aliasKey = ({ aliases, levelAliases = {} }: AmrScoringOptions): string => {
  const entries = sorted(aliases)
  const byLevel = AMR_LEVELS.flatMap((level) => sorted(levelAliases[level] ?? {}).map((entry) => [...entry, level]))
  const all = [...entries, ...byLevel]
  return all.length === 0 ? 'built-in' : `${String(all.length)}:${fnv1aHex(JSON.stringify(all))}`
}

const sorted = (table: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(table).sort(([left], [right]) => (left < right ? -1 : 1))
