import { ARGNORM_COLUMNS, headerLine, isArgnormHeader } from '../argnorm-columns.ts'
import type { AmrFormat, OutputConsumer } from '../contract.ts'
import { headLines } from '../lines.ts'
import { abricate } from './abricate.ts'
import { amrfinderplus } from './amrfinderplus.ts'
import { deeparg } from './deeparg.ts'
import { grootWithHeader } from './groot.ts'
import { hamronization } from './hamronization.ts'
import { resfinderTab } from './resfinder-tab.ts'
import { staramr } from './staramr.ts'

/** Tables argNorm takes; each reads the added columns by itself. */
const BASES: readonly AmrFormat[] = [
  hamronization,
  amrfinderplus,
  abricate,
  deeparg,
  resfinderTab,
  staramr,
  grootWithHeader,
]

/** Preambles are a line or two; what has none for this long is another kind of file. */
const LONGEST_PREAMBLE = 1024 * 1024

export const argnorm: AmrFormat = {
  id: 'argnorm',
  title: 'argNorm table',
  tool: 'argNorm',
  kind: 'amr',
  fileNames: ['*.normalized.tsv'],
  columns: Object.values(ARGNORM_COLUMNS),
  notes: [
    `The table of a tool with columns added; those of the tool are read as its own format says: ${BASES.map(({ title }) => title).join(', ')}.`,
    'The first line may be `# argNorm version: …`.',
    'Rows argNorm knows no ARO for are calls without one.',
  ],
  sniff: (head) => {
    const header = headerLine(headLines(head, 200))
    return header !== undefined && isArgnormHeader(header) && baseOf(head) !== undefined ? 1 : 0
  },
  open: (context) => {
    let reader: OutputConsumer | undefined
    let opening = ''
    let openingLines = 0

    // Waits for the header line; answers how many lines of the opening have been handed on.
    const start = (): number => {
      const lines = opening.split('\n').map((line) => line.replace(/\r$/, ''))
      const header = headerLine(lines)
      if (header === undefined) {
        if (opening.length > LONGEST_PREAMBLE) noHeader()
        return openingLines
      }
      const base = baseOf(opening)
      const line = lines.indexOf(header) + 1
      if (!isArgnormHeader(header))
        context.findings.add('There are no columns ARO and confers_resistance_to, which argNorm adds.', line, 1)
      else if (base === undefined)
        context.findings.add('Apart from argNorm’s columns this is the table of no tool argNorm reads.', line, 1)
      context.findings.finish()
      reader = base?.open(context)
      return reader?.block(Buffer.from(opening), 1) ?? openingLines
    }
    const noHeader = (): void => {
      context.findings.add('The file has no header line; it may come from a tool that failed.', 1, 1)
      context.findings.finish()
    }

    return {
      block: (bytes, firstLine) => {
        if (reader !== undefined) return reader.block(bytes, firstLine)
        const text = bytes.toString('utf8')
        const before = openingLines
        opening += text
        openingLines += text.split('\n').length - 1
        return start() - before
      },
      end: () => {
        if (reader === undefined) noHeader()
        else reader.end()
      },
      namesSamples: () => reader?.namesSamples?.() === true,
    }
  },
}

const baseOf = (head: string): AmrFormat | undefined => BASES.find((format) => format.sniff(head) > 0)
