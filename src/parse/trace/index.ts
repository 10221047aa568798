import { nearest, Problem } from '../../core/problem.ts'
import { TRACE_FORMATS, type Trace } from '../../core/trace/measurement.ts'
import { collectFindings } from '../findings.ts'
import { openTextFile } from '../text-file.ts'
import type { TraceFormat } from './contract.ts'
import { gnuTime } from './gnu-time.ts'
import { hyperfine } from './hyperfine.ts'
import { nextflow } from './nextflow.ts'
import { sacct } from './sacct.ts'
import { snakemake } from './snakemake.ts'
import { table } from './table.ts'

/** Every kind of measurements there is. A new one is a file, a line here, and its id in `core/trace/measurement.ts`. */
const traceFormats: readonly TraceFormat[] = [nextflow, snakemake, gnuTime, sacct, hyperfine, table]

/** Asks for a format by id, or `auto`; `columns` is for the format `table`. */
export interface TraceSpec {
  readonly format: string
  readonly columns?: Readonly<Record<string, string>>
}

/** Reads a whole file of measurements. Throws one `E_INPUT` with every fault, each with its place. */
export const readTrace = async (file: string, { format, columns }: TraceSpec): Promise<Trace> => {
  const opened = await openTextFile(file)
  const { head } = opened
  const parts: Buffer[] = []
  try {
    await opened.each((block) => {
      parts.push(Buffer.from(block))
      return block.toString('latin1').split('\n').length - 1
    })
  } finally {
    await opened.close()
  }
  const reader = format === 'auto' ? recognize(file, head) : formatById(format)
  const findings = collectFindings(file, `a ${reader.title}`, hintsFor(reader, head))
  const warnings = new Set<string>()
  const text = Buffer.concat(parts).toString('utf8')
  const tasks = reader.read({ file, text, columns, findings, warn: (message) => warnings.add(`${file}: ${message}`) })
  findings.finish()
  if (tasks.length === 0) warnings.add(`${file}: there is no measurement in it`)
  const { id, method, lacks } = reader
  return { format: id, file, tasks, method, lacks, warnings: [...warnings] }
}

const formatById = (id: string): TraceFormat => {
  const found = traceFormats.find((format) => format.id === id)
  if (found !== undefined) return found
  throw new Problem('E_USAGE', `There is no kind of measurements "${id}".`, {
    hints: [
      ...nearest(id, TRACE_FORMATS, 1).map((name) => `Did you mean ${name}?`),
      `Known: auto, ${TRACE_FORMATS.join(', ')}.`,
    ],
  })
}

const recognize = (file: string, head: string): TraceFormat => {
  const found = traceFormats.find((format) => format.sniff(head))
  if (found !== undefined) return found
  throw new Problem(
    'E_INPUT',
    head.trim() === ''
      ? `${file} is empty: there are no measurements in it.`
      : `${file} is in none of the known kinds of measurements.`,
    {
      location: { file, line: 1, column: 1 },
      hints: [
        `Pass --trace-format with one of ${TRACE_FORMATS.join(', ')}.`,
        'A table of your own is read with --trace-columns sample=COLUMN,wall_s=COLUMN (CSV, TSV or JSON).',
      ],
    },
  )
}

const hintsFor = (declared: TraceFormat, head: string): readonly string[] =>
  declared.sniff(head)
    ? []
    : traceFormats
        .filter((format) => format !== declared && format.sniff(head))
        .map(({ id, title }) => `The file looks like a ${title}: try --trace-format ${id}.`)
