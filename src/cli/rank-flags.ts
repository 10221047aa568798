import * as Flags from '@oclif/core/flags'
import { formatFlag } from './format-flag.ts'
import { hubFlag } from './hub-flag.ts'

/** What leaderboards and recommendations have in common. */
export const rankFlags = {
  dataset: Flags.string({
    description: "dataset whose results count; several are possible (default: the benchmark's, else the project's)",
    helpValue: '<id>',
    multiple: true,
    multipleNonGreedy: true,
  }),
  'include-unknown': Flags.boolean({
    description: 'also runs that are not signed by the owner of their project, marked',
  }),
  format: formatFlag,
  explain: Flags.boolean({ description: 'also how the numbers were made' }),
  ...hubFlag,
}
