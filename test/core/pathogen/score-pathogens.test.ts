import { describe, expect, test } from 'vitest'
import { summariseScores } from '../../../src/core/metrics/summarise.ts'
import { metricsOf } from '../../../src/core/metrics/registry.ts'
import { absent, present, report, scoring, truthOf, valueOf } from './pathogen-case.ts'

// Five species on the panel: 11 and 12 of genus 1, 21 and 22 of genus 2, 31 of genus 3. 99 is on no panel.
const truth = truthOf({
  A: [present('11', { reads: 100, abundance: 1 }), ...absent('12', '21', '22', '31')],
  B: [present('21', { reads: 10 }), present('31', { reads: 10 })],
  N: [],
})
const reports = {
  A: report('11 = 200 : 2', '12 = 40 : 0.4', '99 = 500 : 5'),
  B: report('21 = 5 : 0.05', '22 = 5 : 0.05'),
  N: report('11 = 3 : 0.03'),
}
const scored = scoring(truth, reports)

describe('by hand', () => {
  test.each([
    // A: TP 11, FP 12, TN 21 22 31
    ['A', 'true_positives', 1],
    ['A', 'false_positives', 1],
    ['A', 'false_negatives', 0],
    ['A', 'true_negatives', 3],
    ['A', 'sensitivity', 1],
    ['A', 'precision', 1 / 2],
    ['A', 'f1_score', 2 / 3],
    ['A', 'specificity', 3 / 4],
    ['A', 'npv', 1],
    ['A', 'mcc', 3 / Math.sqrt(24)],
    ['A', 'balanced_accuracy', 0.875],
    ['A', 'accuracy', 0.8],
    ['A', 'jaccard_index', 0.5],
    ['A', 'fdr', 0.5],
    ['A', 'near_neighbour_fp', 1],
    ['A', 'off_panel_calls', 1],
    ['A', 'average_precision', 1],
    ['A', 'auroc', 1],
    // 99, which is not there, stands above it.
    ['A', 'true_pathogen_rank', 2],
    // |log2(2 % / 1 %)|: percentages come before reads.
    ['A', 'abundance_log2_error', 1],
    ['A', 'fp_per_negative_sample', 'not_applicable'],
    // B: TP 21, FP 22, FN 31, TN 11 12
    ['B', 'sensitivity', 1 / 2],
    ['B', 'precision', 1 / 2],
    ['B', 'f1_score', 1 / 2],
    ['B', 'specificity', 2 / 3],
    ['B', 'npv', 2 / 3],
    ['B', 'mcc', 1 / 6],
    ['B', 'balanced_accuracy', 7 / 12],
    ['B', 'accuracy', 0.6],
    ['B', 'near_neighbour_fp', 1],
    ['B', 'off_panel_calls', 0],
    // One step: recall 1/2 at precision 1/2; 31 is never retrieved.
    ['B', 'average_precision', 0.25],
    // 21 beats 11 and 12, ties with 22; 31 ties with 11 and 12: (2 + 0.5 + 1) / 6.
    ['B', 'auroc', 3.5 / 6],
    // A tie for the first place.
    ['B', 'true_pathogen_rank', 1.5],
    // |log2(5 reads / 10 reads)|
    ['B', 'abundance_log2_error', 1],
    // N: FP 11, TN the other four
    ['N', 'sensitivity', 'undefined_0/0'],
    ['N', 'precision', 0],
    ['N', 'f1_score', 0],
    ['N', 'specificity', 0.8],
    ['N', 'npv', 1],
    ['N', 'mcc', 'undefined_0/0'],
    ['N', 'balanced_accuracy', 'undefined_0/0'],
    ['N', 'accuracy', 0.8],
    ['N', 'fp_per_negative_sample', 1],
    ['N', 'near_neighbour_fp', 'not_applicable'],
    ['N', 'off_panel_calls', 0],
    ['N', 'average_precision', 'undefined_0/0'],
    ['N', 'auroc', 'undefined_0/0'],
    ['N', 'true_pathogen_rank', 'not_applicable'],
    ['N', 'abundance_log2_error', 'not_applicable'],
  ])('%s %s is %s', (sample, metric, expected) => {
    const value = valueOf(scored, sample, metric)
    if (typeof expected === 'number') expect(value).toBeCloseTo(expected, 10)
    else expect(value).toBe(expected)
  })

  test('over panel × samples: TP 2, FP 3, FN 1, TN 9', () => {
    const summary = summariseScores(scored.scores, ['A', 'B', 'N'])
    const micro = (metric: string): number | null | undefined =>
      summary.find((one) => one.metric === metric && one.method.aggregation === 'micro')?.value
    expect(micro('sensitivity')).toBeCloseTo(2 / 3, 10)
    expect(micro('precision')).toBeCloseTo(0.4, 10)
    expect(micro('f1_score')).toBeCloseTo(0.5, 10)
    expect(micro('specificity')).toBeCloseTo(0.75, 10)
    expect(micro('npv')).toBeCloseTo(0.9, 10)
    expect(micro('mcc')).toBeCloseTo(15 / Math.sqrt(1800), 10)
    expect(micro('balanced_accuracy')).toBeCloseTo((2 / 3 + 0.75) / 2, 10)
    expect(micro('accuracy')).toBeCloseTo(11 / 15, 10)
    expect(summary.find(({ metric }) => metric === 'fp_per_negative_sample')).toMatchObject({ value: 1, n: 1 })
    expect(summary.find(({ metric }) => metric === 'limit_of_detection')).toMatchObject({ reason: 'too_few', n: 2 })
  })

  test('each level of the truth has its detection rate', () => {
    expect(valueOf(scored, 'A', 'detection_rate', 'reads=100')).toBe(1)
    expect(valueOf(scored, 'B', 'detection_rate', 'reads=10')).toBe(0.5)
    expect(scored.scores.filter(({ metric }) => metric === 'detection_rate')).toHaveLength(2)
  })

  test('what was found, missed and wrong is listed', () => {
    expect(
      scored.matches.map(({ sample, status, truthSymbol, callSymbol }) => [sample, status, truthSymbol, callSymbol]),
    ).toEqual([
      ['A', 'TP', '11', '11'],
      ['A', 'FP', null, '12'],
      ['B', 'TP', '21', '21'],
      ['B', 'FN', '31', null],
      ['B', 'FP', null, '22'],
      ['N', 'FP', null, '11'],
    ])
  })

  test('every metric of the type is there, all at the call rank', () => {
    const ids = new Set(scored.scores.map(({ metric }) => metric)).add('limit_of_detection')
    const ofType = metricsOf('pathogen-detection').filter(({ family }) => family !== 'resources')
    expect([...ids].sort()).toEqual(ofType.map(({ id }) => id).sort())
    expect(new Set(scored.scores.map(({ rank }) => rank))).toEqual(new Set(['species']))
  })
})

describe('a sample', () => {
  const blank = truthOf({ N: absent('11', '12') })
  test('without pathogens in which nothing was found: specificity 1, the rest undefined', () => {
    const nothing = scoring(blank, { N: report() })
    expect(valueOf(nothing, 'N', 'specificity')).toBe(1)
    for (const metric of ['sensitivity', 'precision', 'f1_score'])
      expect(valueOf(nothing, 'N', metric)).toBe('undefined_0/0')
    expect(valueOf(nothing, 'N', 'fp_per_negative_sample')).toBe(0)
  })
  test('with pathogens of which none was found: sensitivity 0, F1 0, no precision', () => {
    const nothing = scoring(truth, { ...reports, B: report() })
    expect(valueOf(nothing, 'B', 'sensitivity')).toBe(0)
    expect(valueOf(nothing, 'B', 'f1_score')).toBe(0)
    expect(valueOf(nothing, 'B', 'precision')).toBe('undefined_0/0')
    expect(valueOf(nothing, 'B', 'true_pathogen_rank')).toBe('no_prediction')
    expect(valueOf(nothing, 'B', 'abundance_log2_error')).toBe('no_prediction')
    expect(valueOf(nothing, 'B', 'near_neighbour_fp')).toBe(0)
    expect(valueOf(nothing, 'B', 'detection_rate', 'reads=10')).toBe(0)
  })
  test('without a sign that the tool ran has no numbers, at its levels neither', () => {
    const { scores } = scoring(truth, { A: reports.A, B: null })
    expect(new Set(scores.filter(({ sample }) => sample !== 'A').map(({ reason }) => reason))).toEqual(
      new Set(['not_run']),
    )
    expect(scores.filter(({ sample, level }) => sample === 'B' && level === 'reads=10')).toHaveLength(1)
  })
})

describe('the panel', () => {
  const single = { A: [present('11')] }
  test('is missing when the truth is one sample without absent taxa: then every other call is wrong', () => {
    const alone = scoring(truthOf(single), { A: reports.A })
    expect(valueOf(alone, 'A', 'precision')).toBeCloseTo(1 / 3, 10)
    for (const metric of ['specificity', 'npv', 'mcc', 'accuracy', 'true_negatives', 'off_panel_calls', 'auroc'])
      expect(valueOf(alone, 'A', metric), metric).toBe('no_universe')
    expect(valueOf(alone, 'A', 'balanced_accuracy')).toBe('no_universe')
    // 99 and 12 rank first and last around 11: precision 1/2 at its step.
    expect(valueOf(alone, 'A', 'average_precision')).toBeCloseTo(0.5, 10)
    expect(alone.comparability['panel']).toBe('none')
    expect(alone.universe).toBeNull()
  })
  test('can be left out on purpose', () => {
    expect(valueOf(scoring(truth, reports, { panel: { kind: 'none' } }), 'A', 'precision')).toBeCloseTo(1 / 3, 10)
  })
  test('of a file decides alone what can be right or wrong', () => {
    const panel = { kind: 'list', name: 'panel.txt', taxids: ['11', '99', '500'] } as const
    const listed = scoring(truth, reports, { panel })
    expect(valueOf(listed, 'A', 'false_positives')).toBe(1) // 99
    expect(valueOf(listed, 'A', 'off_panel_calls')).toBe(1) // 12
    expect(valueOf(listed, 'A', 'true_negatives')).toBe(1) // 500
    // 12 is a near neighbour wherever it stands.
    expect(valueOf(listed, 'A', 'near_neighbour_fp')).toBe(1)
    expect(valueOf(listed, 'B', 'sensitivity')).toBe('undefined_0/0')
    expect(listed.comparability['panel']).toBe('list:panel.txt')
    expect(listed.universe).toBe('["11","500","99"]')
  })
})

describe('near neighbours', () => {
  test('need to know the genus of every true taxon and of every wrong call', () => {
    const nameless = truthOf({ A: [present('11', { lineage: {} }), ...absent('12')] })
    const bracken = {
      ranks: reports.A.ranks,
      taxa: reports.A.taxa.map((one) => ({ ...one, path: ['', '', '', '', '', '', one.taxid] })),
    }
    expect(valueOf(scoring(nameless, { A: bracken }), 'A', 'near_neighbour_fp')).toBe('no_truth')
    expect(valueOf(scoring(truth, { A: bracken, B: null }), 'A', 'near_neighbour_fp')).toBe('rank_absent')
    // The report says where 11 and 12 belong.
    expect(valueOf(scoring(nameless, { A: reports.A }), 'A', 'near_neighbour_fp')).toBe(1)
  })
  test('are none of a taxon whose lineage has no genus', () => {
    const virus = report('1|11 = 10 : 1', '|77 = 5 : 0.5')
    expect(valueOf(scoring(truth, { A: virus }), 'A', 'near_neighbour_fp')).toBe(0)
  })
  test('make no sense for calls at genus', () => {
    const atGenus = scoring(
      truthOf({ A: [present('11')], B: [present('21')] }),
      { A: reports.A, B: null },
      { callRank: 'genus' },
    )
    expect(valueOf(atGenus, 'A', 'near_neighbour_fp')).toBe('not_applicable')
    expect(valueOf(atGenus, 'A', 'sensitivity')).toBe(1)
  })
})
