import { aroAccession } from './draft-call.ts'

/** What the name of a reference sequence says about the gene. */
export interface ReferenceGene {
  readonly symbol: string
  readonly accession: string | null
  readonly database: string | null
  readonly aro: string | null
  readonly family: string | null
  readonly drugClasses: readonly string[]
  readonly mechanism: string | null
  readonly needsSnpConfirmation: boolean
}

const PLAIN = {
  accession: null,
  database: null,
  aro: null,
  family: null,
  drugClasses: [],
  mechanism: null,
  needsSnpConfirmation: false,
} satisfies Partial<ReferenceGene>

// ResFinder's `gene_n_ACCESSION`; RefSeq accessions bring an underscore of their own.
const RESFINDER = /_\d+_((?:[A-Z]{2}_)?[A-Z]+\d+(?:\.\d+)?)$/
// ARG-ANNOT's `(class)gene:ACCESSION:start-stop:length`.
const ARG_ANNOT = /^(\([A-Za-z_]+\)[^:]+):([A-Z]{1,4}_?\d+(?:\.\d+)?):\d+-\d+(?::\d+)?$/
// GROOT's own databases say which database each sequence is from.
const GROOT_PREFIX = /^groot-(?:core-)?db_([A-Z]+)__/
// CARD as ARIBA and GROOT prepare it: gene.ARO.accession.start-stop.number (the underscores are ARIBA's).
const PREPARED_CARD = /^(.+)\.(\d{7})\.([A-Z]+_?\d+(?:\.\d+)?)\.\d+[-_]\d+\.\d+$/

/**
 * Takes the gene out of a reference sequence's name as the databases write it: ResFinder `gene_n_ACCESSION`, CARD
 * `gb|…|ARO:…|gene`, MEGARes `MEG_n|type|class|mechanism|group`, DeepARG `acc|FEATURES|gene|class|group`, ABRicate
 * `database~~~gene~~~accession~~~classes`, ARG-ANNOT `(class)gene:accession:start-stop`. ResFinder's names stay whole: their
 * end is part of what identifies the sub-allele.
 */
export const referenceGene = (name: string): ReferenceGene => {
  const cached = known.get(name)
  if (cached !== undefined) return cached
  const parsed = parse(name)
  const gene = parsed.symbol === '' ? { ...parsed, symbol: name } : parsed
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(name, gene)
  return gene
}

// References are few and hits many.
const MOST_KNOWN = 50_000
const known = new Map<string, ReferenceGene>()

const parse = (name: string): ReferenceGene => {
  const origin = GROOT_PREFIX.exec(name)
  if (origin !== null) {
    const gene = parse(name.slice(origin[0].length))
    return { ...gene, database: gene.database ?? (origin[1] ?? '').toLowerCase() }
  }
  const word = name.trim().split(/\s/, 1)[0] ?? ''
  if (word.includes('~~~')) return abricateHeader(word)
  if (word.startsWith('MEG_')) return megaresHeader(word)
  if (word.includes('|FEATURES|')) return deepArgHeader(word)
  if (word.includes('|ARO:')) return cardHeader(name.trim())
  const prepared = PREPARED_CARD.exec(word)
  if (prepared)
    return {
      ...PLAIN,
      symbol: prepared[1] ?? word,
      aro: aroAccession(prepared[2] ?? null),
      accession: prepared[3] ?? null,
      database: 'card',
    }
  const annotated = ARG_ANNOT.exec(word)
  if (annotated)
    return { ...PLAIN, symbol: annotated[1] ?? word, accession: annotated[2] ?? null, database: 'argannot' }
  return { ...PLAIN, symbol: word, accession: RESFINDER.exec(word)?.[1] ?? null }
}

const abricateHeader = (word: string): ReferenceGene => {
  const [database = '', symbol = '', accession = '', classes = ''] = word.split('~~~')
  return {
    ...PLAIN,
    symbol: symbol === '' ? word : symbol,
    database: orNull(database),
    accession: orNull(accession),
    drugClasses: classes.split(';').filter((item) => item !== ''),
  }
}

const megaresHeader = (word: string): ReferenceGene => {
  const [accession = '', , drugClass = '', mechanism = '', group = '', note] = word.split('|')
  return {
    ...PLAIN,
    symbol: group === '' ? word : group,
    database: 'megares',
    accession,
    drugClasses: drugClass === '' ? [] : [drugClass],
    mechanism: orNull(mechanism),
    needsSnpConfirmation: note === 'RequiresSNPConfirmation',
  }
}

const deepArgHeader = (word: string): ReferenceGene => {
  const [accession = '', , gene = '', drugClass = '', group = ''] = word.split('|')
  return {
    ...PLAIN,
    symbol: gene === '' ? word : gene,
    database: 'deeparg',
    accession: orNull(accession),
    family: orNull(group),
    drugClasses: drugClass === '' ? [] : [drugClass],
  }
}

// gb|ACCESSION|strand|start-stop|ARO:3002999|CblA-1 [species]; gene names may hold blanks, the species is bracketed.
const cardHeader = (name: string): ReferenceGene => {
  const parts = name.split('|')
  const at = parts.findIndex((part) => part.startsWith('ARO:'))
  const symbol = parts
    .slice(at + 1)
    .join('|')
    .replace(/\s*\[[^\]]*\]?\s*$/, '')
    .trim()
  return {
    ...PLAIN,
    symbol: symbol === '' ? name : symbol,
    database: 'card',
    accession: orNull(parts[1] ?? ''),
    aro: aroAccession(parts[at] ?? null),
  }
}

const orNull = (text: string): string | null => (text === '' ? null : text)
