import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AmrCall } from '../../../src/core/amr/call.ts'
import { callsBySample } from '../../../src/core/amr/calls-by-sample.ts'
import { createCallCondenser } from '../../../src/core/amr/condense-calls.ts'
import { scoreAmr } from '../../../src/core/amr/score-amr.ts'
import type { AmrScoring } from '../../../src/core/amr/scoring.ts'
import type { AmrTruth, AmrTruthGene } from '../../../src/core/amr/truth.ts'
import { type AmrScoringOptions, DEFAULT_AMR_SCORING } from '../../../src/core/scoring-options.ts'
import { draftCall } from '../../../src/parse/amr/draft-call.ts'

const SAMPLES = ['S1', 'S2']
const SYMBOLS = ['blaTEM-1', 'TEM-1', 'sul1', 'sul2', 'tet(A)', "aac(6')-Ib"]

const gene = (geneSymbol: string, place: boolean): AmrTruthGene => ({
  geneSymbol,
  allele: null,
  geneFamily: null,
  drugClasses: ['BETA-LACTAM'],
  aro: null,
  contig: place ? 'c1' : null,
  start: place ? 10 : null,
  stop: place ? 500 : null,
  strand: null,
  copies: 2,
  depth: null,
  status: 'present',
  location: { file: 'truth.tsv', line: 2 },
})
const truthOf = (place: boolean): AmrTruth => ({
  samples: new Map([
    ['S1', [gene('blaTEM-1', place), gene('sul1', place)]],
    ['S2', [gene('tet(A)', place)]],
  ]),
  sha256: '0'.repeat(64),
})

const calls: fc.Arbitrary<readonly AmrCall[]> = fc
  .array(
    fc.record({
      sample: fc.constantFrom(...SAMPLES),
      geneSymbol: fc.constantFrom(...SYMBOLS),
      accession: fc.constantFrom(null, 'A1', 'A2'),
      drugClasses: fc.constantFrom([], ['BETA-LACTAM'], ['SULFONAMIDE', 'TETRACYCLINE']),
      identity: fc.constantFrom(null, 70, 95, 100),
      coverage: fc.constantFrom(null, 50, 100),
      depth: fc.constantFrom(null, null, 0.1, 7.3),
      score: fc.constantFrom(null, 1, 2, 3),
      start: fc.constantFrom(null, 10, 400),
      variationType: fc.constantFrom('gene_presence', 'protein_variant'),
      flags: fc.constantFrom({}, { cut_off: 'Loose' }, { deeparg: 'potential' }),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map((row, index) => ({
      ...draftCall(index + 2, 'tool', row.geneSymbol),
      ...row,
      contig: row.start === null ? null : 'c1',
      stop: row.start === null ? null : row.start + 480,
    })),
  )

const scoringOf = (all: readonly AmrCall[], truth: AmrTruth, options: AmrScoringOptions): AmrScoring =>
  scoreAmr({
    truth,
    predictions: new Map(SAMPLES.map((id) => [id, callsBySample(all, SAMPLES).bySample.get(id) ?? []])),
    options,
  })

const condense = (all: readonly AmrCall[], truth: AmrTruth, options: AmrScoringOptions): readonly AmrCall[] => {
  const condenser = createCallCondenser(options, truth)
  for (const call of all) condenser.add(call)
  return condenser.calls()
}

describe('condensed calls', () => {
  test('score exactly like all calls, with all levels, filters and policies', () => {
    const options = fc.record({
      levels: fc.constantFrom<AmrScoringOptions['levels']>(
        DEFAULT_AMR_SCORING.levels,
        ['gene'],
        ['locus', 'drug_class'],
      ),
      locusPolicy: fc.constantFrom('all', 'best'),
      minIdentity: fc.constantFrom(null, 90),
      minCoverage: fc.constantFrom(null, 80),
      place: fc.boolean(),
    })
    fc.assert(
      fc.property(calls, options, (all, { place, ...chosen }) => {
        const truth = truthOf(place)
        const settings = { ...DEFAULT_AMR_SCORING, ...chosen }
        const condensed = scoringOf(condense(all, truth, settings), truth, settings)
        expect(condensed).toEqual(scoringOf(all, truth, settings))
      }),
      { numRuns: 300 },
    )
  })
  test('a million hits on a few genes are a few calls', () => {
    const condenser = createCallCondenser(DEFAULT_AMR_SCORING, truthOf(false))
    for (let row = 0; row < 1_000_000; row++)
      condenser.add({
        ...draftCall(row + 2, 'tool', SYMBOLS[row % 6] ?? ''),
        sample: 'S1',
        identity: 90 + (row % 10),
        contig: `read${row}`,
      })
    const condensed = condenser.calls()
    expect(condensed).toHaveLength(6)
    expect(condensed.reduce((total, { rows }) => total + (rows ?? 1), 0)).toBe(1_000_000)
  })
  test('a sample whose hits are all left out by the filters is still named', () => {
    const loose = { ...draftCall(2, 'rgi', 'sul1'), sample: 'stranger', flags: { cut_off: 'Loose' } }
    expect(condense([loose, { ...loose, line: 3 }], truthOf(false), DEFAULT_AMR_SCORING)).toEqual([loose])
  })
})
