/** A row of a report, its place in the tree by the indentation of its name. */
interface CodedRow {
  readonly code: string
  readonly taxid: string
  readonly depth: number
}

const LETTERS = ['D', 'K', 'P', 'C', 'O', 'F', 'G', 'S'] as const
const DOMAINS = new Set(['2', '2157', '2759', '10239'])

/**
 * Rank codes of all rows, with those put back that Kraken lost; null where that cannot be told. A number alone is a
 * level below the rank above it. A missing letter is known for the root and the domains of NCBI; elsewhere as many ranks
 * must be free between the letters above and below as there are rows without one. A kingdom is only looked for when
 * that does not work out without, because many lineages have none.
 */
export const completeCodes = (rows: readonly CodedRow[]): readonly (string | null)[] => {
  const codes: (string | null)[] = []
  const above: { readonly depth: number; readonly code: string | null }[] = []
  for (const [index, row] of rows.entries()) {
    while ((above.at(-1)?.depth ?? -1) >= row.depth) above.pop()
    const parent = above.at(-1)?.code ?? null
    const code = row.code === '' ? letterOf(rows, index, parent) : withLetter(row.code, parent)
    codes.push(code)
    above.push({ depth: row.depth, code })
  }
  return codes
}

const withLetter = (code: string, parent: string | null): string | null => {
  if (!/^\d/.test(code)) return code
  return parent === null ? null : `${parent[0] ?? ''}${code}`
}

const letterOf = (rows: readonly CodedRow[], index: number, parent: string | null): string | null => {
  const { taxid, depth } = rows[index] ?? { taxid: '', depth: 0 }
  if (taxid === '0') return 'U'
  if (taxid === '1' || depth === 0) return 'R'
  if (DOMAINS.has(taxid)) return 'D'
  if (parent === null) return null
  const { lost, next } = chainBelow(rows, index)
  const free = LETTERS.slice(placeOf(parent) + 1, next === null ? LETTERS.length : placeOf(next))
  const usual = free.filter((letter) => letter !== 'K')
  return [usual, free].find((letters) => letters.length === lost)?.[0] ?? null
}

const placeOf = (code: string): number => (LETTERS as readonly string[]).indexOf(code[0] ?? '')

/** Rows without a letter from this one down to the next that has one (null: there is none below). */
const chainBelow = (
  rows: readonly CodedRow[],
  index: number,
): { readonly lost: number; readonly next: string | null } => {
  const start = rows[index]?.depth ?? 0
  const chain: number[] = [start]
  let lost = 1
  for (let at = index + 1; at < rows.length; at++) {
    const { code, depth } = rows[at] ?? { code: '', depth: 0 }
    if (depth <= start) break
    while ((chain.at(-1) ?? start) >= depth) chain.pop()
    if (/^[A-Z]$/.test(code)) return { lost: chain.length, next: code }
    if (code === '') lost = Math.max(lost, chain.push(depth))
  }
  return { lost, next: null }
}
