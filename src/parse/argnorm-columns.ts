import { type ColumnTable, headerCells, isPreamble, namesIn, normalizeColumnName } from './table-header.ts'

/** What argNorm adds to the table of any tool. */
export const ARGNORM_COLUMNS = {
  aro: { names: ['ARO'], required: true, use: 'ARO accession' },
  cutOff: { names: ['Cut_Off'], required: false, use: 'how sure argNorm is of the ARO: flag `argnorm_cut_off`' },
  drugs: {
    names: ['confers_resistance_to', 'resistance_to_drug_classes'],
    required: true,
    use: 'tells an argNorm table from others with an ARO column',
  },
  classNames: {
    names: ['resistance_to_drug_classes_names'],
    required: false,
    use: 'drug classes, where the tool itself gives none',
  },
} satisfies ColumnTable<string>

const WANTED = [ARGNORM_COLUMNS.aro, ARGNORM_COLUMNS.drugs].map(({ names }) => names.map(normalizeColumnName))

/** Whether a header line has what argNorm adds. RGI has an ARO column of its own. */
export const isArgnormHeader = (line: string): boolean => {
  const names = namesIn(headerCells(line))
  return WANTED.every((synonyms) => synonyms.some((name) => names.has(name)))
}

/** The line of column names: the first that is neither empty nor a comment such as argNorm's version. */
export const headerLine = (lines: readonly string[]): string | undefined => lines.find((line) => !isPreamble(line))
