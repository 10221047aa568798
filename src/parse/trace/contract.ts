import type { TaskMeasurement, TraceFormatId, TraceMethod } from '../../core/trace/measurement.ts'
import type { Findings } from '../findings.ts'

/** What a reader of measurements is given. */
export interface TraceSource {
  readonly file: string
  readonly text: string
  /** For the format `table`: our field -> the file's column. */
  readonly columns: Readonly<Record<string, string>> | undefined
  readonly findings: Findings
  /** An oddity that does not stop the reading. */
  readonly warn: (message: string) => void
}

/** How the measurements of one kind of instrument are recognised and read. Apart from output formats: they predict nothing. */
export interface TraceFormat {
  readonly id: TraceFormatId
  readonly title: string
  readonly method: TraceMethod
  /** What a user must know is not in such a file, or means something of its own there. */
  readonly lacks: readonly string[]
  /** Whether the first lines are those of this format. */
  sniff(head: string): boolean
  /** Faults go to the findings of the source. */
  read(source: TraceSource): readonly TaskMeasurement[]
}
