import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'
import type { BlessRequest } from '../../app/history/bless-shift.ts'
import { Problem } from '../../core/problem.ts'

export default class HistoryBless extends BaseCommand {
  static override summary = 'Accept that metrics have another level from a run on.'
  static override description =
    'The history then starts anew at that run, with the noise it knew before. Who, when and why stand in .benchmark/blessings.yaml: commit it, so that CI and others judge by it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261123t101502z-k3f9x2 --metric sensitivity --level gene --pipeline kma --why "stricter identity threshold, agreed in the lab meeting"',
    '<%= config.bin %> <%= command.id %> latest --metric wall_seconds --metric cpu_seconds --why "new storage"',
    '<%= config.bin %> <%= command.id %> latest --all --why "new version of the database"',
    '<%= config.bin %> <%= command.id %> --list',
    '<%= config.bin %> <%= command.id %> latest --metric wall_seconds --undo',
  ]
  static override args = {
    run: Args.string({ description: 'first run at the new level: run id, its beginning, a label, latest or latest~1' }),
  }
  static override flags = {
    metric: Flags.string({
      description: 'which metric, with a match level or rank after a colon; several are possible',
      helpValue: '<id[:level]>',
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
    }),
    all: Flags.boolean({
      description: 'every metric whose level moved at this run; with --undo: everything accepted at it',
      exclusive: ['metric'],
    }),
    pipeline: Flags.string({ description: 'of this pipeline (default: of all)', helpValue: '<name>' }),
    level: Flags.string({ description: 'at this match level (default: at all)', helpValue: '<level>' }),
    rank: Flags.string({ description: 'at this taxonomic rank (default: at all)', helpValue: '<rank>' }),
    why: Flags.string({ description: 'why the new level is right', helpValue: '<text>' }),
    undo: Flags.boolean({ description: 'take it back', exclusive: ['why', 'list'] }),
    list: Flags.boolean({ description: 'show what was accepted', exclusive: ['metric', 'all', 'pipeline', 'why'] }),
    format: formatFlag,
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(HistoryBless)
    const project = await this.openProject(flags.project)
    const [histories, text, { toBlessingListDocument }] = await Promise.all([
      project.histories(),
      import('../../render/terminal/blessing-text.ts'),
      import('../../render/json/history-document.ts'),
    ])
    if (flags.list) {
      const listed = await histories.blessings()
      this.show(text.renderBlessings(listed, tableOptions(flags.format)))
      return toBlessingListDocument(listed)
    }
    const request = requestOf(args.run, flags)
    const change = flags.undo
      ? await histories.takeBack(request)
      : await histories.bless({ ...request, why: given(flags.why, '--why', 'Say in a sentence why it is right.') })
    this.show(text.renderBlessingChange(change))
    return toBlessingListDocument(change)
  }
}

const requestOf = (
  run: string | undefined,
  {
    metric,
    all,
    level,
    rank,
    pipeline,
  }: Partial<Record<'level' | 'rank' | 'pipeline', string | undefined>> & {
    readonly metric: readonly string[] | undefined
    readonly all: boolean
  },
): BlessRequest => ({
  run: given(run, 'The run', '`benchmark history` shows from which run on a level is another one.'),
  metrics: all
    ? 'all'
    : given(metric, '--metric', 'For example --metric sensitivity, or --all for all that moved at it.'),
  ...(level === undefined ? {} : { level }),
  ...(rank === undefined ? {} : { rank }),
  ...(pipeline === undefined ? {} : { pipeline }),
})

const given = <T>(value: T | undefined, name: string, hint: string): T => {
  if (value !== undefined) return value
  throw new Problem('E_USAGE', `${name} is missing.`, {
    hints: [hint, '`benchmark history bless --help` has examples.'],
  })
}
