import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type ProfileTruth } from '../../src/core/profile/profile.ts'
import { scoreProfiles } from '../../src/core/profile/score-profiles.ts'
import { type ProfileScoringOptions } from '../../src/core/profile/scoring-options.ts'
import { type Score } from '../../src/core/score.ts'
import { readProfileTruth } from '../../src/parse/profile-truth.ts'
import { packageRoot } from '../support/harness.ts'

// Real profiles and what OPAL 1.0.13 computed for them; not part of this repository.
const data = join(packageRoot, '..', 'shared', 'data', 'opal')
const isThere = existsSync(data)
if (!isThere) process.stderr.write('OPAL conformance: skipped, the reference tables are not here.\n')

const FILES: Readonly<Record<string, string>> = {
  'Gold standard': 'goldstandard_low_1.bin',
  TIPP: 'cranky_wozniak_13',
  'MP2.0': 'furious_elion_13',
  mOTU: 'evil_darwin_13',
  CLARK: 'agitated_blackwell_7',
  FOCUS: 'jolly_pasteur_3',
  cfk7b: 'cfk7b.profile',
}

const METRICS: Readonly<Record<string, string>> = {
  'Bray-Curtis distance': 'bray_curtis_distance',
  'L1 norm error': 'l1_norm_error',
  'Shannon diversity': 'shannon_diversity',
  'Shannon equitability': 'shannon_equitability',
  Completeness: 'completeness',
  Purity: 'purity',
  'F1 score': 'f1_score',
  'Jaccard index': 'jaccard_index',
  'True positives': 'true_positives',
  'False positives': 'false_positives',
  'False negatives': 'false_negatives',
  'Taxon counts': 'taxon_counts',
  'Sum of abundances': 'sum_of_abundances',
  'Weighted UniFrac error': 'weighted_unifrac_error',
  'Unweighted UniFrac error': 'unweighted_unifrac_error',
  'Weighted UniFrac (CAMI)': 'weighted_unifrac_cami',
  'Unweighted UniFrac (CAMI)': 'unweighted_unifrac_cami',
}

interface Expected {
  readonly tool: string
  readonly rank: string | null
  readonly metric: string
  readonly value: number
}

const expectedOf = (table: string): readonly Expected[] =>
  readFileSync(join(data, 'expected', `${table}.tsv`), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [tool = '', rank = '', name = '', , value = ''] = line.split('\t')
      const metric = METRICS[name.replace(' (unfiltered)', '')]
      if (metric === undefined) throw new Error(`${table}: ${name} has no counterpart`)
      return {
        tool,
        rank: rank === '' ? null : rank,
        metric: name.endsWith(' (unfiltered)') ? `${metric}_unfiltered` : metric,
        value: Number(value),
      }
    })

const TABLES: readonly (readonly [table: string, options: ProfileScoringOptions])[] = [
  ['default', { normalize: false, filter: null, ranks: [] }],
  ['normalized', { normalize: true, filter: null, ranks: [] }],
  ['filter1', { normalize: false, filter: 1, ranks: [] }],
  ['normalized_filter1', { normalize: true, filter: 1, ranks: [] }],
]

const read = (file: string): Promise<ProfileTruth> => readProfileTruth(join(data, file))

describe.skipIf(!isThere)('what OPAL computes', () => {
  const profiles = new Map<string, ProfileTruth>()
  beforeAll(async () => {
    for (const [tool, file] of Object.entries(FILES)) profiles.set(tool, await read(file))
  })
  const scoresOf = (tool: string, options: ProfileScoringOptions): readonly Score[] => {
    const [truth, predicted] = [profiles.get('Gold standard')!, profiles.get(tool)!]
    return scoreProfiles({
      truth,
      predictions: predicted.samples,
      abundance: predicted.abundance,
      samples: [...truth.samples.keys()],
      // The truth is never filtered, not even where OPAL lists it among the tools.
      options: tool === 'Gold standard' ? { ...options, filter: null } : options,
    }).scores
  }
  test.each(TABLES)('%s: every value', (table, options) => {
    const scores = new Map(
      Object.keys(FILES).map((tool) => [
        tool,
        new Map(scoresOf(tool, options).map((score) => [`${score.rank ?? ''}/${score.metric}`, score])),
      ]),
    )
    const expected = expectedOf(table)
    const wrong: string[] = []
    for (const { tool, rank, metric, value } of expected) {
      const name = tool === 'Gold standard' ? metric.replace('_unfiltered', '') : metric
      const score = scores.get(tool)?.get(`${rank ?? ''}/${name}`)
      const ours = score?.value ?? null
      const close =
        ours !== null && Math.abs(ours - value) <= (rank === null ? 1e-12 : 1e-9) * Math.max(1, Math.abs(value))
      if (!close)
        wrong.push(`${tool} ${rank ?? '-'} ${metric}: ${ours ?? score?.reason ?? 'nothing'} instead of ${value}`)
    }
    expect(wrong).toEqual([])
  })
})
