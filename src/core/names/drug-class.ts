import { DRUG_AGENTS } from './drug-agents.ts'

/** Canonical resistance classes and what ResFinder, NCBI, CARD, DeepARG, MEGARes and ABRicate call them. */
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  aminoglycoside: ['aminocyclitol', 'amoniglycoside', 'spectinomycin streptomycin'],
  beta_lactam: [
    'beta lactam',
    'betalactam',
    'b lactam',
    'penam',
    'penem',
    'carbapenem',
    'cephalosporin',
    'cephamycin',
    'monobactam',
    'penicillin',
    'penicillin beta lactam',
    'ampc type',
    'beta lactam ampc type',
    'extended spectrum beta lactam',
  ],
  quinolone: ['fluoroquinolone', 'quinolone fluoroquinolone'],
  tetracycline: ['glycylcycline', 'tetracenomycin'],
  macrolide: ['ketolide'],
  lincosamide: [],
  streptogramin: ['streptogramin a', 'streptogramin b'],
  phenicol: ['amphenicol'],
  sulfonamide: ['sulphonamide', 'sulfone'],
  trimethoprim: ['diaminopyrimidine', 'trimethoprims'],
  fosfomycin: ['phosphonic acid', 'fosmidomycin'],
  glycopeptide: ['lipoglycopeptide'],
  polymyxin: ['lipopeptide polymyxin', 'cationic antimicrobial peptide polymyxin'],
  peptide: [
    'peptide antibiotic',
    'cationic antimicrobial peptide',
    'antimicrobial peptide',
    'lipopeptide',
    'polypeptide',
  ],
  bacitracin: ['cyclic peptide bacitracin'],
  rifamycin: ['rifamycins', 'ansamycin', 'rifampin'],
  oxazolidinone: [],
  pleuromutilin: [],
  nitroimidazole: ['metronidazole class'],
  nitrofuran: [],
  fusidane: ['steroid antibacterial', 'fusidic acid', 'fusidanes'],
  mupirocin: ['pseudomonic acid', 'mupirocin like'],
  nucleoside: ['streptothricin', 'nucleosides'],
  bleomycin: ['glycopeptide bleomycin'],
  aminocoumarin: ['coumarin'],
  antituberculosis: [
    'isonicotinic acid hydrazide',
    'synthetic derivative of nicotinamide',
    'thioamide',
    'diarylquinoline',
    'salicylic acid anti folate',
    'iminophenazine',
    'isoniazid like',
    'mycobacterium tuberculosis specific drug',
  ],
  biocide: [
    'disinfectant',
    'disinfecting agents and antiseptics',
    'antiseptic',
    'quaternary ammonium',
    'quaternary ammonium compound',
    'qac',
    'aldehyde',
    'hydrogen peroxide',
    'peroxide',
    'phenolic compound',
    'acridine dye',
    'acid',
    'drug and biocide',
    'biguanide',
  ],
  metal: [
    'arsenic',
    'mercury',
    'copper',
    'silver',
    'cadmium',
    'nickel',
    'tellurium',
    'zinc',
    'lead',
    'chromium',
    'cobalt',
    'gold',
    'iron',
    'copper silver',
    'heavy metal',
    'multi metal',
  ],
  // Which drugs these mean is unknown, so they stay a class of their own and never stand for the classes above.
  multidrug: [
    'multi',
    'multi drug',
    'multidrug efflux',
    'efflux',
    'multi drug resistance',
    'drug and biocide and metal',
  ],
}

/** Names that stand for several classes. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  mls: ['macrolide', 'lincosamide', 'streptogramin'],
  mlsb: ['macrolide', 'lincosamide', 'streptogramin'],
  'macrolide lincosamide streptogramin': ['macrolide', 'lincosamide', 'streptogramin'],
  'macrolide lincosamide streptogramin b': ['macrolide', 'lincosamide', 'streptogramin'],
  phlopsa: ['phenicol', 'lincosamide', 'oxazolidinone', 'pleuromutilin', 'streptogramin'],
}

/** Umbrella names whose class the gene decides: first matching start of the normalised gene symbol. */
const BY_GENE: Readonly<Record<string, readonly (readonly [start: RegExp, canonical: string])[]>> = {
  'folate pathway antagonist': [
    [/^sul/, 'sulfonamide'],
    [/^d(?:f|hf)r/, 'trimethoprim'],
  ],
  peptide: [
    [/^(?:mcr|pmr|arn|epta|ugd|icr)/, 'polymyxin'],
    [/^(?:bac|bcr)/, 'bacitracin'],
  ],
  glycopeptide: [[/^ble/, 'bleomycin']],
}

const NO_CLASS = new Set(['', 'na', 'n a', 'none', 'unknown', 'unclassified', 'other', 'unspecified', 'not available'])

const TABLE: ReadonlyMap<string, string> = new Map([
  ...Object.entries(CLASSES).flatMap(([canonical, synonyms]) =>
    [canonical.replaceAll('_', ' '), ...synonyms].map((name) => [name, canonical] as const),
  ),
  ...Object.entries(DRUG_AGENTS).flatMap(([canonical, agents]) => agents.map((agent) => [agent, canonical] as const)),
])

/** One class of a report, mapped; `known` is false when the name stands in no table and was only normalised. */
export interface DrugClass {
  readonly id: string
  readonly known: boolean
}

/**
 * Canonical classes of one class text of a report. Splits at `/ ; , |` and `and`, maps drugs to their class, expands
 * group names (MLS) and lets the gene decide for umbrella names (folate pathway antagonist). Texts that say nothing
 * (`unclassified`, `NA`) give none. A name in no table stays as its own normalised self.
 */
export const drugClasses = (text: string, normalisedSymbol: string): readonly DrugClass[] => {
  const whole = classWords(text)
  if (GROUPS[whole] !== undefined || TABLE.has(whole)) return mapName(whole, normalisedSymbol)
  return text
    .replace(/\balternate name\b.*$/i, '')
    .replace(/^\s*warning\b.*$/i, '')
    .split(/[/;,|]|\band\b/i)
    .flatMap((part) => mapName(classWords(part), normalisedSymbol))
}

/** Lower case words: `BETA-LACTAM antibiotics resistance` -> `beta lactam`. */
const classWords = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9+]+/g, ' ')
    .replace(/\b(?:antibiotics?|resistance|resistant|class|drugs?)\b/g, ' ')
    .replace(/^ *unknown\b(?=.*\S)/, ' ')
    .replace(/ +/g, ' ')
    .trim()

const mapName = (name: string, normalisedSymbol: string): readonly DrugClass[] => {
  if (NO_CLASS.has(name)) return []
  const group = GROUPS[name]
  if (group !== undefined) return group.map((id) => ({ id, known: true }))
  const canonical = TABLE.get(name) ?? TABLE.get(singular(name)) ?? TABLE.get(firstDrug(name))
  const deciding = BY_GENE[name] ?? BY_GENE[singular(name)] ?? BY_GENE[canonical ?? '']
  const decided = deciding?.find(([start]) => start.test(normalisedSymbol))?.[1]
  if (decided !== undefined) return [{ id: decided, known: true }]
  if (canonical !== undefined) return [{ id: canonical, known: true }]
  if (deciding !== undefined) return [{ id: name.replaceAll(' ', '_'), known: true }]
  return [{ id: name.replaceAll(/[ +]/g, '_'), known: false }]
}

const singular = (name: string): string => name.replace(/s$/, '')

// Combinations (`amoxicillin+clavulanic acid`, `piperacillin-tazobactam`): the first drug decides.
const firstDrug = (name: string): string => name.split(/[ +]/)[0] ?? name
