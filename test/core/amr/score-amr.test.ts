import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReferenceHit } from '../../../src/core/names/reference-terms.ts'
import { LEVEL_METRICS } from '../../../src/core/amr/level-metrics.ts'
import { metricById } from '../../../src/core/metrics/registry.ts'
import { AMR_LEVELS } from '../../../src/core/scoring-options.ts'
import { call, counts, gene, quantity, score } from './amr-case.ts'

const undefinedRatio = { value: null, reason: 'undefined_0/0' }

describe('counting', () => {
  test('a sample is compared as sets of distinct keys', () => {
    // T = {TEM-1, sul1, tet(A)}, P = {TEM-1, sul1, qnrS1}, U = T of both samples = {TEM-1, sul1, tet(A), erm(B), qnrS1}
    const scoring = score(
      { S1: ['blaTEM-1', 'sul1', 'tet(A)'], S2: ['erm(B)', 'qnrS1'] },
      { S1: ['TEM-1', 'sul1', 'sul1', 'QnrS1'], S2: ['ermB'] },
    )
    expect(counts(scoring)).toBe('2/1/1/1')
    expect(counts(scoring, { sample: 'S2' })).toBe('1/0/1/3')
    expect(quantity(scoring, 'redundant_hits').value).toBe(1)
    expect(quantity(scoring, 'sensitivity').value).toBeCloseTo(2 / 3, 12)
    expect(quantity(scoring, 'precision').value).toBeCloseTo(2 / 3, 12)
    expect(quantity(scoring, 'specificity').value).toBe(0.5)
    expect(scoring.universes).toEqual([{ level: 'gene', kind: 'dataset', size: 5 }])
  })

  test('every sample and level has every metric of the level, once', () => {
    const scoring = score({ S1: ['sul1'], S2: [] }, { S1: ['sul1'], S2: null }, { levels: AMR_LEVELS })
    for (const sample of ['S1', 'S2'])
      for (const level of AMR_LEVELS)
        expect(
          scoring.scores.filter((one) => one.sample === sample && one.level === level).map(({ metric }) => metric),
        ).toEqual(LEVEL_METRICS[level])
  })
})

describe('edge cases', () => {
  const universe = { universe: { kind: 'list', name: 'four', symbols: ['sul1', 'sul2', 'tet(A)', 'erm(B)'] } } as const

  test('nothing there, nothing found: specificity 1, ratios of findings undefined', () => {
    const scoring = score({ S1: [] }, { S1: [] }, universe)
    expect(counts(scoring)).toBe('0/0/0/4')
    expect(quantity(scoring, 'specificity').value).toBe(1)
    for (const metric of ['sensitivity', 'precision', 'f1_score', 'jaccard_index', 'mcc', 'balanced_accuracy'])
      expect(quantity(scoring, metric), metric).toEqual(undefinedRatio)
  })

  test('a truth row without a symbol is a sample without genes', () => {
    const scoring = score({ S1: [''] }, { S1: [] }, universe)
    expect(counts(scoring)).toBe('0/0/0/4')
  })

  test('nothing there, something found: precision 0, F1 0', () => {
    const scoring = score({ S1: [] }, { S1: ['sul1'] }, universe)
    expect(counts(scoring)).toBe('0/1/0/3')
    expect(quantity(scoring, 'precision').value).toBe(0)
    expect(quantity(scoring, 'f1_score').value).toBe(0)
    expect(quantity(scoring, 'sensitivity')).toEqual(undefinedRatio)
    expect(quantity(scoring, 'specificity').value).toBe(0.75)
  })

  test('something there, nothing found: sensitivity 0, precision undefined, F1 0', () => {
    const scoring = score({ S1: ['sul1', 'sul2'] }, { S1: [] }, universe)
    expect(counts(scoring)).toBe('0/0/2/2')
    expect(quantity(scoring, 'sensitivity').value).toBe(0)
    expect(quantity(scoring, 'precision')).toEqual(undefinedRatio)
    expect(quantity(scoring, 'f1_score').value).toBe(0)
  })

  test('no sign that the tool ran is not the same as finding nothing', () => {
    const scoring = score({ S1: ['sul1'], S2: ['sul1'], S3: ['sul1'] }, { S1: [], S2: null })
    expect(quantity(scoring, 'sensitivity').value).toBe(0)
    for (const sample of ['S2', 'S3'])
      for (const metric of LEVEL_METRICS.gene)
        expect(quantity(scoring, metric, { sample })).toEqual({ value: null, reason: 'not_run' })
  })

  test('a sample the truth does not know is named in a warning, and has no numbers when asked for', () => {
    const scoring = score({ S1: ['sul1'] }, { S1: ['sul1'], S9: ['sul1'] })
    expect(scoring.warnings.join()).toContain('S9')
    expect(scoring.scores.some(({ sample }) => sample === 'S9')).toBe(false)
    const asked = score({ S1: ['sul1'] }, { S9: ['sul1'] }, {}, { samples: ['S9'] })
    expect(quantity(asked, 'sensitivity', { sample: 'S9' })).toEqual({ value: null, reason: 'no_truth' })
  })

  test('only the samples asked for are scored, in a universe of the whole truth', () => {
    const scoring = score({ S1: ['sul1'], S2: ['sul2'] }, { S1: ['sul1'], S2: [] }, {}, { samples: ['S1'] })
    expect(new Set(scoring.scores.map(({ sample }) => sample))).toEqual(new Set(['S1']))
    expect(counts(scoring)).toBe('1/0/0/1')
  })
})

describe('match levels', () => {
  test('an allele matches at allele, a sibling at gene or family only', () => {
    const levels = { levels: ['allele', 'gene', 'family'] } as const
    const sub = score({ S1: ['blaTEM-1B'] }, { S1: ['blaTEM-1A'] }, levels)
    expect(counts(sub, { level: 'allele' })).toBe('0/1/1/-')
    expect(counts(sub, { level: 'gene' })).toBe('1/0/0/-')
    const sibling = score({ S1: ['blaTEM-1B'] }, { S1: ['TEM-2'] }, levels)
    expect(counts(sibling, { level: 'gene' })).toBe('0/1/1/-')
    expect(counts(sibling, { level: 'family' })).toBe('1/0/0/-')
  })

  test('the allele column is compared at allele, and is a second name of its gene', () => {
    const truth = { S1: [gene('blaTEM', { allele: 'blaTEM-1B' })] }
    const scoring = score(truth, { S1: ['blaTEM-1B_1_AY458016'] }, { levels: ['allele', 'gene', 'family'] })
    for (const level of ['allele', 'gene', 'family'] as const) expect(counts(scoring, { level }), level).toBe('1/0/0/-')
  })

  test('ARO decides where both sides have one, the symbol elsewhere', () => {
    const truth = { S1: [gene('aadA1', { aro: 'ARO:3002601' }), gene('catA1'), gene('sul1', { aro: '3000410' })] }
    const scoring = score(truth, {
      S1: [
        call("ANT(3'')-IIa", { aro: 'ARO:3002601' }),
        call('catA1', { aro: 'ARO:3002683' }),
        call('sul1', { aro: '3000412' }),
      ],
    })
    expect(counts(scoring)).toBe('2/1/1/-')
    expect(scoring.matches.map(({ status, key, rung }) => [status, key, rung])).toEqual([
      ['TP', 'ARO:3002601', 'aro'],
      ['TP', 'cata1', 'symbol'],
      ['FN', 'ARO:3000410', 'aro'],
      ['FP', 'ARO:3000412', 'aro'],
    ])
  })

  test('an accession table gives an ARO to calls that have none', () => {
    const vocabulary = {
      ontology: null,
      referenceTerm: ({ accession }: ReferenceHit) => (accession === 'NG_047327.1' ? 'ARO:3002601' : null),
    }
    const scoring = score(
      { S1: [gene('something else', { aro: 'ARO:3002601' })] },
      { S1: [call('aadA1', { accession: 'NG_047327.1' })] },
      {},
      { vocabulary },
    )
    expect(scoring.matches).toMatchObject([{ status: 'TP', rung: 'accession' }])
  })

  test('an alias of the user joins two names, and the match says so', () => {
    const scoring = score({ S1: ['blaPAO'] }, { S1: ['PDC-1'] }, { aliases: { 'PDC-1': 'blaPAO' } })
    expect(scoring.matches).toMatchObject([{ status: 'TP', rung: 'alias', truthSymbol: 'blaPAO', callSymbol: 'PDC-1' }])
    expect(counts(score({ S1: ['blaPAO'] }, { S1: ['PDC-1'] }))).toBe('0/1/1/-')
  })

  test('drug classes are split, mapped and compared as sets', () => {
    const truth = {
      S1: [
        gene('erm(B)', { drugClasses: ['Macrolide', 'Lincosamide', 'Streptogramin B'] }),
        gene('sul1', { drugClasses: ['Folate pathway antagonist'] }),
      ],
    }
    const found = {
      S1: [
        call('ermB', { drugClasses: ['MLS'] }),
        call('sul1', { drugClasses: ['SULFONAMIDE'] }),
        call('tetA', { drugClasses: ['TETRACYCLINE'] }),
      ],
    }
    const scoring = score(truth, found, { levels: ['drug_class'] })
    expect(counts(scoring, { level: 'drug_class' })).toBe('4/1/0/-')
    expect(quantity(scoring, 'drug_class_exact_match', { level: 'drug_class' }).value).toBe(0)
    const exact = score(truth, { S1: found.S1.slice(0, 2) }, { levels: ['drug_class'] })
    expect(quantity(exact, 'drug_class_exact_match', { level: 'drug_class' }).value).toBe(1)
  })

  test('a class in no table is compared by its text, with a warning', () => {
    const scoring = score(
      { S1: [gene('g1', { drugClasses: ['Wonderdrug'] })] },
      { S1: [call('g1', { drugClasses: ['WONDERDRUG'] })] },
      { levels: ['drug_class'] },
    )
    expect(counts(scoring, { level: 'drug_class' })).toBe('1/0/0/-')
    expect(scoring.warnings.join()).toContain('wonderdrug')
  })

  test('levels the truth says nothing about do not apply; levels the tool says nothing about have no prediction', () => {
    const of = (
      truth: ReturnType<typeof gene>,
      found: ReturnType<typeof call>,
      level: 'locus' | 'drug_class' | 'mechanism',
    ) => quantity(score({ S1: [truth] }, { S1: [found] }, { levels: [level] }), 'sensitivity', { level }).reason
    const placed = { contig: 'c1', start: 1, stop: 100 }
    expect(of(gene('sul1'), call('sul1', placed), 'locus')).toBe('not_applicable')
    expect(of(gene('sul1', placed), call('sul1'), 'locus')).toBe('no_prediction')
    expect(of(gene('sul1'), call('sul1', { drugClasses: ['SULFONAMIDE'] }), 'drug_class')).toBe('not_applicable')
    expect(of(gene('sul1', { drugClasses: ['SULFONAMIDE'] }), call('sul1'), 'drug_class')).toBe('no_prediction')
    expect(of(gene('sul1'), call('sul1', { mechanism: 'target replacement' }), 'mechanism')).toBe('not_applicable')
  })
})

describe('universe', () => {
  test('negatives of the truth make a panel, sample by sample', () => {
    const truth = {
      S1: ['sul1', gene('sul2', { status: 'absent' }), gene('tet(A)', { status: 'absent' })],
      S2: ['sul1'],
    }
    const scoring = score(truth, { S1: ['sul1', 'sul2', 'erm(B)'], S2: ['sul1'] })
    expect(counts(scoring)).toBe('1/2/0/1')
    expect(quantity(scoring, 'fp_outside_universe').value).toBe(1)
    expect(quantity(scoring, 'specificity').value).toBe(0.5)
    expect(quantity(scoring, 'precision').value).toBeCloseTo(1 / 3, 12)
    expect(quantity(scoring, 'specificity', { sample: 'S2' })).toEqual(undefinedRatio)
    expect(scoring.universes).toEqual([{ level: 'gene', kind: 'panel', size: 3 }])
  })

  test('a gene that is present is no negative at a level where an absent one has the same key', () => {
    const truth = { S1: ['blaTEM-1', gene('blaTEM-52', { status: 'absent' })] }
    const scoring = score(truth, { S1: ['TEM-1'] }, { levels: ['gene', 'family'] })
    expect(counts(scoring, { level: 'gene' })).toBe('1/0/0/1')
    expect(counts(scoring, { level: 'family' })).toBe('1/0/0/0')
  })

  test('auto is the dataset from two samples on, and none for one', () => {
    expect(score({ S1: ['sul1'] }, { S1: ['sul1'] }).universes[0]?.kind).toBe('none')
    const one = score({ S1: ['sul1'] }, { S1: ['sul1'] })
    expect(quantity(one, 'specificity')).toEqual({ value: null, reason: 'no_universe' })
    expect(score({ S1: ['sul1'], S2: [] }, { S1: [] }).universes[0]).toMatchObject({ kind: 'dataset', size: 1 })
  })

  test('a list names genes in any spelling, also of calls that carry an ARO', () => {
    const scoring = score(
      { S1: [gene('sul1', { aro: 'ARO:3000410' })] },
      { S1: [call('tetA', { aro: 'ARO:3000165' }), call('qnrS1')] },
      { universe: { kind: 'list', name: 'mine', symbols: ['SUL1', 'tet(A)', 'erm(B)'] } },
    )
    expect(counts(scoring)).toBe('0/2/1/1')
    expect(quantity(scoring, 'fp_outside_universe').value).toBe(1)
    expect(quantity(scoring, 'specificity').value).toBe(0.5)
  })

  test('a list of genes is no universe of drug classes, and a warning says so', () => {
    const scoring = score(
      { S1: [gene('sul1', { drugClasses: ['SULFONAMIDE'] })] },
      { S1: [call('sul1', { drugClasses: ['SULFONAMIDE'] })] },
      { levels: ['drug_class'], universe: { kind: 'list', name: 'mine', symbols: ['sul1'] } },
    )
    expect(scoring.universes[0]?.kind).toBe('none')
    expect(scoring.warnings.join()).toContain('mine')
  })

  test('the universe does not depend on what was found or on the order of the truth', () => {
    const a = score({ S1: ['sul1', 'tet(A)'], S2: ['erm(B)'] }, { S1: ['qnrS1'], S2: [] })
    const b = score({ S2: ['erm(B)'], S1: ['tet(A)', 'sul1'] }, { S1: [], S2: null })
    expect(a.universeKey).toBe(b.universeKey)
    expect(score({ S1: ['sul1'], S2: ['erm(B)'] }, {}).universeKey).not.toBe(a.universeKey)
  })
})

describe('filters', () => {
  test('identity and coverage below the minimum are left out; calls that do not state them pass with a warning', () => {
    const found = [
      call('sul1', { identity: 99, coverage: 100 }),
      call('sul2', { identity: 89.9, coverage: 100 }),
      call('sul3', { identity: 99, coverage: 50 }),
      call('tet(A)'),
    ]
    const scoring = score(
      { S1: ['sul1', 'sul2', 'sul3', 'tet(A)'] },
      { S1: found },
      { minIdentity: 90, minCoverage: 60 },
    )
    expect(counts(scoring)).toBe('2/0/2/-')
    expect(scoring.warnings).toHaveLength(2)
    expect(score({ S1: ['sul1'] }, { S1: [call('sul1', { identity: 90 })] }, { minIdentity: 90 }).warnings).toEqual([])
  })

  test.each([
    ['a mutation', { variationType: 'protein_variant' }],
    ['a loose RGI hit', { flags: { cut_off: 'Loose' } }],
    ['a stress gene of AMRFinderPlus', { flags: { amrfinder_type: 'STRESS' } }],
    ['a DeepARG candidate', { flags: { deeparg: 'potential' } }],
    ['an improbable DeepARG hit', { tool: 'deeparg', score: 0.79 }],
    ['an AMR++ gene without its mutation', { flags: { snp_confirmation: 'required' } }],
  ] as const)('%s does not count', (_what, values) => {
    expect(counts(score({ S1: ['sul1'] }, { S1: [call('sul1', values)] }))).toBe('0/0/1/-')
  })

  test.each([
    ['a perfect RGI hit', { flags: { cut_off: 'Perfect' } }],
    ['a strict RGI hit', { flags: { cut_off: 'Strict' } }],
    ['an AMR gene of AMRFinderPlus', { flags: { amrfinder_type: 'AMR' } }],
    ['a probable DeepARG hit', { tool: 'deeparg', score: 0.8 }],
    ['a hit of another tool with a low score', { tool: 'kma', score: 0.1 }],
  ] as const)('%s counts', (_what, values) => {
    expect(counts(score({ S1: ['sul1'] }, { S1: [call('sul1', values)] }))).toBe('1/0/0/-')
  })

  test('mutations count when asked for', () => {
    const scoring = score(
      { S1: ['gyrA'] },
      { S1: [call('gyrA', { variationType: 'protein_variant' })] },
      { variationTypes: ['gene_presence', 'protein_variant'] },
    )
    expect(counts(scoring)).toBe('1/0/0/-')
  })
})

describe('locus policy', () => {
  const at = { contig: 'c1', start: 63, stop: 616 }
  const found = [
    call("aac(6')-Ib-cr", { ...at, identity: 100, coverage: 92 }),
    call("aac(6')-Ib3", { ...at, identity: 99, coverage: 100 }),
    call('sul1', { contig: 'c1', start: 600, stop: 1440, identity: 100, coverage: 100 }),
    call('tet(A)', { identity: 100, coverage: 100 }),
  ]
  const truth = { S1: ["aac(6')-Ib3", 'sul1', 'tet(A)'] }

  test('all readings of one place count by default', () => {
    expect(counts(score(truth, { S1: found }))).toBe('3/1/0/-')
  })

  test('best keeps the reading with the highest identity times coverage, neighbours and unplaced calls stay', () => {
    expect(counts(score(truth, { S1: found }, { locusPolicy: 'best' }))).toBe('3/0/0/-')
  })

  test('calls linked through a third one are one place', () => {
    const chain = [
      call('g1', { contig: 'c1', start: 1, stop: 100, identity: 99, coverage: 100 }),
      call('g2', { contig: 'c1', start: 41, stop: 140, identity: 95, coverage: 100 }),
      call('g3', { contig: 'c1', start: 81, stop: 180, identity: 90, coverage: 100 }),
      call('g4', { contig: 'c2', start: 81, stop: 180, identity: 90, coverage: 100 }),
    ]
    const scoring = score({ S1: ['g1', 'g4'] }, { S1: [...chain].reverse() }, { locusPolicy: 'best' })
    expect(counts(scoring)).toBe('2/0/0/-')
  })
})

describe('level locus', () => {
  const place = (contig: string, start: number, stop: number) => ({ contig, start, stop })
  const locus = { levels: ['locus'] } as const
  const of = { level: 'locus' } as const

  test('same contig, same gene and half of both covered', () => {
    const truth = {
      S1: [
        gene('sul1', place('c1', 1, 100)),
        gene('tet(A)', place('c1', 1000, 1099)),
        gene('sul2', place('c2', 1, 100)),
      ],
    }
    const scoring = score(
      truth,
      {
        S1: [
          call('sul1', place('c1 length=5000', 51, 150)),
          call('tetA', place('c1', 1060, 1159)),
          call('sul2', place('c1', 1, 100)),
        ],
      },
      locus,
    )
    expect(counts(scoring, of)).toBe('1/2/2/-')
  })

  test('another gene at the same place is wrong and misses the true one', () => {
    const scoring = score(
      { S1: [gene('sul1', place('c1', 1, 100))] },
      { S1: [call('sul2', place('c1', 1, 100))] },
      locus,
    )
    expect(counts(scoring, of)).toBe('0/1/1/-')
  })

  test('two copies are two loci, paired one to one by the larger overlap', () => {
    const truth = { S1: [gene('sul1', place('c1', 1, 100)), gene('sul1', place('c1', 201, 300))] }
    const both = score(truth, { S1: [call('sul1', place('c1', 205, 300)), call('sul1', place('c1', 1, 90))] }, locus)
    expect(counts(both, of)).toBe('2/0/0/-')
    const one = score(truth, { S1: [call('sul1', place('c1', 1, 100)), call('sul1', place('c1', 2, 100))] }, locus)
    expect(counts(one, of)).toBe('1/0/1/-')
    expect(quantity(one, 'redundant_hits', of).value).toBe(1)
  })

  test('there is no universe of places', () => {
    const scoring = score({ S1: [gene('sul1', place('c1', 1, 100))], S2: [] }, { S1: [] }, locus)
    expect(quantity(scoring, 'specificity', of)).toEqual({ value: null, reason: 'no_universe' })
  })

  test('a sample whose truth leaves out a place is not scored, and a warning names it', () => {
    const truth = { S1: [gene('sul1', place('c1', 1, 100)), gene('sul2')], S2: [gene('sul1', place('c1', 1, 100))] }
    const scoring = score(truth, { S1: [call('sul1', place('c1', 1, 100))], S2: [] }, locus)
    expect(quantity(scoring, 'sensitivity', of)).toEqual({ value: null, reason: 'not_applicable' })
    expect(quantity(scoring, 'sensitivity', { ...of, sample: 'S2' }).value).toBe(0)
    expect(scoring.warnings.join()).toContain('S1')
  })
})

test('a report of more rows than a function takes arguments is scored', () => {
  const rows = Array.from({ length: 130_000 }, (_, index) =>
    call('sul1', { contig: `read${String(index)}`, start: 1, stop: 100, score: 1 }),
  )
  const truth = { S1: [gene('sul1', { contig: 'read7', start: 1, stop: 100 })] }
  const scoring = score(truth, { S1: rows }, { levels: ['locus', 'gene'] })
  expect(counts(scoring, { level: 'locus' })).toBe('1/129999/0/-')
  expect(quantity(scoring, 'redundant_hits').value).toBe(129_999)
})

describe('matches', () => {
  test('each key says what became of it, from which lines and how many rows', () => {
    const truth = {
      S1: [gene('sul1', { location: { file: 't', line: 7 } }), gene('sul2', { location: { file: 't', line: 8 } })],
    }
    const scoring = score(truth, {
      S1: [call('sul1', { line: 3, score: 5 }), call('sul1', { line: 4, score: 9 }), call('qnrS1', { line: 5 })],
    })
    expect(scoring.matches).toEqual([
      {
        sample: 'S1',
        level: 'gene',
        status: 'TP',
        key: 'sul1',
        rung: 'symbol',
        inUniverse: null,
        truthSymbol: 'sul1',
        truthLine: 7,
        callSymbol: 'sul1',
        callLine: 4,
        rows: 2,
      },
      {
        sample: 'S1',
        level: 'gene',
        status: 'FN',
        key: 'sul2',
        rung: 'symbol',
        inUniverse: null,
        truthSymbol: 'sul2',
        truthLine: 8,
        callSymbol: null,
        callLine: null,
        rows: 0,
      },
      {
        sample: 'S1',
        level: 'gene',
        status: 'FP',
        key: 'qnrs1',
        rung: 'symbol',
        inUniverse: null,
        truthSymbol: null,
        truthLine: null,
        callSymbol: 'qnrS1',
        callLine: 5,
        rows: 1,
      },
    ])
  })
})

describe('comparability', () => {
  test('every setting that changes a number changes the key', () => {
    const base = score({ S1: ['sul1'] }, { S1: [] }).comparability
    for (const values of [
      { minIdentity: 90 },
      { minCoverage: 60 },
      { locusPolicy: 'best' },
      { primaryLevel: 'family' },
      { variationTypes: ['gene_presence', 'protein_variant'] },
      { aliases: { a1: 'b1' } },
      { universe: { kind: 'dataset' } },
    ] as const)
      expect(score({ S1: ['sul1'] }, { S1: [] }, values).comparability, JSON.stringify(values)).not.toEqual(base)
  })

  test('the order of aliases and variation types does not', () => {
    const one = score(
      { S1: [] },
      {},
      { aliases: { a1: 'x', b1: 'y' }, variationTypes: ['gene_presence', 'protein_variant'] },
    )
    const two = score(
      { S1: [] },
      {},
      { aliases: { b1: 'y', a1: 'x' }, variationTypes: ['protein_variant', 'gene_presence'] },
    )
    expect(one.comparability).toEqual(two.comparability)
  })
})

const SYMBOLS = [
  'blaTEM-1A',
  'blaTEM-1B',
  'TEM-2',
  'sul1',
  'sul2',
  'tet(A)',
  'mcr-1.1',
  'mcr-1.2',
  "aac(6')-Ib",
  "aac(6')-Ib-cr",
]
const anyPlace = fc.option(fc.record({ contig: fc.constantFrom('c1', 'c2'), start: fc.integer({ min: 1, max: 200 }) }))
const anyGene = fc
  .record({ symbol: fc.constantFrom(...SYMBOLS), depth: fc.option(fc.integer({ min: 0, max: 40 })), place: anyPlace })
  .map(({ symbol, depth, place }) =>
    gene(symbol, { depth, drugClasses: ['Beta-lactam'], ...(place ? { ...place, stop: place.start + 99 } : {}) }),
  )
const anyCall = fc
  .record({ symbol: fc.constantFrom(...SYMBOLS), value: fc.integer({ min: 1, max: 40 }), place: anyPlace })
  .map(({ symbol, value, place }) =>
    call(symbol, {
      depth: value,
      score: value,
      drugClasses: ['Beta-lactam'],
      ...(place ? { ...place, stop: place.start + 99 } : {}),
    }),
  )
const anyCase = fc.record({
  truth: fc.array(fc.array(anyGene, { maxLength: 6 }), { minLength: 1, maxLength: 3 }),
  found: fc.array(fc.array(anyCall, { maxLength: 6 }), { minLength: 3, maxLength: 3 }),
})
const named = <Item>(lists: readonly Item[]): Record<string, Item> =>
  Object.fromEntries(lists.map((list, index) => [`S${String(index + 1)}`, list]))

describe('properties', () => {
  test('values are in the range of their definition, and TP + FN is the number of true keys', () => {
    fc.assert(
      fc.property(anyCase, ({ truth, found }) => {
        const scoring = score(named(truth), named(found), { levels: AMR_LEVELS })
        for (const { metric, value } of scoring.scores) {
          const [low, high] = metricById(metric).range
          if (value !== null) expect(value, metric).toBeGreaterThanOrEqual((low ?? -Infinity) - 1e-12)
          if (value !== null) expect(value, metric).toBeLessThanOrEqual((high ?? Infinity) + 1e-12)
        }
        for (const sample of Object.keys(named(truth)))
          for (const level of ['allele', 'gene', 'family'] as const) {
            const keys = scoring.matches.filter((match) => match.sample === sample && match.level === level)
            const number = (status: string): number => keys.filter((match) => match.status === status).length
            expect(quantity(scoring, 'true_positives', { sample, level }).value).toBe(number('TP'))
            expect(quantity(scoring, 'false_negatives', { sample, level }).value).toBe(number('FN'))
            expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length)
          }
      }),
      { numRuns: 60 },
    )
  })

  test('the order of genes, calls and samples changes nothing', () => {
    fc.assert(
      fc.property(anyCase, ({ truth, found }) => {
        const reversed = <Item>(lists: Record<string, readonly Item[]>): Record<string, readonly Item[]> =>
          Object.fromEntries(
            Object.entries(lists)
              .reverse()
              .map(([sample, list]) => [sample, [...list].reverse()]),
          )
        const settings = { levels: AMR_LEVELS, locusPolicy: 'best' } as const
        const samples = Object.keys(named(truth))
        const forward = score(named(truth), named(found), settings, { samples })
        const backward = score(reversed(named(truth)), reversed(named(found)), settings, { samples })
        expect(backward.scores).toEqual(forward.scores)
        expect(backward.universeKey).toBe(forward.universeKey)
      }),
      { numRuns: 60 },
    )
  })

  test('a looser level never finds less of what a stricter one found', () => {
    fc.assert(
      fc.property(anyCase, ({ truth, found }) => {
        const scoring = score(named(truth), named(found), { levels: ['allele', 'gene', 'family'] })
        for (const { sample, callLine, status } of scoring.matches.filter(({ level }) => level === 'allele'))
          if (status === 'TP')
            for (const level of ['gene', 'family'])
              expect(
                scoring.matches.some(
                  (match) =>
                    match.sample === sample && match.level === level && match.status === 'TP' && match.rows > 0,
                ),
                `${level} of line ${String(callLine)}`,
              ).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('a perfect report has sensitivity and precision 1 at every level', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...SYMBOLS), { minLength: 1 }), (symbols) => {
        const scoring = score({ S1: symbols }, { S1: symbols }, { levels: ['allele', 'gene', 'family'] })
        for (const level of ['allele', 'gene', 'family'] as const)
          for (const metric of ['sensitivity', 'precision', 'f1_score', 'jaccard_index'])
            expect(quantity(scoring, metric, { level }).value).toBe(1)
      }),
    )
  })

  test('one more wrong call never raises precision, F1 or specificity', () => {
    fc.assert(
      fc.property(anyCase, ({ truth, found }) => {
        const first = found[0] ?? []
        const settings = { universe: { kind: 'list', name: 'all', symbols: [...SYMBOLS, 'erm(B)'] } } as const
        const before = score(named(truth), { S1: first }, settings)
        const after = score(named(truth), { S1: [...first, call('erm(B)')] }, settings)
        for (const metric of ['precision', 'f1_score', 'specificity']) {
          const [was, is] = [quantity(before, metric).value, quantity(after, metric).value]
          if (was !== null && is !== null) expect(is, metric).toBeLessThanOrEqual(was)
        }
      }),
      { numRuns: 60 },
    )
  })
})
