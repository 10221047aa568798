import type { InitResult } from '../../app/init-project.ts'
import { plainText } from '../plain-text.ts'

/** What was written, and what to do next. */
export const renderInit = ({ name, type, files }: InitResult): string =>
  plainText(
    [
      `Project ${name} (${type})`,
      ...files.map(({ path, state }) => `  ${state.padEnd(10)}${path}`),
      'Next:',
      '  benchmark pipeline check          which of the pipelines can be run here',
      '  benchmark test --quick            a benchmark on embedded data, in seconds',
      '  benchmark run --input samples.csv --truth truth.tsv',
    ].join('\n'),
  )
