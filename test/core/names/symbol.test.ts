import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { familyOfName, familyOfSymbol, geneOfSymbol } from '../../../src/core/names/series.ts'
import { normaliseSymbol } from '../../../src/core/names/symbol.ts'

const gene = (symbol: string): string => geneOfSymbol(normaliseSymbol(symbol))
const family = (symbol: string): string => familyOfSymbol(normaliseSymbol(symbol), /^bla/i.test(symbol))

describe('two spellings of one gene are equal', () => {
  test.each([
    ['blaTEM-1', 'TEM-1', 'prefix'],
    ['tet(A)', 'tetA', 'brackets'],
    ['tet(A)', 'TETA', 'case'],
    ['erm(X)', 'ErmX', 'case and brackets'],
    ['sul1', 'sul1_10_DQ143913', 'running number and accession'],
    ['mcr-1.26', 'mcr-1.26_1_NG_068218', 'RefSeq accession'],
    ['kmr', 'kmr_1_ENA_ACB88605', 'ENA accession'],
    ['blaKPC-40', 'blaKPC-40_1_NG_064726:101-988', 'accession with a range'],
    ['fosA', 'fosA_7_AEXB01000013 ', 'trailing blank'],
    ['blaTEM-1B', 'blaTEM-1B_1', 'running number only'],
    ['KpnE', 'Klebsiella pneumoniae KpnE', 'species in front'],
    ['emrE', 'Escherichia_coli_emrE', 'species with underscores'],
    ['lamB', 'ESCHERICHIA_COLI_LAMB', 'species in capitals'],
    ["aac(6')-Ib-cr", "aac(6')Ib-cr", 'missing hyphen'],
    ["aph(3'')-Ib", "APH(3'')-Ib", 'CARD capitals'],
    ["aph(3'')-Ib", 'aph(3")-Ib', 'double quote for two primes'],
    ["aph(3'')-Ib", 'aph(3″)-Ib', 'Unicode double prime'],
    ["aac(6')-Ib", 'aac(6′)-Ib', 'Unicode prime'],
    ["aac(6')-Ib", 'aac(6´)-Ib', 'acute accent'],
    ["aac(6')-Ib", 'AAC6-PRIME-IB', 'MEGARes word'],
    ["ant(2'')-Ia", 'ANT2-DPRIME-IA', 'MEGARes word for two'],
    ["aac(6')-Ib", 'aac6-Ib', 'no primes where only one number of them exists'],
    ['blaZ', 'PC1 beta-lactamase (blaZ)', 'CARD name with the symbol in brackets'],
    ['blaTEM-1', '(Bla)blaTEM-1', 'ARG-ANNOT class tag'],
    ['sul1', '\u{FF53}ul1', 'full-width letter'],
    ['CTX-M-15', 'ctx_m_15', 'separators'],
    ['qacEdelta1', 'qacEΔ1', 'Greek delta'],
  ])('%s = %s (%s)', (left, right) => {
    expect(normaliseSymbol(right)).toBe(normaliseSymbol(left))
  })
})

describe('two genes stay two', () => {
  test.each([
    ['sul1', 'sul2'],
    ['mcr-1.1', 'mcr-11'],
    ['mcr-1', 'mcr-3'],
    ['tet(40)', 'tet(41)'],
    ['tet_40', 'tet_41'],
    ['tet(A)', 'tetA(P)'],
    ["aph(3')-Ia", "aph(3'')-Ia"],
    ["aac(6')-Ib", "aac(6')-Ib'"],
    ["aac(6')-Ib", "aac(6')-Ib-cr"],
    ["aac(6')-Iid", "aac(6')-IId"],
    ["aac(6')-Ii", "aac(6')-II"],
    ["aph(3')-III", "aph(3')-IIIa"],
    ['blaL', 'blaL1'],
    ['blaZ', 'Z'],
    ['OXA-1', 'OXA-10'],
    ['tet(O/W)-1', 'tet(O/W/O)-1'],
    ['blaSGM', 'sgm-1'],
  ])('%s is not %s', (left, right) => {
    expect(gene(left)).not.toBe(gene(right))
  })
})

describe('gene of an allele', () => {
  test.each([
    ['blaTEM-1B', 'TEM-1'],
    ['blaTEM-52C', 'blaTEM-52'],
    ['blaCTX-M-14b', 'CTX-M-14'],
    ['mcr-9.1', 'mcr-9'],
  ])('%s is an allele of %s', (allele, of) => {
    expect(normaliseSymbol(allele)).not.toBe(normaliseSymbol(of))
    expect(gene(allele)).toBe(gene(of))
  })

  test.each(['blaACC-1a', 'blaOXA-114b', 'blaSHV-2a', 'aadA1b', 'fosA7'])('%s is a gene of its own', (symbol) => {
    expect(gene(symbol)).toBe(normaliseSymbol(symbol))
  })
})

describe('family', () => {
  test.each([
    ['blaTEM-1B', 'blatem'],
    ['TEM-1', 'blatem'],
    ['blaTEM', 'blatem'],
    ['CTX-M-15', 'blactxm'],
    ['blaOXY-1-4', 'blaoxy'],
    ['blaOXA-48-like', 'blaoxa'],
    ['blaB-13', 'blab'],
    ['qnrB19', 'qnrb'],
    ['qnrVC4', 'qnrvc'],
    ['aadA1b', 'aada'],
    ['dfrA12', 'dfra'],
    ['catB3', 'catb'],
    ['fosA7.5', 'fosa'],
    ["aac(6')-Ib-cr", "aac6'i"],
    ["aac(6')-IIa", "aac6'ii"],
    ['mcr-1.3', 'mcr1'],
  ])('%s belongs to %s', (symbol, expected) => {
    expect(family(symbol)).toBe(expected)
  })

  test.each(['sul1', 'sul2', 'tet(40)', 'erm(42)', 'mcr-3', 'blaZ', 'blaL1', 'cat86', 'sgm', 'armA'])(
    '%s has no series and keeps its number',
    (symbol) => {
      expect(family(symbol)).toBe(normaliseSymbol(symbol))
    },
  )

  test('family columns of NCBI and CARD are spelled like families of symbols', () => {
    expect(familyOfName('blaTEM')).toBe(family('blaTEM-1B'))
    expect(familyOfName('TEM beta-lactamase')).toBe(family('blaTEM-1B'))
    expect(familyOfName('CTX-M beta-lactamase')).toBe(family('CTX-M-15'))
    expect(familyOfName('qnrB')).toBe(family('qnrB19'))
  })
})

test('a normalised symbol holds lower case letters, digits, primes, dots and plus signs only', () => {
  const letters = fc.string({
    unit: fc.constantFrom(...Array.from('abcdefgXYZ0123456789()-_./ ')),
    minLength: 1,
    maxLength: 12,
  })
  fc.assert(
    fc.property(letters, (text) => {
      const once = normaliseSymbol(text)
      expect(once).toMatch(/^[a-z0-9'.+]*$/)
    }),
  )
})
