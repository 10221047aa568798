import type { AssemblyFormat } from '../contract.ts'
import { headLines } from '../lines.ts'
import { atGaps, atTabs, binColumns, isBinHeader, readBinTable, type Splitter } from './bin-table.ts'
import { gatherLines, type TextLine } from './text-lines.ts'

const columns = binColumns(['Bin Id'], ['Completeness'], ['Contamination'])
const RULE = /^-{5,}\s*$/

/** What CheckM estimates of bins, as a table or as the text it prints. */
export const checkm: AssemblyFormat = {
  id: 'checkm',
  title: 'CheckM table',
  tool: 'CheckM (`qa`, `lineage_wf`; nf-core/mag `checkm_summary.tsv`)',
  kind: 'assembly',
  fileNames: ['*.tsv', '*.txt'],
  columns: Object.values(columns),
  notes: [
    'Both forms are read: separated by tabs (`--tab_table`, any `--out_format` with these columns) and lined up by blanks between two rules. What stands before the header and behind the second rule is left out.',
    'Bins are not sorted into samples: the table belongs to the sample it is given for.',
  ],
  sniff: (head) => (headLines(head, 200).some((line) => splitterOf(line) !== null) ? 1 : 0),
  open: (context) =>
    gatherLines((lines) => {
      const at = lines.findIndex(({ text }) => splitterOf(text) !== null)
      const split = splitterOf(lines[at]?.text ?? '')
      if (split === null) {
        context.findings.add(
          'There is no header with Bin Id, Completeness and Contamination.',
          lines[0]?.number ?? 1,
          1,
        )
        return
      }
      const table = split === atTabs ? lines.slice(at) : betweenRules(lines.slice(at))
      readBinTable(table, { estimator: 'checkm', columns, split }, context)
    }),
}

// Asked about the first lines of every file whose format is not known: most are told apart without being split.
const splitterOf = (line: string): Splitter | null =>
  !/bin\s+id/i.test(line)
    ? null
    : ([atTabs, atGaps].find((split) =>
        isBinHeader(
          split(line).map(({ text }) => text),
          columns,
        ),
      ) ?? null)

// The header, and the rows between the rule below it and the next.
const betweenRules = ([header, ...rest]: readonly TextLine[]): readonly TextLine[] => {
  const rows = RULE.test(rest[0]?.text ?? '') ? rest.slice(1) : rest
  const end = rows.findIndex(({ text }) => RULE.test(text))
  return header === undefined ? [] : [header, ...(end < 0 ? rows : rows.slice(0, end))]
}
