import type { PathogenTruth } from './truth.ts'
import type { TrueTaxon } from './true-taxa.ts'

/** How much of a taxon there is, in the finest measure the truth has. */
const MEASURES = ['reads', 'copies', 'abundance'] as const
export type LevelMeasure = (typeof MEASURES)[number]

/** Units of the measures, as scores state them. */
export const LEVEL_UNITS: Readonly<Record<LevelMeasure, string>> = {
  reads: 'reads',
  copies: 'copies',
  abundance: 'percent',
}

/** The measure the levels of a truth are in: reads where any present taxon states them, else copies, else abundance. */
export const levelMeasure = ({ samples }: Pick<PathogenTruth, 'samples'>): LevelMeasure | null => {
  const present = [...samples.values()].flat().filter(({ status }) => status === 'present')
  return MEASURES.find((measure) => present.some((taxon) => taxon[measure] !== null)) ?? null
}

/** Present taxa of a sample by the level they are at; those that state none are left out. */
export const taxaByLevel = (
  present: ReadonlyMap<string, TrueTaxon>,
  measure: LevelMeasure,
): ReadonlyMap<number, readonly string[]> => {
  const levels = new Map<number, string[]>()
  for (const [taxid, taxon] of present) {
    const amount = taxon[measure]
    if (amount !== null) levels.set(amount, [...(levels.get(amount) ?? []), taxid])
  }
  return levels
}

/** How a level is written in a score: `reads=100`. */
export const levelName = (measure: LevelMeasure, amount: number): string => `${measure}=${String(amount)}`

/** Inverse of {@link levelName}; null for what is no such level. */
export const parseLevel = (
  level: string | null,
): { readonly measure: LevelMeasure; readonly amount: number } | null => {
  const [name, amount] = (level ?? '').split('=')
  const measure = MEASURES.find((one) => one === name)
  return measure === undefined || amount === undefined ? null : { measure, amount: Number(amount) }
}
