import { aroAccession, copyCall, type DraftCall } from './amr/draft-call.ts'
import { ARGNORM_COLUMNS, isArgnormHeader } from './argnorm-columns.ts'
import type { ColumnDescription, AmrFormat, OutputConsumer, ReadingContext } from './contract.ts'
import { headLines } from './lines.ts'
import { createRepeatedRows, type RepeatedRows } from './repeated-rows.ts'
import { createRowCursor, type TableRow } from './table-row.ts'
import {
  type ColumnTable,
  headerCells,
  isPreamble,
  requiredPresent,
  resolveHeader,
  type Slots,
} from './table-header.ts'

const FEED = 10

/** What tells one tab-separated report with a header line from another. */
export interface TableDefinition<Key extends string> extends Omit<AmrFormat, 'kind' | 'columns' | 'sniff' | 'open'> {
  readonly columns: ColumnTable<Key>
  /** Tools that write nothing at all, not even a header, when they find nothing. */
  readonly emptyMeansNoHits?: boolean
  /** What a tool writes in place of a table, header included, when it finds nothing. */
  readonly noHitsLine?: string
  /** Lines between the rows that are no rows, told by their text. Asked only for lines without a tab. */
  isSectionTitle?(line: string): boolean
  /** Makes a call of a row; null for a row that is not about a gene. Faults go to the row. */
  readonly call: (row: TableRow, slots: Slots<Key>, context: ReadingContext) => DraftCall | null
  /**
   * For large reports: `call` looks at these columns only, which say something of the gene and so hold the same for all
   * of its hits; `hit` adds what is of the single hit.
   */
  readonly hits?: {
    readonly geneColumns: readonly NoInfer<Key>[]
    readonly complete: (call: DraftCall, row: TableRow, slots: Slots<Key>) => void
    /**
     * For reports of millions of rows: besides its gene columns a row is told from others of a sample by these alone.
     * Others may say anything that is no fault; a row's score is null, and its depth where `empty` is. `ofSample` adds to a
     * call what its sample tells, and finds no fault but in that cell; `complete` does so too.
     */
    readonly repeats?: {
      readonly ofSample: (call: DraftCall, row: TableRow, slots: Slots<Key>) => void
    } & {
      readonly [One in 'sample' | 'identity' | 'coverage']: NoInfer<Key>
    } & { readonly [Some in 'telling' | 'positions' | 'empty']: readonly NoInfer<Key>[] }
  }
}

type Hits<Key extends string> = NonNullable<TableDefinition<Key>['hits']>
type Repeats<Key extends string> = NonNullable<Hits<Key>['repeats']>

/** Makes a format of a table: header by name in any order, streaming, one call for each row. */
export const tableFormat = <Key extends string>(definition: TableDefinition<Key>): AmrFormat => ({
  id: definition.id,
  title: definition.title,
  tool: definition.tool,
  kind: 'amr',
  fileNames: definition.fileNames,
  columns: Object.values<ColumnDescription>(definition.columns),
  notes: definition.notes,
  sniff: (head) => {
    const header = headLines(head, 200).find((line) => !isPreamble(line) && definition.isSectionTitle?.(line) !== true)
    if (header === undefined) return saysNoHits(definition.noHitsLine, headLines(head, 200)) ? 1 : 0
    const { present, required } = requiredPresent(headerCells(header), definition.columns)
    if (required === 0 || present < required) return 0
    // With argNorm's columns it is a table of argNorm's, which this format reads as well.
    return !('aro' in definition.columns) && isArgnormHeader(header) ? 0.5 : 1
  },
  open: (context) => openTable(definition, context),
})

/** Reads a table whose columns are known only when it is opened. */
export const openTable = <Key extends string>(
  definition: Pick<
    TableDefinition<Key>,
    'title' | 'columns' | 'emptyMeansNoHits' | 'noHitsLine' | 'isSectionTitle' | 'call' | 'hits'
  >,
  context: ReadingContext,
): OutputConsumer => {
  const { findings } = context
  const { row, each, lineLength, lineText, isBlank, isEnded, remembered } = createRowCursor(findings)
  let header: string | undefined
  let headerLength = 0
  let headerWidth = 0
  let narrowestRow = Infinity
  let slots = {} as Slots<Key>
  let noHits = false
  let opening: string | undefined
  let callOf = (): DraftCall | null => definition.call(row, slots, context)
  let geneOf = (): DraftCall | null | undefined => undefined
  let repeated: RepeatedRows<DraftCall> | undefined
  let argnorm: Slots<keyof typeof ARGNORM_COLUMNS> | undefined

  const readHeader = (): void => {
    const line = lineText()
    noHits ||= saysNoHits(definition.noHitsLine, [line])
    if (isPreamble(line) || definition.isSectionTitle?.(line) === true) {
      opening ??= line
      return
    }
    header = line
    headerLength = lineLength()
    const cells = headerCells(line)
    headerWidth = cells.length
    if (requiredPresent(cells, definition.columns).present === 0) {
      findings.add(`The header line has none of the columns of ${definition.title}.`, row.line, 1, tabHint(line))
      findings.finish()
    }
    slots = resolveHeader(cells, definition.columns, row.line, findings)
    findings.finish()
    if (!('aro' in definition.columns) && isArgnormHeader(line))
      argnorm = resolveHeader(cells, ARGNORM_COLUMNS, row.line, findings)
    if (definition.hits === undefined) return
    geneOf = knownGene(definition.hits)
    callOf = callOfKnownGene(definition.hits)
    if (argnorm === undefined) repeated = openRepeated(definition.hits)
  }

  const readRow = (): void => {
    if ((row.width === 1 && isIgnorable()) || isHeader()) return
    if (row.width !== headerWidth && !checkWidth()) return
    const before = findings.count
    const call = callOf()
    if (row.width < narrowestRow) narrowestRow = row.width
    if (call === null || findings.count > before) return
    if (argnorm !== undefined) addAro(call, argnorm)
    if (findings.count > before) return
    context.emit(call)
  }

  const openRepeated = ({ geneColumns, repeats }: Hits<Key>): RepeatedRows<DraftCall> | undefined => {
    if (repeats === undefined || context.addsUp !== true) return undefined
    const slotsOf = (keys: readonly Key[]): readonly number[] => keys.map((key) => slots[key])
    const [identity, coverage] = [slots[repeats.identity], slots[repeats.coverage]]
    if (slots[repeats.sample] < 0 || identity < 0 || coverage < 0) return undefined
    return createRepeatedRows({
      width: headerWidth,
      sample: slots[repeats.sample],
      gene: slotsOf(geneColumns),
      telling: slotsOf(repeats.telling),
      identity,
      coverage,
      positions: slotsOf(repeats.positions),
      empty: slotsOf(repeats.empty),
    })
  }

  // Makes the gene and sample of a row known, read no further than that takes, or reads it like any other.
  const readUncounted = ({ ofSample }: Repeats<Key>, { canOpen, open }: RepeatedRows<DraftCall>): void => {
    if (!canOpen()) return readRow()
    const before = findings.count
    const gene = geneOf()
    if (gene === undefined || gene === null) return
    ofSample(copyCall(gene, row.line), row, slots)
    if (findings.count === before && !open(row.line, gene)) readRow()
  }

  // Reads the surest rows of the groups.
  const readRepeated = ({ complete }: Hits<Key>): void =>
    repeated?.surest((block, groupOf) =>
      each(block, 0, () => {
        const { gene, line, rows } = groupOf(row.line)
        const call = copyCall(gene, line)
        complete(call, row, slots)
        if (rows > 1) call.rows = rows
        context.emit(call)
      }),
    )

  const knownGene = ({ geneColumns }: Hits<Key>): (() => DraftCall | null | undefined) =>
    remembered(
      geneColumns.map((key) => slots[key]),
      () => {
        const before = findings.count
        const call = definition.call(row, slots, context)
        // A fault must be reported for every line that has it.
        return findings.count > before ? undefined : call
      },
    )

  const callOfKnownGene =
    ({ complete }: Hits<Key>): (() => DraftCall | null) =>
    () => {
      const gene = geneOf()
      if (gene === undefined || gene === null) return null
      const call = copyCall(gene, row.line)
      complete(call, row, slots)
      return call
    }

  // Reports that were joined repeat the header.
  const isHeader = (): boolean => lineLength() === headerLength && lineText() === header

  // The start of a row that was cut off would pass for a title.
  const isIgnorable = (): boolean => isBlank() || (isEnded() && definition.isSectionTitle?.(lineText()) === true)

  const checkWidth = (): boolean => {
    if (row.width > headerWidth) {
      for (let slot = headerWidth; slot < row.width; slot++)
        if (!row.isEmpty(slot)) {
          row.fail(slot, `The line has ${row.width} cells, the header only ${headerWidth}.`)
          return false
        }
      return true
    }
    // Leaving out empty cells at the end is common; a last line shorter than all others was cut off.
    if (isEnded() || row.width >= narrowestRow) return true
    row.fail(row.width - 1, `The last line ends within cell ${row.width} of ${headerWidth}: the file looks cut off.`)
    return false
  }

  const addAro = (call: DraftCall, added: Slots<keyof typeof ARGNORM_COLUMNS>): void => {
    const aro = row.text(added.aro)
    call.aro = aroAccession(aro)
    // Early releases of argNorm wrote a missing number behind the prefix.
    if (aro !== null && aro !== 'ARO:nan' && call.aro === null)
      row.fail(added.aro, `"${aro.slice(0, 40)}" is no ARO accession.`)
    const cutOff = row.text(added.cutOff)
    if (cutOff !== null) call.flags = { ...call.flags, argnorm_cut_off: cutOff }
    if (call.drugClasses.length === 0) call.drugClasses = row.list(added.classNames, ',')
  }

  // One line, because what is read after the header depends on it.
  const readFirstLine = (bytes: Buffer, firstLine: number): number => {
    const end = bytes.indexOf(FEED) + 1 || bytes.length
    each(bytes.subarray(0, end), firstLine, readHeader)
    return end
  }

  const readRows = (bytes: Buffer, firstLine: number): number => {
    const [groups, repeats] = [repeated, definition.hits?.repeats]
    if (groups === undefined || repeats === undefined) return each(bytes, firstLine, readRow)
    const takeRow = (): void => readUncounted(repeats, groups)
    return groups.block(bytes, firstLine, (line, number) => each(line, number, takeRow))
  }

  return {
    block: (bytes, firstLine) => {
      let [line, at] = [firstLine, 0]
      while (header === undefined && at < bytes.length) at += readFirstLine(bytes.subarray(at), line++)
      return line - firstLine + readRows(bytes.subarray(at), line)
    },
    end: () => {
      if (definition.hits !== undefined) readRepeated(definition.hits)
      if (header !== undefined || noHits) return
      if (definition.emptyMeansNoHits === true) context.warn(`${context.file} is empty; read as "no hits".`)
      else findings.add('The file has no header line; it may come from a tool that failed.', 1, 1, tabHint(opening))
    },
    namesSamples: () => ((slots as Readonly<Record<string, number>>)['sample'] ?? -1) >= 0,
  }
}

const saysNoHits = (noHitsLine: string | undefined, lines: readonly string[]): boolean =>
  noHitsLine !== undefined && lines.some((line) => line.trim() === noHitsLine)

const tabHint = (line: string | undefined): string | undefined =>
  line !== undefined && !line.includes('\t') && /[,;]/.test(line) ? 'columns must be separated by tabs' : undefined
