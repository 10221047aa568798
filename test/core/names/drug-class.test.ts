import { describe, expect, test } from 'vitest'
import { drugClasses } from '../../../src/core/names/drug-class.ts'

const classes = (text: string, symbol = ''): readonly string[] => [
  ...new Set(drugClasses(text, symbol).map(({ id }) => id)),
]

describe('names of one class in different tools', () => {
  test.each([
    ['AMINOGLYCOSIDE', 'aminoglycoside'],
    ['Aminoglycosides', 'aminoglycoside'],
    ['aminoglycoside antibiotic', 'aminoglycoside'],
    ['Aminoglycoside resistance', 'aminoglycoside'],
    ['Aminocyclitol', 'aminoglycoside'],
    ['BETA-LACTAM', 'beta_lactam'],
    ['betalactams', 'beta_lactam'],
    ['CARBAPENEM', 'beta_lactam'],
    ['penam', 'beta_lactam'],
    ['fluoroquinolone antibiotic', 'quinolone'],
    ['QUINOLONE', 'quinolone'],
    ['PHENICOL', 'phenicol'],
    ['Amphenicol', 'phenicol'],
    ['CHLORAMPHENICOL', 'phenicol'],
    ['Sulphonamide resistance', 'sulfonamide'],
    ['diaminopyrimidine antibiotic', 'trimethoprim'],
    ['phosphonic acid antibiotic', 'fosfomycin'],
    ['COLISTIN', 'polymyxin'],
    ['Steroid antibacterial', 'fusidane'],
    ['Pseudomonic acid', 'mupirocin'],
    ['STREPTOTHRICIN', 'nucleoside'],
    ['QUATERNARY AMMONIUM', 'biocide'],
    ['disinfecting agents and antiseptics', 'biocide'],
    ['MERCURY', 'metal'],
    ['glycylcycline', 'tetracycline'],
    ['AMOXICILLIN-CLAVULANIC_ACID', 'beta_lactam'],
    ['Unknown Beta-lactam', 'beta_lactam'],
    ['Beta-lactam resistance Alternate name; RblaTEM-1', 'beta_lactam'],
  ])('%s is %s', (text, expected) => {
    expect(classes(text)).toEqual([expected])
  })
})

test('several classes in one field are split, whatever separates them', () => {
  expect(classes('MACROLIDE/PHENICOL')).toEqual(['macrolide', 'phenicol'])
  expect(classes('PHENICOL;QUINOLONE')).toEqual(['phenicol', 'quinolone'])
  expect(classes('Fluoroquinolone and aminoglycoside resistance')).toEqual(['quinolone', 'aminoglycoside'])
  expect(classes('carbapenem; cephalosporin; penam')).toEqual(['beta_lactam'])
})

test('MLS in all its spellings is macrolide, lincosamide and streptogramin', () => {
  for (const text of [
    'MLS',
    'MLSB',
    'MACROLIDE/LINCOSAMIDE/STREPTOGRAMIN',
    'Macrolide, Lincosamide and Streptogramin B resistance',
    'lincosamide;macrolide;streptogramin A;streptogramin B',
  ])
    expect([...classes(text)].sort(), text).toEqual(['lincosamide', 'macrolide', 'streptogramin'])
})

test('multidrug stays a class of its own and stands for no other', () => {
  for (const text of ['multidrug', 'MULTIDRUG', 'Multi-drug_resistance', 'EFFLUX'])
    expect(classes(text)).toEqual(['multidrug'])
})

test('the gene decides what an umbrella name means', () => {
  expect(classes('Folate pathway antagonist', 'sul1')).toEqual(['sulfonamide'])
  expect(classes('Folate pathway antagonist', 'dfra12')).toEqual(['trimethoprim'])
  expect(classes('Folate pathway antagonist', 'other')).toEqual(['folate_pathway_antagonist'])
  expect(classes('peptide antibiotic', 'mcr1')).toEqual(['polymyxin'])
  expect(classes('peptide antibiotic', 'dlta')).toEqual(['peptide'])
  expect(classes('glycopeptide antibiotic', 'ble')).toEqual(['bleomycin'])
  expect(classes('glycopeptide antibiotic', 'vana')).toEqual(['glycopeptide'])
})

test('a text that says nothing gives no class', () => {
  for (const text of ['', 'NA', '-', 'unclassified', 'Unknown', 'Warning: gene is missing from Notes file.'])
    expect(classes(text), text).toEqual([])
})

test('a name in no table stays as it is, and says so', () => {
  expect(drugClasses('Wonderdrug X', '')).toEqual([{ id: 'wonderdrug_x', known: false }])
})
