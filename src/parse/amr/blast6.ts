import type { Format, ReadingContext } from '../contract.ts'
import { headLines } from '../lines.ts'
import { createRowCursor, type TableRow } from '../table-row.ts'
import { type DraftCall, draftCall, place } from './draft-call.ts'
import { createFlags } from './flags.ts'
import { referenceGene } from './reference-name.ts'

const STANDARD = 'qseqid sseqid pident length mismatch gapopen qstart qend sstart send evalue bitscore'.split(' ')

// What a `# Fields:` line of outfmt 7 calls the columns we read.
const FIELD_TITLES: Readonly<Record<string, string>> = {
  'query id': 'qseqid',
  'query acc.': 'qseqid',
  'query acc.ver': 'qseqid',
  'subject id': 'sseqid',
  'subject acc.': 'sseqid',
  'subject acc.ver': 'sseqid',
  'subject title': 'stitle',
  '% identity': 'pident',
  'alignment length': 'length',
  'query length': 'qlen',
  'subject length': 'slen',
  'q. start': 'qstart',
  'q. end': 'qend',
  's. start': 'sstart',
  's. end': 'send',
  'bit score': 'bitscore',
  '% query coverage per subject': 'qcovs',
  '% query coverage per hsp': 'qcovhsp',
}

const flags = createFlags()

/** BLAST tabular output: no header, so the order of the columns must be the default one, declared, or commented. */
export const blast6: Format = {
  id: 'blast6',
  title: 'BLAST tabular output',
  tool: 'BLAST+ and DIAMOND (outfmt 6 or 7)',
  kind: 'amr',
  fileNames: ['*.tsv', '*.blast'],
  columns: [
    { names: ['sseqid'], required: true, use: 'gene symbol (the contig with `gene=query`)' },
    { names: ['qseqid'], required: true, use: 'contig (the gene symbol with `gene=query`)' },
    { names: ['pident'], required: true, use: 'identity, percent' },
    {
      names: ['qstart', 'qend', 'sstart', 'send'],
      required: true,
      use: 'position; a backward hit is on the minus strand',
    },
    { names: ['slen'], required: false, use: 'coverage of the gene = aligned span / slen' },
    { names: ['qlen'], required: false, use: 'the same with `gene=query`; else qcovhsp, qcovs' },
    { names: ['bitscore'], required: false, use: 'score' },
  ],
  takesColumns: true,
  notes: [
    'Genes are taken to be the subjects (the database). `--columns gene=query` says that they are the queries.',
    'Without declaration the 12 default columns are expected. Declare others as BLAST was told: ' +
      '`--columns "outfmt=qseqid sseqid pident length qlen slen qstart qend sstart send evalue bitscore"` ' +
      '(`std` stands for the default 12). The `# Fields:` line of outfmt 7 does the same by itself.',
    'Without slen (or qlen) coverage is unknown, and a minimum coverage cannot be applied.',
    'An empty file is a search without hits.',
  ],
  sniff: (head) => {
    const lines = headLines(head, 50)
    if (lines.some((line) => line.startsWith('# Fields: '))) return 1
    const row = lines.find((line) => line !== '' && !line.startsWith('#'))?.split('\t') ?? []
    if (row.length < 12 || !isStandard(row)) return 0
    return row.length === 12 ? 0.95 : 0.5
  },
  open: (context) => {
    const { row, each, lineText, isBlank, isComment } = createRowCursor(context.findings)
    const isGeneQuery = geneSide(context) === 'query'
    let names = declaredColumns(context)
    const isDeclared = names !== undefined
    let at = names === undefined ? undefined : slotsOf(names, context)
    return {
      block: (bytes, firstLine) =>
        each(bytes, firstLine, () => {
          if (isBlank()) return
          if (isComment()) {
            const fields = isDeclared ? undefined : fieldsOf(lineText())
            if (fields !== undefined) at = slotsOf((names = fields), context, row.line)
            return
          }
          at ??= slotsOf((names = STANDARD), context)
          const expected = names?.length ?? 0
          if (row.width !== expected) {
            row.fail(
              Math.min(row.width, expected) - 1,
              `There are ${row.width} columns instead of ${expected}.`,
              DECLARE,
            )
            return
          }
          const before = context.findings.count
          const call = callOf(row, at, isGeneQuery)
          if (context.findings.count === before) context.emit(call)
        }),
      end: () => undefined,
    }
  },
}

const DECLARE = 'declare them with --columns "outfmt=qseqid sseqid …"'

type Slots = Readonly<Record<string, number>>

const callOf = (row: TableRow, at: Slots, isGeneQuery: boolean): DraftCall => {
  const slot = (name: string): number => at[name] ?? -1
  const [gene, contig] = isGeneQuery ? (['q', 's'] as const) : (['s', 'q'] as const)
  const name = row.required(slot(`${gene}seqid`), 'name of the gene')
  // A database made without -parse_seqids may hold the whole header in the title only.
  const reference = referenceGene(name)
  const call = draftCall(row.line, 'blast', reference.symbol)
  const position = (column: string): number | null => row.position(slot(column), column)
  const [queryStart, queryEnd, subjectStart, subjectEnd] = [
    position('qstart'),
    position('qend'),
    position('sstart'),
    position('send'),
  ]
  call.contig = row.word(slot(`${contig}seqid`))
  call.strand = strandOf(queryStart, queryEnd, subjectStart, subjectEnd)
  if (isGeneQuery) place(call, subjectStart, subjectEnd)
  else place(call, queryStart, queryEnd)
  call.identity = row.percent(slot('pident'), 'identity')
  call.score = row.number(slot('bitscore'), 'bit score', 0)
  const length = row.number(slot(isGeneQuery ? 'qlen' : 'slen'), 'length of the gene', 1)
  const [first, last] = isGeneQuery ? [queryStart, queryEnd] : [subjectStart, subjectEnd]
  if (length !== null && first !== null && last !== null) {
    const span = Math.abs(last - first) + 1
    if (span > length)
      row.fail(slot(isGeneQuery ? 'qlen' : 'slen'), `The hit covers ${span} of ${length} positions of the gene.`)
    call.coverage = Math.min(100, (100 * span) / length)
  } else if (isGeneQuery)
    call.coverage = row.percent(slot('qcovhsp'), 'coverage') ?? row.percent(slot('qcovs'), 'coverage')
  call.accession = reference.accession
  call.database = reference.database
  call.aro = reference.aro
  call.geneFamily = reference.family
  call.drugClasses = reference.drugClasses
  call.mechanism = reference.mechanism
  if (reference.needsSnpConfirmation) call.flags = flags(['snp_confirmation', 'required'])
  return call
}

const strandOf = (
  queryStart: number | null,
  queryEnd: number | null,
  subjectStart: number | null,
  subjectEnd: number | null,
): '+' | '-' | null => {
  if (queryStart === null || queryEnd === null || subjectStart === null || subjectEnd === null) return null
  // blastn turns the subject round, blastx the query.
  return queryStart <= queryEnd === subjectStart <= subjectEnd ? '+' : '-'
}

const geneSide = ({ columns, findings }: ReadingContext): 'query' | 'subject' => {
  for (const name of Object.keys(columns ?? {}))
    if (name !== 'gene' && name !== 'outfmt')
      findings.add(`blast6 has no setting "${name}".`, undefined, undefined, 'settings: gene, outfmt')
  const side = columns?.['gene'] ?? 'subject'
  if (side === 'query' || side === 'subject') return side
  findings.add(`gene=${side} says neither query nor subject.`)
  return 'subject'
}

const declaredColumns = ({ columns }: ReadingContext): readonly string[] | undefined =>
  columns?.['outfmt']
    ?.trim()
    .split(/[\s]+/)
    .filter((word, index) => !(index === 0 && /^\d+$/.test(word)))
    .flatMap((word) => (word === 'std' ? STANDARD : [word]))

const fieldsOf = (comment: string): readonly string[] | undefined =>
  comment.startsWith('# Fields: ')
    ? comment
        .slice('# Fields: '.length)
        .split(', ')
        .map((title) => FIELD_TITLES[title.trim()] ?? title.trim())
    : undefined

// `line` is that of the comment which names the columns, where one does.
const slotsOf = (names: readonly string[], { findings }: ReadingContext, line?: number): Slots => {
  const slots: Record<string, number> = Object.create(null) as Record<string, number>
  names.forEach((name, index) => (slots[name] ??= index))
  for (const needed of ['qseqid', 'sseqid', 'pident'])
    if (slots[needed] === undefined) findings.add(`The columns (${names.join(' ')}) lack ${needed}.`, line, 1, DECLARE)
  findings.finish()
  return slots
}

// Column 3 a percentage, columns 4-10 whole numbers, 11 and 12 numbers.
const isStandard = (row: readonly string[]): boolean => {
  const value = (index: number): number => (row[index]?.trim() === '' ? Number.NaN : Number(row[index]))
  const whole = [3, 4, 5, 6, 7, 8, 9].every((index) => Number.isInteger(value(index)))
  return whole && value(2) >= 0 && value(2) <= 100 && value(10) >= 0 && value(11) >= 0
}
