import type { AssemblyFact } from '../../core/assembly/assembly.ts'
import type { AssemblyFormat, ReadingContext } from '../contract.ts'
import { headLines } from '../lines.ts'
import { headerCells } from '../table-header.ts'
import { atTabs, binColumns, isBinHeader, readBinTable } from './bin-table.ts'
import { gatherLines, type TextLine } from './text-lines.ts'

const columns = binColumns(
  ['Input_file', 'GenomeBin'],
  ['Complete', '%Complete', '%Complete (specific)'],
  ['Duplicated', '%Complete and duplicated', '%Complete and duplicated (specific)'],
)
/** BUSCO's own notation: complete, of these single and duplicated. */
const NOTATION = /C:(\d+(?:\.\d+)?)%\[S:\d+(?:\.\d+)?%,D:(\d+(?:\.\d+)?)%\]/
const TEXT_FILE = /for file (.+?)\s*$/

/** What BUSCO finds of the genes that should be there once. */
export const busco: AssemblyFormat = {
  id: 'busco',
  title: 'BUSCO summary',
  tool: 'BUSCO (`short_summary.*.txt`, `short_summary.*.json`, `batch_summary.txt`; nf-core/mag `busco_summary.tsv`)',
  kind: 'assembly',
  fileNames: ['short_summary.*.txt', 'short_summary.*.json', 'batch_summary.txt', 'busco_summary.tsv'],
  columns: Object.values(columns),
  notes: [
    'BUSCO does not estimate contamination: the share of genes found more than once stands in for it. What is foreign without being double goes unseen.',
    'A short summary, as text or JSON, is of one bin, named by the file that was assessed.',
  ],
  sniff: (head) => {
    if (isBinHeader(headerCells(headLines(head, 1)[0] ?? ''), columns)) return 1
    return NOTATION.test(head) && /BUSCO/i.test(head) ? 1 : 0
  },
  open: (context) =>
    gatherLines((lines) => {
      const cells = headerCells(lines[0]?.text ?? '')
      if (isBinHeader(cells, columns) || (cells.length > 2 && !NOTATION.test(lines[0]?.text ?? '')))
        readBinTable(lines, { estimator: 'busco', columns, split: atTabs }, context)
      else readSummary(lines, context)
    }),
}

const readSummary = (lines: readonly TextLine[], context: ReadingContext<AssemblyFact>): void => {
  const { findings } = context
  const isJson = lines[0]?.text.trimStart().startsWith('{') === true
  if (isJson && !isWholeJson(lines)) {
    findings.add('The JSON is damaged or cut off.', lines.at(-1)?.number ?? 1, 1)
    return
  }
  const found = lines.find(({ text }) => NOTATION.test(text))
  const [, complete, duplicated] = NOTATION.exec(found?.text ?? '') ?? []
  if (found === undefined || complete === undefined || duplicated === undefined) {
    findings.add('There is no line of the form C:…%[S:…%,D:…%].', lines.at(-1)?.number ?? 1, 1)
    return
  }
  const bin = {
    name: nameOf(lines, isJson) ?? context.file,
    completeness: Number(complete),
    contamination: Number(duplicated),
  }
  if (bin.completeness > 100 || bin.contamination > 100)
    findings.add('A percentage is above 100.', found.number, found.text.indexOf('C:') + 1)
  context.emit({ what: 'bins', sample: null, line: found.number, estimator: 'busco', bins: [bin] })
}

const isWholeJson = (lines: readonly TextLine[]): boolean => {
  try {
    JSON.parse(lines.map(({ text }) => text).join('\n'))
    return true
  } catch {
    return false
  }
}

const nameOf = (lines: readonly TextLine[], isJson: boolean): string | undefined => {
  const written = isJson
    ? lines.map(({ text }) => /"in":\s*"([^"]+)"/.exec(text)?.[1]).find((path) => path !== undefined)
    : lines.map(({ text }) => TEXT_FILE.exec(text)?.[1]).find((path) => path !== undefined)
  const name = written?.split(/[\\/]/).at(-1)
  return name?.replace(/\.gz$/, '').replace(/\.(?:fa|fna|fasta)$/, '')
}
