import { normaliseEnzyme } from './aminoglycoside-enzyme.ts'
import { squash } from './squash.ts'

/** Genera that databases put before a gene name (`Klebsiella pneumoniae KpnE`). */
const GENERA = new Set(
  `acinetobacter aeromonas bacillus bacteroides bifidobacterium burkholderia campylobacter chlamydia chlamydophila
  citrobacter clostridioides clostridium corynebacterium cutibacterium enterobacter enterococcus escherichia
  haemophilus helicobacter klebsiella lactobacillus legionella listeria morganella mycobacterium mycobacteroides
  mycolicibacterium mycoplasma neisseria nocardia propionibacterium proteus providencia pseudomonas salmonella
  serratia shigella staphylococcus stenotrophomonas streptococcus streptomyces ureaplasma vibrio xanthomonas yersinia`.split(
    /\s+/,
  ),
)

// GenBank (X04555, AEXB01000013), RefSeq (NG_068218), ENA (ENA_ACB88605), with or without a version and a range.
const ACCESSION = String.raw`(?:[A-Z]{2,3}_)?[A-Z]{0,6}\d{5,12}(?:\.\d+)?(?::\d+-\d+)?`
const NUMBERED_ACCESSION = new RegExp(`_\\d{1,3}_${ACCESSION}$`, 'i')

/**
 * The form in which two spellings of one gene symbol are equal: compatibility forms folded (NFKC), species words,
 * class tags (`(Bla)`), running number and accession (`_1_X04555`) and a leading `bla` dropped, lower case, letters
 * and digits only - except what tells genes apart: primes (`aph(3')` is not `aph(3'')`), the border between two
 * numbers (`mcr-1.1` is not `mcr-11`) and the subclass of aminoglycoside enzymes (`aac(6')-Iid` is not `-IId`).
 * Rung 3 of the name ladder. May be empty when the text holds no letter or digit.
 */
export const normaliseSymbol = (symbol: string): string => {
  const plain = dropPrefixes(dropAccession(foldCharacters(symbol)))
  const enzyme = normaliseEnzyme(plain)
  return enzyme ?? squash(dropBla(plain))
}

const foldCharacters = (text: string): string =>
  text
    // Before NFKC, which turns an acute accent into a blank and a combining mark.
    .replace(/["\u201C\u201D\u2033]/g, "''")
    .replace(/[\u2018\u2019\u02B9\u00B4\u2032`]/g, "'")
    .normalize('NFKC')
    // `qacEΔ` is written `qacEdelta` where only ASCII is allowed.
    .replace(/[\u0394\u03B4]/g, 'delta')
    .replace(/-dprime/gi, "''")
    .replace(/-prime/gi, "'")
    .trim()

const dropAccession = (text: string): string => {
  const withoutAccession = text.replace(NUMBERED_ACCESSION, '')
  const stem = withoutAccession.replace(/_\d{1,3}$/, '')
  // ABRicate leaves the running number (`tet(A)_6`); where the number is the gene itself it stays (`tet_40`).
  return NUMBERED_BY_NATURE.test(stem) && withoutAccession === text ? text : stem
}

const NUMBERED_BY_NATURE =
  /^(?:tet|erm|sul|mcr|arr|ctx[-_]m|(?:bla)?(?:tem|shv|oxa|kpc|ndm|vim|imp|cmy|dha|ges)|blactx[-_]m)$/i

const dropPrefixes = (text: string): string => {
  // "PC1 beta-lactamase (blaZ)": the symbol stands in brackets at the end.
  const bracketed = /\s\((bla[A-Za-z0-9-]+)\)$/.exec(text)?.[1]
  if (bracketed !== undefined) return bracketed
  const untagged = text.replace(/^\((?:AGly|Bla|Colistin|Fcd|Flq|Fos|Gly|MLS|Ntmdz|Oxzln|Phe|Rif|Sul|Tet|Tmt)\)/i, '')
  const words = untagged.split(/[\s_]+/)
  const [genus = '', epithet = ''] = words
  if (words.length > 2 && GENERA.has(genus.toLowerCase()) && /^[a-z]{2,}\.?$/i.test(epithet))
    return words.slice(2).join('_')
  return untagged
}

// Only before a family name of two letters or more: the `bla` of blaZ, blaI, blaR1 and of BlaB-1 is part of the name.
const dropBla = (text: string): string => text.replace(/^bla_?(?=[a-z]{2})/i, '')
