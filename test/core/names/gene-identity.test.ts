import { describe, expect, test } from 'vitest'
import { aliasTable } from '../../../src/core/names/aliases.ts'
import { type NameTables, normaliseAro, ontologyTerm, symbolIdentifier } from '../../../src/core/names/gene-identity.ts'
import { openReferenceTerms } from '../../../src/core/names/reference-terms.ts'
import { buildVocabulary, type Identity } from '../../../src/core/names/vocabulary.ts'

const tables: NameTables = {
  aliases: aliasTable({}),
  userAliases: new Set(),
  vocabulary: {
    ontology: null,
    referenceTerm: openReferenceTerms([
      { database: 'ncbi', mappings: [{ entry: '1|WP_1.1|NG_050145.1|1', aro: 'ARO:3000873', isWeak: false }] },
      { database: 'resfinder', mappings: [{ entry: 'sul1_10_DQ143913', aro: 'ARO:3000410', isWeak: false }] },
    ]),
  },
}

describe('the ladder', () => {
  test('rung 1: an ARO accession in any spelling', () => {
    for (const text of [
      '3000873',
      'ARO:3000873',
      'ARO_3000873',
      ' aro:3000873 ',
      'http://purl.obolibrary.org/obo/ARO_3000873',
    ])
      expect(normaliseAro(text)).toBe('ARO:3000873')
    for (const text of ['', 'NA', 'TEM-1', '300087']) expect(normaliseAro(text)).toBeNull()
  })

  test('rung 2: the accession of the reference sequence, with or without version, or its entry name', () => {
    const gene = { geneSymbol: 'blaTEM-1', aro: null }
    expect(ontologyTerm({ ...gene, accession: 'ng_050145.1' }, tables)).toEqual({
      id: 'ARO:3000873',
      rung: 'accession',
    })
    expect(ontologyTerm({ geneSymbol: 'sul1_10_DQ143913', aro: null }, tables)?.id).toBe('ARO:3000410')
    expect(ontologyTerm({ ...gene, accession: 'X1' }, tables)).toBeNull()
    expect(ontologyTerm({ ...gene, aro: '3000001', accession: 'NG_050145' }, tables)).toEqual({
      id: 'ARO:3000001',
      rung: 'aro',
    })
  })

  test('rungs 3 and 4: the symbol, or what an alias makes of it', () => {
    expect(symbolIdentifier('blaTEM-1', tables.aliases)).toEqual({ id: 'tem1', rung: 'symbol' })
    expect(symbolIdentifier('strA', tables.aliases)).toEqual({ id: "aph3''i.b", rung: 'alias' })
    expect(symbolIdentifier('?', tables.aliases)).toEqual({ id: '?', rung: 'symbol' })
  })
})

describe('alias table', () => {
  test('older names of well-known genes are built in', () => {
    const table = aliasTable({})
    for (const [older, today] of [
      ['strB', 'aph(6)-Id'],
      ['aadB', "ant(2'')-Ia"],
      ['catI', 'catA1'],
      ['aacA4', "aac(6')-Ib"],
      ["ANT(3'')-IIa", 'aadA1'],
    ] as const)
      expect(symbolIdentifier(older, table).id).toBe(symbolIdentifier(today, table).id)
  })

  test('a table of the user extends and overrides them', () => {
    const table = aliasTable({ 'my gene': 'sul1', strA: 'sul2' })
    expect(symbolIdentifier('MY-GENE', table).id).toBe('sul1')
    expect(symbolIdentifier('strA', table).id).toBe('sul2')
  })

  test('chains are followed, and a circle ends in one name wherever it is entered', () => {
    expect(symbolIdentifier('a1', aliasTable({ a1: 'a2', a2: 'a3' })).id).toBe('a3')
    const circle = aliasTable({ x1: 'x2', x2: 'x3', x3: 'x1' })
    const ends = ['x1', 'x2', 'x3'].map((name) => symbolIdentifier(name, circle).id)
    expect(new Set(ends).size).toBe(1)
  })
})

describe('vocabulary of a truth', () => {
  const thing = (weak: string, strong?: string): Identity<'aro' | 'symbol'> => ({
    strong: strong === undefined ? null : { id: strong, rung: 'aro' },
    weak: { id: weak, rung: 'symbol' },
  })
  const nothing = new Set<string>()

  test('terms are compared where both sides have one, spellings otherwise', () => {
    const { resolve } = buildVocabulary([thing('tem1', 'ARO:1'), thing('sul1')], { strict: true })
    expect(resolve(thing('rtem1', 'ARO:1'), nothing)).toEqual({ id: 'ARO:1', rung: 'aro' })
    expect(resolve(thing('tem1'), nothing)).toEqual({ id: 'ARO:1', rung: 'symbol' })
    expect(resolve(thing('sul1', 'ARO:7'), nothing)).toEqual({ id: 'sul1', rung: 'symbol' })
    expect(resolve(thing('tem1', 'ARO:2'), nothing)).toEqual({ id: 'ARO:2', rung: 'aro' })
    expect(resolve(thing('new'), nothing)).toEqual({ id: 'new', rung: 'symbol' })
  })

  test('a truth that gives the term in one sample only still has one key', () => {
    const { keyOf } = buildVocabulary([thing('tem1', 'ARO:1'), thing('tem1')], { strict: true })
    expect(keyOf(thing('tem1')).id).toBe('ARO:1')
  })

  test('of two genes spelled alike the one that is wanted is taken', () => {
    const { resolve } = buildVocabulary([thing('cat', 'ARO:1'), thing('cat', 'ARO:2')], { strict: true })
    expect(resolve(thing('cat'), new Set(['ARO:2'])).id).toBe('ARO:2')
    expect(resolve(thing('cat'), nothing).id).toBe('ARO:1')
  })

  test('findings the truth does not know share a key when one row gives the term and another does not', () => {
    const findings = [thing('new', 'ARO:9'), thing('new')]
    const { resolve } = buildVocabulary([thing('sul1')], { strict: true, findings })
    expect(findings.map((finding) => resolve(finding, nothing).id)).toEqual(['ARO:9', 'ARO:9'])
  })

  test('without strictness a foreign strong name falls back to the spelling', () => {
    const { resolve } = buildVocabulary([thing('blatem', 'temtype')], { strict: false })
    expect(resolve(thing('blatem', 'classa'), nothing).id).toBe('temtype')
    expect(resolve(thing('blakpc', 'classa'), nothing).id).toBe('blakpc')
  })
})
