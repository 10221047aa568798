import { nearest } from '../problem.ts'
import { AMR_LEVELS, type AmrLevel } from '../scoring-options.ts'
import { normaliseSymbol } from './symbol.ts'

/** Alias -> canonical name, as the user wrote them. */
type Names = Record<string, string>

/** A user's alias table, and what is wrong with it. */
export interface AliasFile {
  /** Aliases that hold wherever genes are named. */
  readonly aliases: Readonly<Names>
  /** Aliases for one level only. */
  readonly levelAliases: Readonly<Partial<Record<AmrLevel, Readonly<Names>>>>
  readonly faults: readonly { readonly line: number; readonly message: string }[]
}

const COLUMNS = ['alias', 'canonical', 'level'] as const
/** Places are named like genes, and mechanisms are not named by reports in a way that could be replaced. */
const LEVELS = AMR_LEVELS.filter((level) => level !== 'locus' && level !== 'mechanism')

/**
 * Reads an alias table: a header with `alias` and `canonical`, optionally `level`, separated by tabs; a line that
 * begins with # is a comment. The canonical name may be an accession such as ARO:3000873.
 */
export const readAliasFile = (lines: readonly { readonly line: number; readonly text: string }[]): AliasFile => {
  const aliases: Names = {}
  const levelAliases: Partial<Record<AmrLevel, Names>> = {}
  const faults: { line: number; message: string }[] = []
  const fault = (line: number, message: string): void => void faults.push({ line, message })
  const content = lines.filter(({ text }) => text.trim() !== '' && !text.startsWith('#'))
  const [header, ...rows] = content
  const names = (header?.text ?? '').split('\t').map((name) => name.trim())
  const at = Object.fromEntries(COLUMNS.map((column) => [column, names.indexOf(column)])) as Record<
    (typeof COLUMNS)[number],
    number
  >
  if (at.alias < 0 || at.canonical < 0)
    fault(header?.line ?? 1, 'The header must name the columns alias and canonical, separated by a tab.')
  for (const name of names)
    if (faults.length === 0 && !COLUMNS.some((column) => column === name))
      fault(header?.line ?? 1, `There is no column "${name}" in an alias table; columns: ${COLUMNS.join(', ')}.`)
  if (faults.length > 0) return { aliases, levelAliases, faults }

  const seen = new Map<string, { readonly line: number; readonly canonical: string }>()
  for (const { line, text } of rows) {
    const cells = text.split('\t').map((cell) => cell.trim())
    const [alias = '', canonical = ''] = [cells[at.alias], cells[at.canonical]]
    const written = (cells[at.level] ?? '').toLowerCase().replaceAll('-', '_')
    const level = LEVELS.find((one) => one === written)
    if (alias === '' || canonical === '') fault(line, `The ${alias === '' ? 'alias' : 'canonical name'} is missing.`)
    else if (cells.length > names.length) fault(line, `The line has ${cells.length} cells, the header ${names.length}.`)
    else if (written !== '' && level === undefined)
      fault(
        line,
        `There is no level "${written}" for aliases; levels: ${nearest(written, LEVELS, 1)[0] ?? LEVELS.join(', ')}.`,
      )
    else {
      const key = `${written}\t${normaliseSymbol(alias)}`
      const before = seen.get(key)
      if (before !== undefined && before.canonical !== normaliseSymbol(canonical))
        fault(line, `The alias ${alias} stands for another name on line ${before.line}.`)
      seen.set(key, before ?? { line, canonical: normaliseSymbol(canonical) })
      if (level === undefined) aliases[alias] ??= canonical
      else (levelAliases[level] ??= {})[alias] ??= canonical
    }
  }
  if (rows.length === 0) fault(header?.line ?? 1, 'The alias table has no rows.')
  return { aliases, levelAliases, faults }
}
