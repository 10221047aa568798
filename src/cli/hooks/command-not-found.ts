import type { Hook } from '@oclif/core/hooks'
import { nearest } from '../../core/problem.ts'

/** `benchmark comapre` → suggests `compare`, exits 2. */
const hook: Hook<'command_not_found'> = function ({ config, id }) {
  const typed = id.replaceAll(':', ' ')
  const suggestions = nearest(
    typed,
    config.commandIDs.map((known) => known.replaceAll(':', ' ')),
  )
  process.stderr.write(
    [
      `Error: there is no command "${typed}".`,
      ...suggestions.map((name) => `  → Did you mean "benchmark ${name}"?`),
      '  → benchmark --help\n',
    ].join('\n'),
  )
  this.exit(2)
  return Promise.resolve()
}

export default hook
