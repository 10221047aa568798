import { describe, expect, test } from 'vitest'
import { truthWarnings } from '../../../src/core/pathogen/truth-warnings.ts'
import { DEFAULT_PATHOGEN_SCORING } from '../../../src/core/pathogen/scoring-options.ts'
import { absent, type GivenTaxon, present, report, scoring, truthOf, valueOf } from './pathogen-case.ts'

const truth = truthOf({ A: [present('11'), ...absent('12', '21')] })
const found = (rows: readonly string[], options: Parameters<typeof scoring>[2] = {}, of = truth): unknown[] => {
  const scored = scoring(of, { A: report(...rows) }, options)
  return ['true_positives', 'false_positives', 'false_negatives'].map((metric) => valueOf(scored, 'A', metric))
}

describe('a call', () => {
  test('has at least so many reads of its clade, and so large a percentage', () => {
    const rows = ['11 = 10 : 0.5', '12 = 9 : 0.4']
    expect(found(rows)).toEqual([1, 1, 0])
    expect(found(rows, { minReads: 10 })).toEqual([1, 0, 0])
    expect(found(rows, { minReads: 11 })).toEqual([0, 0, 1])
    expect(found(rows, { minPercentage: 0.5 })).toEqual([1, 0, 0])
    expect(found(rows, { minReads: 5, minPercentage: 0.6 })).toEqual([0, 0, 1])
  })
  test('counts the reads of the whole clade, whatever stands below it', () => {
    // 9 of the 12 reads are those of the strain; they are not added again.
    expect(found(['1|11 = 12 : 1.2', '1|11|11.1 = 9 : 0.9'], { minReads: 13 })).toEqual([0, 0, 1])
    expect(found(['1|11 = 12 : 1.2', '1|11|11.1 = 9 : 0.9'], { minReads: 12 })).toEqual([1, 0, 0])
  })
  test('below the rank is lifted; several strains are one call, their reads added up', () => {
    const strains = ['1|11|11.1 = 6 : 0.6', '1|11|11.2 = 6 : 0.6']
    expect(found(strains, { minReads: 12 })).toEqual([1, 0, 0])
    expect(found(strains, { minReads: 13 })).toEqual([0, 0, 1])
  })
  test('at genus takes the species where there is no row of the genus', () => {
    const genera = truthOf({ A: [present('1', { rank: 'genus' }), { taxid: '2', rank: 'genus', status: 'absent' }] })
    expect(
      found(['1|11 = 6 : 0.6', '1|12 = 6 : 0.6', '1|11|11.1 = 6 : 0.6'], { callRank: 'genus', minReads: 12 }, genera),
    ).toEqual([1, 0, 0])
  })
  test('above the rank is none', () => {
    const genusRow = { ...report('11 = 5 : 1').taxa[0]!, taxid: '21', rank: 'genus', path: ['2', '', '', '', '', '21'] }
    const scored = scoring(truth, { A: { ranks: report().ranks, taxa: [genusRow] } })
    expect(valueOf(scored, 'A', 'false_positives')).toBe(0)
    // A table of genera scored at species would look like a tool that finds nothing.
    expect(scored.warnings).toEqual([
      'The prediction has no species, only genus: everything counts as missed. --call-rank chooses another rank.',
    ])
    // Kaiju's has one row of another rank, the viruses.
    const viruses = { ...genusRow, taxid: '10239', rank: 'superkingdom', path: ['10239'] }
    expect(scoring(truth, { A: { ranks: report().ranks, taxa: [genusRow, viruses] } }).warnings).toEqual([
      'The prediction has no species, only genus, superkingdom: everything counts as missed. --call-rank chooses another rank.',
    ])
    expect(scoring(truth, { A: report() }).warnings).toEqual([])
  })
  test('without a lineage below the rank is none, and that is said', () => {
    const strain = { ...report('1|11|11.1 = 5 : 1').taxa[0]!, path: ['', '', '', '', '', '', '', '11.1'] }
    const scored = scoring(truth, { A: { ranks: report().ranks, taxa: [strain] } })
    expect(valueOf(scored, 'A', 'true_positives')).toBe(0)
    expect(scored.warnings).toEqual([
      '1 taxa below the rank species have no lineage and are no calls, for example 11.1.',
    ])
  })
  test('of the host, or of what is below it, is none', () => {
    const rows = ['11 = 10 : 1', '12 = 90 : 9', '21 = 5 : 1']
    expect(found(rows, { hostTaxids: ['12'] })).toEqual([1, 1, 0])
    expect(found(rows, { hostTaxids: ['2'] })).toEqual([0, 0, 1]) // 2 is the kingdom of all of them
  })
  test('that states no reads passes --min-reads, which is said and kept in the key', () => {
    const scored = scoring(truth, { A: report('11 = - : 1') }, { minReads: 100 })
    expect(valueOf(scored, 'A', 'true_positives')).toBe(1)
    expect(scored.warnings.join()).toContain('states no reads')
    expect(scored.comparability['min_reads']).toBe('100 (reads not stated)')
  })
  test('has the taxid that its own was merged into, over several steps', () => {
    const merged = {
      digest: 'x',
      pairs: [
        ['7', '8'],
        ['8', '11'],
      ] as const,
    }
    expect(found(['1|7 = 5 : 1'])).toEqual([0, 0, 1]) // 7 is off the panel
    expect(found(['1|7 = 5 : 1'], { merged })).toEqual([1, 0, 0])
    expect(found(['1|7 = 5 : 1', '1|11 = 5 : 1'], { merged, minReads: 10 })).toEqual([1, 0, 0])
    const old = truthOf({ A: [present('8'), ...absent('12')] })
    expect(found(['1|11 = 5 : 1'], { merged }, old)).toEqual([1, 0, 0])
    const circle = { digest: 'y', pairs: [['11', '12'] as const, ['12', '11'] as const] }
    expect(found(['11 = 5 : 1'], { merged: circle })[0]).toBe(1)
  })
})

describe('the truth', () => {
  const strain = (more: Partial<GivenTaxon> = {}): GivenTaxon =>
    present('11.1', { rank: 'strain', lineage: {}, ...more })
  test('of a strain is lifted by its own lineage, and by the report where it has none', () => {
    const known = truthOf({ A: [strain({ lineage: { species: '11' } }), ...absent('12')] })
    expect(found(['11 = 5 : 1'], {}, known)).toEqual([1, 0, 0])
    const unknown = truthOf({ A: [strain(), ...absent('12')] })
    expect(found(['1|11 = 5 : 1', '1|11|11.1 = 5 : 1'], {}, unknown)).toEqual([1, 0, 0])
    // Nobody knows where it belongs: missed, and said.
    expect(found(['11 = 5 : 1'], {}, unknown)).toEqual([0, 0, 1])
    expect(truthWarnings(unknown, ['A'], DEFAULT_PATHOGEN_SCORING).join()).toContain('11.1')
    expect(truthWarnings(known, ['A'], DEFAULT_PATHOGEN_SCORING)).toEqual([])
  })
  test('adds up strains of one species, and a species is there whatever strain of it is not', () => {
    const of = (taxid: string, more: Partial<GivenTaxon>): GivenTaxon =>
      present(taxid, { rank: 'strain', lineage: { species: '11' }, ...more })
    const both = truthOf({
      A: [of('11.1', { reads: 4 }), of('11.2', { reads: 6 }), of('11.3', { status: 'absent' }), ...absent('12')],
    })
    expect(valueOf(scoring(both, { A: report('11 = 10 : 1') }), 'A', 'detection_rate', 'reads=10')).toBe(1)
    expect(valueOf(scoring(both, { A: report('11 = 10 : 1') }), 'A', 'true_negatives')).toBe(1)
  })
  test('above the rank is not scored, and that is said; the sample is no negative one', () => {
    const genus = truthOf({ A: [present('1', { rank: 'genus' }), ...absent('12')] })
    expect(found(['11 = 5 : 1'], {}, genus)).toEqual([0, 0, 0])
    expect(valueOf(scoring(genus, { A: report() }), 'A', 'fp_per_negative_sample')).toBe('not_applicable')
    expect(truthWarnings(genus, ['A'], DEFAULT_PATHOGEN_SCORING)).toEqual([
      'Not scored, because above the rank species (--call-rank chooses another): 1.',
    ])
  })
  test('off the panel, or without a level, is said', () => {
    const some = truthOf({ A: [present('11', { reads: 5 }), present('12')] })
    const panel = { kind: 'list', name: 'p', taxids: ['12'] } as const
    const said = truthWarnings(some, ['A'], { ...DEFAULT_PATHOGEN_SCORING, panel }).join('\n')
    expect(said).toMatch(/not on the panel: 11\./)
    expect(said).toMatch(/no reads: 12\./)
  })
  test('of a host makes no positive sample', () => {
    const human = truthOf({ A: [present('9606')], B: absent('11') })
    const scored = scoring(human, { A: report('11 = 3 : 1'), B: report() }, { hostTaxids: ['9606'] })
    expect(valueOf(scored, 'A', 'fp_per_negative_sample')).toBe(1)
    expect(valueOf(scored, 'A', 'sensitivity')).toBe('undefined_0/0')
  })
})
