import { describe, expect, test } from 'vitest'
import { scoreAmr } from '../../../src/core/amr/score-amr.ts'
import { explainAmr } from '../../../src/core/amr/explain.ts'
import { DEFAULT_AMR_SCORING } from '../../../src/core/scoring-options.ts'
import { vocabularyFixture, vocabularyOf } from '../../support/small-vocabulary.ts'
import { call, counts, gene, predictionsOf, quantity, score, truthOf } from './amr-case.ts'

const vocabulary = await vocabularyOf(vocabularyFixture('small.obo'), [vocabularyFixture('ncbi.tsv')])
const LEVELS = { levels: ['allele', 'gene', 'family', 'drug_class', 'mechanism'] as const }

describe('with an ontology', () => {
  test('level gene: what the ontology calls the same is the same, and the match says why', () => {
    const scoring = score({ S1: ['RTEM, the first'] }, { S1: ['blaTEM-1B'] }, {}, { vocabulary })
    expect(scoring.matches).toMatchObject([{ status: 'TP', key: 'ARO:9000102', rung: 'ontology_name' }])
    expect(counts(score({ S1: ['RTEM, the first'] }, { S1: ['blaTEM-1B'] }))).toBe('0/1/1/-')
  })

  test('level gene: an accession is looked up in the table of the tool’s database', () => {
    const hit = call('some name', { accession: 'WP_000001.1', tool: 'amrfinderplus' })
    const scoring = score({ S1: ['TEM-1'] }, { S1: [hit] }, {}, { vocabulary })
    expect(scoring.matches).toMatchObject([{ status: 'TP', rung: 'accession' }])
  })

  test('level gene: two stated terms differ though spelled alike; a term from the spelling alone is no evidence', () => {
    const of = (truth: string | null, found: string | null): string =>
      counts(
        score({ S1: [gene('TEM-1', { aro: truth })] }, { S1: [call('TEM-1', { aro: found })] }, {}, { vocabulary }),
      )
    expect(of('ARO:9000103', 'ARO:9000102')).toBe('0/1/1/-')
    expect(of(null, 'ARO:9000103')).toBe('1/0/0/-')
    expect(of('ARO:9000103', null)).toBe('1/0/0/-')
    expect(of(null, null)).toBe('1/0/0/-')
  })

  test('level family: the family of the term, or the one its series is called like', () => {
    const family = (found: string): string =>
      counts(score({ S1: ['TEM-1'] }, { S1: [found] }, { levels: ['family'] }, { vocabulary }), { level: 'family' })
    expect(family('TEM-52')).toBe('1/0/0/-')
    // Not a term, but the series is.
    expect(family('blaTEM-999')).toBe('1/0/0/-')
    expect(family('tet(A)')).toBe('0/1/1/-')
    expect(
      counts(score({ S1: ['tet(A)'] }, { S1: ['tet(B)'] }, { levels: ['family'] }, { vocabulary }), {
        level: 'family',
      }),
    ).toBe('1/0/0/-')
  })

  test('level drug_class: a truth without classes takes them from the ontology, and so do the hits', () => {
    const hits = { S1: [call('TEM-52', { drugClasses: ['AMINOGLYCOSIDE'] }), 'tet(B)'] }
    const scoring = score({ S1: ['TEM-1', 'tet(A)'] }, hits, LEVELS, { vocabulary })
    expect(counts(scoring, { level: 'drug_class' })).toBe('2/0/0/-')
    expect(scoring.matches.filter(({ level }) => level === 'drug_class').map(({ key, rung }) => [key, rung])).toEqual([
      ['beta_lactam', 'ontology_class'],
      ['tetracycline', 'ontology_class'],
    ])
    expect(quantity(score({ S1: ['TEM-1'] }, hits, LEVELS), 'sensitivity', { level: 'drug_class' }).reason).toBe(
      'not_applicable',
    )
  })

  test('level drug_class: what truth and tool state themselves goes first, the ontology fills the gaps', () => {
    const truth = { S1: [gene('TEM-1', { drugClasses: ['BETA-LACTAM'] }), 'tet(A)'] }
    const hits = { S1: [call('TEM-1', { drugClasses: ['AMINOGLYCOSIDE'] }), 'tet(A)'] }
    expect(counts(score(truth, hits, LEVELS, { vocabulary }), { level: 'drug_class' })).toBe('1/1/1/-')
  })

  test('level mechanism can be scored', () => {
    const scoring = score({ S1: ['TEM-1', 'tet(A)'] }, { S1: ['TEM-52', 'TEM-1'] }, LEVELS, { vocabulary })
    expect(counts(scoring, { level: 'mechanism' })).toBe('1/0/1/-')
    expect(
      quantity(score({ S1: ['TEM-1'] }, { S1: ['TEM-1'] }, LEVELS), 'f1_score', { level: 'mechanism' }).reason,
    ).toBe('not_applicable')
  })

  test('a mechanism that only the tool states is compared by its text', () => {
    const hits = { S1: [call('unheard of', { mechanism: 'Antibiotic inactivation; antibiotic efflux' })] }
    expect(counts(score({ S1: ['TEM-1'] }, hits, LEVELS, { vocabulary }), { level: 'mechanism' })).toBe('1/1/0/-')
  })

  test('the comparability key names the vocabulary, and none without', () => {
    const source = { kind: 'ontology', name: 'aro', sha256: 'ab'.repeat(32) } as const
    const keyed = score({ S1: ['a'] }, { S1: [] }, { vocabulary: { sources: [source] } }, { vocabulary })
    expect(keyed.comparability['vocabulary']).toBe(`ontology:aro:${'ab'.repeat(8)}`)
    expect(score({ S1: ['a'] }, { S1: [] }).comparability['vocabulary']).toBe('none')
  })

  test('an alias for one level changes that level only, and the key', () => {
    const of = (levelAliases: object) =>
      score({ S1: ['TEM-1'] }, { S1: ['odd'] }, { levels: ['gene', 'family'], levelAliases }, { vocabulary })
    const scoring = of({ family: { odd: 'TEM beta-lactamase' } })
    expect([counts(scoring), counts(scoring, { level: 'family' })]).toEqual(['0/1/1/-', '1/0/0/-'])
    expect(scoring.comparability['aliases']).not.toBe(of({}).comparability['aliases'])
  })
})

describe('explanations', () => {
  const explain = (
    truth: Parameters<typeof truthOf>[0],
    found: Parameters<typeof predictionsOf>[0],
    options: Partial<typeof DEFAULT_AMR_SCORING> = {},
  ): string[] => {
    const input = {
      truth: truthOf(truth),
      predictions: predictionsOf(found),
      options: { ...DEFAULT_AMR_SCORING, levels: ['gene'] as const, ...options },
      vocabulary,
    }
    return explainAmr(input, scoreAmr(input).matches).map(
      ({ status, callSymbol, truthSymbol, reasons }) =>
        `${status} ${callSymbol ?? '-'} ${truthSymbol ?? '-'} ${reasons.map(({ code }) => code).join(' ')}`,
    )
  }

  test('the nearest missed gene is the one of the family, not the one at hand first', () => {
    expect(explain({ S1: ['tet(C)', 'TEM-1', 'vanX'] }, { S1: ['TEM-52'] })).toEqual([
      'FP TEM-52 TEM-1 same_parent same_class',
    ])
  })

  test('a gene at the same place is nearest of all', () => {
    const at = { contig: 'c1', start: 100, stop: 900 }
    const truth = { S1: [gene('TEM-1'), gene('tet(A)', at), gene('vanX', { contig: 'c1', start: 5000, stop: 6000 })] }
    expect(explain(truth, { S1: [call('TEM-52', { ...at, start: 110 })] })).toEqual([
      'FP TEM-52 tet(A) same_place other_class',
    ])
  })

  test('a slip of spelling, and nothing in common', () => {
    expect(explain({ S1: ['vanXYZ'] }, { S1: ['vanXYQ', 'mecA'] })).toEqual([
      'FP vanXYQ vanXYZ similar_name',
      'FP mecA - unrelated',
    ])
    expect(explain({ S1: ['vanX'] }, { S1: ['vanX', 'mecA'] })).toEqual(['FP mecA - unrelated'])
  })

  test('a missed gene that was reported below a cut-off says so', () => {
    const hits = { S1: [call('tetA', { identity: 80 }), call('TEM-1', { flags: { cut_off: 'Loose' } })] }
    expect(explain({ S1: ['tet(A)', 'TEM-1', 'vanX'] }, hits, { minIdentity: 90 })).toEqual([
      'FN tetA tet(A) left_out',
      'FN TEM-1 TEM-1 left_out',
    ])
  })

  test('equal names of two terms', () => {
    expect(
      explain({ S1: [gene('x', { aro: 'ARO:9000102' })] }, { S1: [call('x', { aro: 'ARO:9000202' })] })[0],
    ).toMatch(/^FP x x same_name/)
  })
})
