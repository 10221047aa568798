import { normaliseSymbol } from './symbol.ts'

/**
 * Numbered variants: which part of a normalised symbol names the allele, the gene and the family. Only series known
 * to number variants are cut; elsewhere the number is the gene (`sul1` and `sul2`, `tet(40)`, `erm(42)`, `mcr-3`).
 */

// Names that differ in silent mutations only: their proteins are the same (ResFinder letters, CARD has one entry).
const SAME_PROTEIN: Readonly<Record<string, string>> = { cmy2b: 'cmy2', ctxm14b: 'ctxm14', imp1b: 'imp1' }

/** The gene of an allele: `blaTEM-1B` is TEM-1, `mcr-1.3` is mcr-1 (Partridge et al., JAC 73 (2018) 2625). */
export const geneOfSymbol = (normalised: string): string =>
  SAME_PROTEIN[normalised] ??
  /^(tem\d+)[a-z]$/.exec(normalised)?.[1] ??
  /^(mcr\d+)\.\d+$/.exec(normalised)?.[1] ??
  normalised

/** Beta-lactamase families whose members many tools write without `bla`. */
const BETA_LACTAMASES = new Set(
  `acc aci act adc aer asb ast bel bes bic bkc blab bro carb cau ceph cfe cgb cme cmg cmh cmy cphm ctxm dha dim ebr
  erp exo ezo fez fona fox fri ges gim gob hera hmb imi imp ind jp khm klu kluc kpc lap lat lcr len lmb lra lut mal mir
  mox mus ndm nmc nps och okp okpa okpb oxa oxy pao pdc pedo pen per pla pme pse psv rahn rob rtg sco sed sfc sfo shv sim smb
  sme spg spm srt sst tem ter tla tmb tus veb vhh vhw vim vmb zeg`.split(/\s+/),
)
const BETA_LACTAMASE_MEMBER = /^([a-z]{2,}?)(?:\d+(?:\.\d+)?(?:[a-z]{1,2}|like)?)?$/

/** Other series, as `stem + number (+ letter or .number)`. */
const SERIES = [
  /^(qnr(?:vc|[a-z]))\d+$/,
  /^(aada|dfr[ab]|cat[ab]|qepa|oqx[ab])\d+[a-z]?$/,
  /^(cfxa|cfia|cpha|cepa|fos[abcl]|arr|rmt[a-h]|mec[a-d]|qac[a-z]|cmla)\d+(?:\.\d+|[a-z])?$/,
]

/**
 * The family a gene symbol belongs to, from its spelling: `blaTEM-1B` -> `blatem`, `qnrB19` -> `qnrb`,
 * `aac(6')-Ib-cr` -> `aac6'i`; a symbol outside the known series is its own family.
 */
export const familyOfSymbol = (normalised: string, hasBlaPrefix: boolean): string => {
  const gene = geneOfSymbol(normalised)
  const stem = BETA_LACTAMASE_MEMBER.exec(gene)?.[1]
  if (stem !== undefined && isBetaLactamase(stem, hasBlaPrefix)) return withBla(stem)
  for (const pattern of SERIES) {
    const series = pattern.exec(gene)?.[1]
    if (series !== undefined) return series
  }
  return /^((?:aac|ant|aph)\d+'*[ivx]+)\.[^+]*$/.exec(gene)?.[1] ?? gene
}

/** The family a column names (`blaTEM`, `TEM beta-lactamase`), spelled as `familyOfSymbol` spells it. */
export const familyOfName = (name: string): string => {
  const symbol = normaliseSymbol(name.replace(/\b(?:beta-?lactamases?|gene|family)\b/gi, ' '))
  return isBetaLactamase(symbol, /^bla|beta-?lactamase/i.test(name)) ? withBla(symbol) : symbol
}

// One letter after `bla` is a gene's own name (blaZ, blaL1), not a family, and keeps its prefix.
const isBetaLactamase = (stem: string, saysSo: boolean): boolean =>
  BETA_LACTAMASES.has(stem) || (saysSo && stem.length > 1 && !stem.startsWith('bla'))

const withBla = (stem: string): string => (stem.startsWith('bla') ? stem : `bla${stem}`)
