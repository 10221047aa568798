import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CONFUSION_FORMULAS } from '../../../src/core/metrics/confusion.ts'
import { summariseScores } from '../../../src/core/metrics/summarise.ts'
import { type GivenTaxon, report, scoring, truthOf, valueOf } from './pathogen-case.ts'

const TAXIDS = ['11', '12', '13', '21', '22', '31', '41']
const reads = fc.integer({ min: 1, max: 40 })
const sampleArbitrary = fc.record({
  truth: fc.uniqueArray(
    fc.record({
      taxid: fc.constantFrom(...TAXIDS),
      status: fc.constantFrom('present' as const, 'absent' as const),
      reads: fc.constantFrom(10, 100, null),
    }),
    { selector: ({ taxid }) => taxid },
  ),
  found: fc.uniqueArray(fc.tuple(fc.constantFrom(...TAXIDS, '99'), reads), { selector: ([taxid]) => taxid }),
})
const samplesArbitrary = fc.array(sampleArbitrary, { minLength: 2, maxLength: 6 })
type Samples = readonly {
  readonly truth: readonly GivenTaxon[]
  readonly found: readonly (readonly [string, number])[]
}[]

const scoreOf = (samples: Samples, minReads: number | null = null) =>
  scoring(
    truthOf(Object.fromEntries(samples.map(({ truth }, index) => [`S${index}`, truth]))),
    Object.fromEntries(
      samples.map(({ found }, index) => [
        `S${index}`,
        report(...found.map(([taxid, count]) => `${taxid} = ${count} : ${count / 100}`)),
      ]),
    ),
    { minReads },
  )

test('the order of truth rows and of report rows changes nothing', () => {
  fc.assert(
    fc.property(samplesArbitrary, (samples) => {
      const backwards = samples.map(({ truth, found }) => ({ truth: truth.toReversed(), found: found.toReversed() }))
      const [one, other] = [scoreOf(samples), scoreOf(backwards)]
      expect(other.scores).toEqual(one.scores)
      expect(other.comparability).toEqual(one.comparability)
      expect(other.universe).toBe(one.universe)
    }),
  )
})

test('micro is the formula on summed counts, counted here from sets', () => {
  fc.assert(
    fc.property(samplesArbitrary, (samples) => {
      const panel = new Set(samples.flatMap(({ truth }) => truth.map(({ taxid }) => taxid)))
      fc.pre(panel.size > 0)
      const sums = { tp: 0, fp: 0, fn: 0, tn: 0 }
      for (const { truth, found } of samples)
        for (const taxid of panel) {
          const isThere = truth.some((one) => one.taxid === taxid && one.status === 'present')
          const isFound = found.some(([one]) => one === taxid)
          sums[isThere ? (isFound ? 'tp' : 'fn') : isFound ? 'fp' : 'tn']++
        }
      const summary = summariseScores(
        scoreOf(samples).scores,
        samples.map((_, index) => `S${index}`),
      )
      const counts = {
        truePositives: sums.tp,
        falsePositives: sums.fp,
        falseNegatives: sums.fn,
        trueNegatives: sums.tn,
        falsePositivesOutside: 0,
        redundantHits: 0,
      }
      for (const metric of ['sensitivity', 'precision', 'specificity', 'npv', 'f1_score', 'mcc', 'accuracy']) {
        const micro = summary.find((one) => one.metric === metric && one.method.aggregation === 'micro')
        const { value, reason } = CONFUSION_FORMULAS[metric]!(counts)
        expect({ value: micro?.value, reason: micro?.reason }, metric).toEqual({ value, reason })
      }
    }),
  )
})

test('lowering --min-reads never lowers sensitivity and never raises specificity', () => {
  fc.assert(
    fc.property(samplesArbitrary, fc.tuple(reads, reads), (samples, [one, other]) => {
      const [strict, lax] = [scoreOf(samples, Math.max(one, other)), scoreOf(samples, Math.min(one, other))]
      for (const index of samples.keys()) {
        const at = (scored: typeof lax, metric: string) => valueOf(scored, `S${index}`, metric)
        const [before, after] = [at(strict, 'sensitivity'), at(lax, 'sensitivity')]
        if (typeof before === 'number') expect(after).toBeGreaterThanOrEqual(before)
        else expect(after).toBe(before)
        const [tnBefore, tnAfter] = [at(strict, 'true_negatives'), at(lax, 'true_negatives')]
        if (typeof tnBefore === 'number') expect(tnAfter).toBeLessThanOrEqual(tnBefore)
        // The ranking is judged without thresholds.
        expect(at(lax, 'auroc')).toBe(at(strict, 'auroc'))
      }
    }),
  )
})

test('AUROC is the share of pairs that are in the right order', () => {
  fc.assert(
    fc.property(samplesArbitrary, (samples) => {
      const scored = scoreOf(samples)
      const panel = new Set(samples.flatMap(({ truth }) => truth.map(({ taxid }) => taxid)))
      for (const [index, { truth, found }] of samples.entries()) {
        const scoreOfTaxon = new Map(found)
        const isThere = (taxid: string): boolean => truth.some((one) => one.taxid === taxid && one.status === 'present')
        let right = 0
        let pairs = 0
        for (const positive of panel)
          for (const negative of panel) {
            if (!isThere(positive) || isThere(negative)) continue
            pairs++
            right += (Math.sign((scoreOfTaxon.get(positive) ?? 0) - (scoreOfTaxon.get(negative) ?? 0)) + 1) / 2
          }
        const value = valueOf(scored, `S${index}`, 'auroc')
        if (pairs > 0) expect(value).toBeCloseTo(right / pairs, 10)
        else expect(value).toBe(panel.size === 0 ? 'no_universe' : 'undefined_0/0')
      }
    }),
  )
})
