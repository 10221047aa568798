import type { Observations } from '../../core/observations.ts'
import { Problem } from '../../core/problem.ts'

/** An output that a benchmark type has no use for. */
export const wrongKind = ({ file, format }: Observations, benchmarkType: string, needed: string): Problem =>
  new Problem('E_INPUT', `${file} is of the format ${format}; ${benchmarkType} needs ${needed}.`, {
    location: { file },
    hints: ['docs/formats.md lists what every format holds.', '--type chooses another benchmark type.'],
  })
