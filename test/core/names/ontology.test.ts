import { describe, expect, test } from 'vitest'
import { aliasTable } from '../../../src/core/names/aliases.ts'
import { type NameTables, ontologyTerm } from '../../../src/core/names/gene-identity.ts'
import { openOntology } from '../../../src/core/names/ontology.ts'
import { openReferenceTerms } from '../../../src/core/names/reference-terms.ts'
import { readOntology, vocabularyFixture, vocabularyOf } from '../../support/small-vocabulary.ts'

const ontology = await readOntology(vocabularyFixture('small.obo'))

describe('what genes inherit over is_a', () => {
  test('the family is the nearest ancestor with a drug class, else the parent; a family is its own', () => {
    expect(ontology.familyOf('ARO:9000102')).toBe('ARO:9000101')
    expect(ontology.familyOf('ARO:9000101')).toBe('ARO:9000101')
    // tet(A) states a drug class itself, but has no children and no ancestor that does.
    expect(ontology.familyOf('ARO:9000201')).toBe('ARO:9000200')
    expect(ontology.familyOf('ARO:0000000')).toBeNull()
  })

  test('drug classes and drugs, its own and those of its ancestors', () => {
    expect(ontology.drugsOf('ARO:9000102')).toEqual(['ampicillin', 'cephalosporin'])
    expect(ontology.drugsOf('ARO:9000103')).toEqual(['cephalosporin'])
    expect(ontology.drugsOf('ARO:9000203')).toEqual([])
  })

  test('a mechanism is one of the main ones, however finely it is stated', () => {
    expect(ontology.mechanismsOf('ARO:9000102')).toEqual(['antibiotic inactivation'])
    expect(ontology.mechanismsOf('ARO:9000201')).toEqual(['antibiotic efflux'])
    expect(ontology.mechanismsOf('ARO:9000010')).toEqual([])
  })

  test('determinants are what stands below their root, once each', () => {
    expect(ontology.determinants.map(({ id }) => id).sort()).toEqual(
      [100, 101, 102, 103, 200, 201, 202, 203].map((id) => `ARO:${String(9_000_000 + id)}`),
    )
  })

  test('equally near ancestors come by id, whatever the order of the file', () => {
    const term = (id: string, parents: string[], drugClasses: string[] = []) => ({
      id,
      name: id,
      synonyms: [],
      parents,
      drugClasses,
      antibiotics: [],
      mechanisms: [],
    })
    const terms = [term('A', ['C', 'B']), term('B', [], ['X']), term('C', [], ['X']), term('X', [])]
    for (const list of [terms, [...terms].reverse()]) expect(openOntology(list).familyOf('A')).toBe('B')
  })
})

describe('names of genes', async () => {
  const vocabulary = await vocabularyOf(vocabularyFixture('small.obo'), [])
  const tables = (aliases: Record<string, string> = {}): NameTables => ({
    aliases: aliasTable(aliases),
    userAliases: new Set(Object.keys(aliases)),
    vocabulary,
  })
  const term = (geneSymbol: string, of = tables()) => ontologyTerm({ geneSymbol, aro: null }, of)

  test('names, exact synonyms, and what silent letters stand for', () => {
    for (const name of ['TEM-1', 'blaTEM-1', 'tem1', 'TEM-1B', 'blaTEM-1B', 'blaTEM-1D'])
      expect(term(name), name).toEqual({ id: 'ARO:9000102', rung: 'ontology_name' })
  })

  test('what two terms are called, what is called so broadly, and drugs are no genes', () => {
    for (const name of ['common name', 'TEM', 'ampicillin', 'old name', '?', '']) expect(term(name), name).toBeNull()
    // A drug class has the synonym tet(A) too; it is no determinant.
    expect(term('tetA')?.id).toBe('ARO:9000201')
  })

  test('what the user says goes before what the ontology calls it', () => {
    expect(term('tem1', tables({ tem1: 'TEM-52' }))).toEqual({ id: 'ARO:9000103', rung: 'alias' })
    expect(term('mine', tables({ mine: 'ARO:9000202' }))).toEqual({ id: 'ARO:9000202', rung: 'alias' })
    // An accession the tool gives is not a name.
    expect(ontologyTerm({ geneSymbol: 'tem1', aro: '9000102' }, tables({ tem1: 'TEM-52' }))?.id).toBe('ARO:9000102')
  })
})

describe('entries of reference databases', () => {
  const strict = (entry: string, aro: string) => ({ entry, aro, isWeak: false })
  const terms = openReferenceTerms([
    {
      database: 'ncbi',
      mappings: [strict('1|WP_000001.1|NG_000001.1|1', 'ARO:1'), { entry: '2|WP_2.1||1', aro: 'ARO:2', isWeak: true }],
    },
    {
      database: 'resfinder',
      mappings: [
        strict('OqxA_1_EU370913', 'ARO:3'),
        strict('OqxB_1_EU370913', 'ARO:4'),
        strict('sul1_2_NG_048081.1', 'ARO:5'),
      ],
    },
    { database: 'deeparg', mappings: [strict('AAB1.2|FEATURES|tetM|tetracycline|tetM', 'ARO:6')] },
    { database: 'megares', mappings: [strict('MEG_7|Drugs|class|mechanism|GROUP', 'ARO:7')] },
  ])

  test('AMRFinderPlus and ABRicate give the protein or the nucleotide, with or without version', () => {
    const gene = { geneSymbol: 'x', tool: 'amrfinderplus' }
    for (const accession of ['WP_000001.1', 'WP_000001', 'wp_000001.2', 'NG_000001.1'])
      expect(terms({ ...gene, accession }), accession).toBe('ARO:1')
    expect(terms({ geneSymbol: 'x', accession: 'NG_000001.1', database: 'ncbi', tool: 'abricate' })).toBe('ARO:1')
  })

  test('a Loose hit identifies nothing', () => {
    expect(terms({ geneSymbol: 'x', accession: 'WP_2.1', tool: 'amrfinderplus' })).toBeNull()
  })

  test('ResFinder takes gene and accession together: one record holds many genes', () => {
    const resfinder = { accession: 'EU370913', database: 'resfinder' }
    expect(terms({ geneSymbol: 'oqxA', ...resfinder })).toBe('ARO:3')
    expect(terms({ geneSymbol: 'OqxB', ...resfinder })).toBe('ARO:4')
    expect(terms({ geneSymbol: 'OqxB_1', ...resfinder, tool: 'abricate' })).toBe('ARO:4')
    expect(terms({ geneSymbol: 'other', ...resfinder })).toBeNull()
    expect(terms({ geneSymbol: 'OqxA_1_EU370913', tool: 'kma' })).toBe('ARO:3')
    expect(terms({ geneSymbol: 'sul1', accession: 'NG_048081', tool: 'staramr' })).toBe('ARO:5')
  })

  test('DeepARG and MEGARes are known by the first field or the whole name', () => {
    expect(terms({ geneSymbol: 'TETM', accession: 'AAB1.2', tool: 'deeparg' })).toBe('ARO:6')
    expect(terms({ geneSymbol: 'TETM', geneName: 'AAB1.2|FEATURES|tetM|tetracycline|tetM', tool: 'deeparg' })).toBe(
      'ARO:6',
    )
    expect(terms({ geneSymbol: 'GROUP', accession: 'MEG_7', database: 'megares' })).toBe('ARO:7')
  })

  test('a hit is never looked up in the table of another database', () => {
    expect(terms({ geneSymbol: 'x', accession: 'WP_000001.1', database: 'card' })).toBeNull()
    expect(terms({ geneSymbol: 'x', accession: 'WP_000001.1', database: 'resfinder' })).toBeNull()
    expect(terms({ geneSymbol: 'x', accession: 'WP_000001.1' })).toBe('ARO:1')
  })

  test('entries that tables disagree on identify nothing', () => {
    const rivals = openReferenceTerms([
      { database: 'a', mappings: [strict('X1', 'ARO:1')] },
      { database: 'b', mappings: [strict('X1', 'ARO:2')] },
    ])
    expect(rivals({ geneSymbol: 'X1' })).toBeNull()
    expect(rivals({ geneSymbol: 'X1', database: 'a' })).toBe('ARO:1')
  })
})
