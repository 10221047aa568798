import type { OutputConsumer, ReadingContext } from './contract.ts'
import { eachLine } from './lines.ts'

/** What one format of the bioboxes makes of its sections. Faults go to the findings of the file. */
export interface SectionRules<Slots, Rows> {
  /** The line of columns, for messages: `@@TAXID RANK …`. */
  readonly columnsLine: string
  /** What a file without any section should begin with. */
  readonly example: string
  /** Whether each section must have headers before its columns. */
  readonly needsHeaders: boolean
  begin(): Rows
  /** Where the columns are; their names are in upper case. */
  columns(names: readonly string[], line: number): Slots
  row(cells: readonly string[], line: number, at: Slots, rows: Rows): void
  /** A whole section; `headers` by their names in upper case. */
  end(sample: string | null, headers: ReadonlyMap<string, string>, line: number, rows: Rows): void
}

interface Section<Slots, Rows> {
  readonly headers: Map<string, string>
  readonly line: number
  slots: Slots | null
  readonly rows: Rows
}

// Rows begin with letters or digits; all blanks of ASCII are below, those of Unicode from here on.
const [BLANK, FIRST_WIDE, HASH, AT] = [32, 128, 35, 64] as const

/**
 * Reads the exchange formats of CAMI and the bioboxes (releases 0.9 and 0.10): for each sample `@Name:value` headers, a
 * line `@@…` of columns, and rows of tab-separated cells. Lines that begin with `#` are comments.
 */
export const readSections = <Slots, Rows>(
  context: Pick<ReadingContext<unknown>, 'file' | 'findings' | 'warn'>,
  rules: SectionRules<Slots, Rows>,
): OutputConsumer => {
  const { findings } = context
  const firstLines = new Map<string | null, number>()
  let section: Section<Slots, Rows> | null = null

  const begin = (line: number): Section<Slots, Rows> => ({ headers: new Map(), line, slots: null, rows: rules.begin() })

  const finish = (): void => {
    if (section === null) return
    const { headers, line, slots, rows } = section
    section = null
    const sample = headers.get('SAMPLEID') ?? null
    if (slots === null) findings.add(`The headers are not followed by a line ${rules.columnsLine}.`, line, 1)
    const earlier = firstLines.get(sample)
    if (earlier !== undefined)
      findings.add(
        sample === null
          ? `A second sample begins here (the first: line ${earlier}), and neither is named.`
          : `The sample ${sample} is there twice; the first time on line ${earlier}.`,
        line,
        1,
        'each sample has an @SampleID of its own',
      )
    firstLines.set(sample, earlier ?? line)
    const version = headers.get('VERSION')
    if (version !== undefined && !/^0\.(?:9|10)(?:\.|$)/.test(version))
      context.warn(`${context.file}: format version ${version} is read as 0.10.`)
    rules.end(sample, headers, line, rows)
  }

  const readHeader = (text: string, line: number): void => {
    // A header behind the columns opens the next sample.
    if (section !== null && section.slots !== null) finish()
    section ??= begin(line)
    const colon = text.indexOf(':')
    if (colon < 0) return findings.add('A header has the form @Name:value.', line, 1)
    const value = text.slice(colon + 1).trim()
    if (value !== '') section.headers.set(text.slice(1, colon).trim().toUpperCase(), value)
  }

  const readColumns = (text: string, line: number): void => {
    const before = findings.count
    if (section === null ? rules.needsHeaders : section.slots !== null)
      return findings.add('There are no headers before this line of columns.', line, 1, rules.example)
    section ??= begin(line)
    const names = text
      .slice(2)
      .split('\t')
      .map((name) => name.trim().toUpperCase())
    section.slots = rules.columns(names, line)
    // Without its columns no row can be read.
    if (findings.count > before) findings.finish()
  }

  return {
    block: (bytes, firstLine) =>
      eachLine(bytes, firstLine, (text, line) => {
        const first = text.charCodeAt(0)
        if (first === HASH || (!(first > BLANK && first < FIRST_WIDE) && text.trim() === '')) return
        if (first === AT) (text.startsWith('@@') ? readColumns : readHeader)(text, line)
        else if (section === null || section.slots === null) {
          findings.add(
            `A row stands before the line of columns (${rules.columnsLine.split(' ', 1)[0] ?? ''} …).`,
            line,
            1,
          )
          findings.finish()
        } else rules.row(text.split('\t'), line, section.slots, section.rows)
      }),
    end: () => {
      finish()
      if (firstLines.size === 0) findings.add('There are neither headers nor rows.', 1, 1, rules.example)
    },
    namesSamples: () => firstLines.size > 0 && !firstLines.has(null),
  }
}

/** The column of a cell, counted from 1 in characters. */
export const columnOf = (cells: readonly string[], slot: number): number =>
  1 + cells.slice(0, slot).reduce((length, cell) => length + cell.length + 1, 0)
