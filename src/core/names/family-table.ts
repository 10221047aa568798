import { familyOfName } from './series.ts'
import { normaliseSymbol } from './symbol.ts'

/** An allele and the family it is of, as a table writes them (`blaTEM-1`, `blaTEM`). */
export interface FamilyRow {
  readonly allele: string
  readonly family: string
}

/** The family of an allele, both spelled as names are compared; null for one the table does not have. */
export const familyTable = (rows: readonly FamilyRow[]): ((normalised: string) => string | null) => {
  const families = new Map(rows.map(({ allele, family }) => [normaliseSymbol(allele), familyOfName(family)]))
  return (normalised) => families.get(normalised) ?? null
}
