import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ProfileTruth } from '../../src/core/profile/profile.ts'
import { scoreProfiles } from '../../src/core/profile/score-profiles.ts'
import { DEFAULT_PROFILE_SCORING, type ProfileScoringOptions } from '../../src/core/profile/scoring-options.ts'
import type { Score } from '../../src/core/score.ts'
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
  ['default', { ...DEFAULT_PROFILE_SCORING, normalize: false, filter: null }],
  ['normalized', { ...DEFAULT_PROFILE_SCORING, normalize: true, filter: null }],
  ['filter1', { ...DEFAULT_PROFILE_SCORING, normalize: false, filter: 1 }],
  ['normalized_filter1', { ...DEFAULT_PROFILE_SCORING, normalize: true, filter: 1 }],
]

// Deliberately not copied: the share of nothing is not 0, and a tool that reported nothing is not wholly impure.
const isDeliberate = (metric: string, value: number, score: Score | undefined): boolean =>
  metric.replace('_unfiltered', '') === 'purity' && value === 0 && score?.reason === 'undefined_0/0'

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
    const deliberate: string[] = []
    for (const { tool, rank, metric, value } of expected) {
      const name = tool === 'Gold standard' ? metric.replace('_unfiltered', '') : metric
      const score = scores.get(tool)?.get(`${rank ?? ''}/${name}`)
      const ours = score?.value ?? null
      const tolerance = (rank === null ? 1e-12 : 1e-9) * Math.max(rank === null ? 1 : 1e-9, Math.abs(value))
      if (ours !== null && Math.abs(ours - value) <= tolerance) continue
      const what = `${table} ${tool} ${rank ?? '-'} ${metric}: ${ours ?? score?.reason ?? 'nothing'} instead of ${value}`
      if (isDeliberate(metric, value, score)) deliberate.push(what)
      else wrong.push(what)
    }
    process.stderr.write(
      `OPAL ${table}: ${expected.length} values compared, ${expected.length - deliberate.length} equal, ${deliberate.length} of ours undefined where OPAL has 0.\n`,
    )
    expect(wrong).toEqual([])
    expect(expected.length).toBeGreaterThan(700)
    expect(deliberate).toHaveLength(options.filter === null ? 4 : 8)
  })

  test.each([
    ['default', 'normalized'],
    ['filter1', 'normalized_filter1'],
  ] as const)('without -n (%s), the scaled errors are those of -n (%s)', (plain, scaled) => {
    const options = new Map(TABLES).get(plain)!
    let compared = 0
    for (const { tool, rank, metric, value } of expectedOf(scaled)) {
      const name = metric.replace(/^(bray_curtis_distance|l1_norm_error)/, '$1_normalized')
      if (name === metric || tool === 'Gold standard') continue
      const ours = scoresOf(tool, options).find((score) => score.metric === name && score.rank === rank)
      expect(ours?.value, `${tool} ${rank ?? ''} ${name}`).toBeCloseTo(value, 9)
      compared++
    }
    expect(compared).toBeGreaterThan(80)
  })

  test('what OPAL leaves out is a value or a reason here: F1 of no agreement, errors at a rank the prediction lacks', () => {
    for (const [table, options] of TABLES) {
      const stated = new Set(expectedOf(table).map(({ tool, rank, metric }) => `${tool}/${rank ?? ''}/${metric}`))
      for (const tool of Object.keys(FILES).slice(1)) {
        const added = scoresOf(tool, options).filter(
          ({ rank, metric }) =>
            Object.values(METRICS).includes(metric.replace('_unfiltered', '')) &&
            !stated.has(`${tool}/${rank ?? ''}/${metric}`),
        )
        for (const { metric, rank, value, reason } of added) {
          const id = metric.replace('_unfiltered', '')
          const what = `${table} ${tool} ${rank ?? '-'} ${metric}`
          if (id === 'f1_score' || id === 'taxon_counts' || id === 'sum_of_abundances') expect(value, what).toBe(0)
          else if (id === 'bray_curtis_distance') expect(value, what).toBe(1)
          else if (id === 'l1_norm_error') expect(value, what).toBeGreaterThan(0)
          else expect(reason, what).toBe('rank_absent')
        }
      }
    }
  })

  // Table 5.3 of the reference, from an older release and another computation.
  test.each([
    ['superkingdom', 0.363505146372, 0.181752573186, 0.14560320898, 0.210061027532, [1, 1, 1]],
    ['phylum', 0.527216753902, 0.263608376951, 1.76624145761, 0.710787851029, [5, 7, 1]],
    ['class', 1.02191099376, 0.510955496881, 2.53322638979, 0.832060344966, [11, 10, 1]],
    ['order', 1.11397651896, 0.556988259482, 2.86396023488, 0.787324370922, [12, 26, 2]],
    ['family', 1.52331019707, 0.761655098535, 3.57346952737, 0.865847630336, [11, 51, 5]],
    ['genus', 1.80221685564, 0.901108427822, 3.88637705913, 0.881920730836, [4, 78, 18]],
    ['species', 1.9368376953, 0.968418847651, 4.05655155724, 0.888747174201, [3, 93, 20]],
    ['strain', 2, 1, 3.98945035357, 0.88658202143, [0, 90, 60]],
  ])('cfk7b, normalised, at %s: the golden numbers', (rank, l1, distance, shannon, equitability, counts) => {
    const values = new Map(
      scoresOf('cfk7b', { ...DEFAULT_PROFILE_SCORING, normalize: true })
        .filter((score) => score.rank === rank)
        .map(({ metric, value }) => [metric, value]),
    )
    expect(values.get('l1_norm_error')).toBeCloseTo(l1, 10)
    expect(values.get('bray_curtis_distance')).toBeCloseTo(distance, 10)
    expect(values.get('shannon_diversity')).toBeCloseTo(shannon, 10)
    expect(values.get('shannon_equitability')).toBeCloseTo(equitability, 10)
    expect(['true_positives', 'false_positives', 'false_negatives'].map((metric) => values.get(metric))).toEqual(counts)
    if (rank === 'strain') expect(values.get('f1_score')).toBe(0)
  })
})
