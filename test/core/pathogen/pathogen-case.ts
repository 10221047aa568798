import { scorePathogens, type PathogenScoring } from '../../../src/core/pathogen/score-pathogens.ts'
import { DEFAULT_PATHOGEN_SCORING, type PathogenScoringOptions } from '../../../src/core/pathogen/scoring-options.ts'
import type { PathogenTruth, PathogenTruthTaxon } from '../../../src/core/pathogen/truth.ts'
import type { SampleProfile } from '../../../src/core/profile/profile.ts'
import { RANKS } from '../../../src/core/profile/ranks.ts'
import type { Score } from '../../../src/core/score.ts'

/** What a test says of a taxon of the truth; `12` is a species of genus 1 unless it says otherwise. */
export type GivenTaxon = Partial<Omit<PathogenTruthTaxon, 'lineage'>> & {
  readonly taxid: string
  readonly lineage?: Readonly<Record<string, string>>
}

export const present = (taxid: string, more: Partial<GivenTaxon> = {}): GivenTaxon => ({ taxid, ...more })
export const absent = (...taxids: readonly string[]): GivenTaxon[] =>
  taxids.map((taxid) => ({ taxid, status: 'absent' as const }))

export const truthOf = (samples: Readonly<Record<string, readonly GivenTaxon[]>>): PathogenTruth => ({
  samples: new Map(
    Object.entries(samples).map(([sample, taxa]) => [
      sample,
      taxa.map(({ lineage, ...given }): PathogenTruthTaxon => {
        const rank = given.rank ?? 'species'
        return {
          rank,
          status: 'present',
          name: null,
          abundance: null,
          reads: null,
          copies: null,
          location: { file: 'truth.tsv', line: 2 },
          ...given,
          lineage: new Map(Object.entries({ ...(lineage ?? { genus: given.taxid[0] ?? '' }), [rank]: given.taxid })),
        }
      }),
    ]),
  ),
  sha256: 'truth',
})

/** A report written `12 = 40 : 0.4`: taxid, reads (or -), percentage. Paths `1|12|12.1` begin at the genus. */
export const report = (...rows: readonly string[]): SampleProfile => ({
  ranks: RANKS,
  taxa: rows.map((row) => {
    const [path = '', reads = '', percentage = ''] = row.split(/[=:]/).map((part) => part.trim())
    const entries = path.includes('|') ? path.split('|') : [path[0] ?? '', path]
    const full = ['2', '', '', '', '', ...entries]
    return {
      taxid: entries.at(-1) ?? '',
      rank: RANKS[full.length - 1] ?? '',
      path: full,
      percentage: Number(percentage),
      count: reads === '-' ? null : Number(reads),
    }
  }),
})

export const scoring = (
  truth: PathogenTruth,
  reports: Readonly<Record<string, SampleProfile | readonly SampleProfile[] | null>>,
  options: Partial<PathogenScoringOptions> = {},
): PathogenScoring =>
  scorePathogens({
    truth,
    predictions: new Map(
      Object.entries(reports).map(([sample, one]) => [sample, one === null ? null : 'taxa' in one ? [one] : one]),
    ),
    samples: [...truth.samples.keys()],
    options: { ...DEFAULT_PATHOGEN_SCORING, ...options },
  })

/** The value of one metric of one sample, or the reason why there is none. */
export const valueOf = (
  { scores }: Pick<PathogenScoring, 'scores'>,
  sample: string,
  metric: string,
  level: string | null = null,
): number | string => {
  const found = scores.filter((one: Score) => one.sample === sample && one.metric === metric && one.level === level)
  if (found.length !== 1) throw new Error(`${metric} of ${sample}: ${found.length} scores`)
  return found[0]?.value ?? found[0]?.reason ?? ''
}
