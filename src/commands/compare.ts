import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { formatFlag } from '../cli/format-flag.ts'
import { hubFlag } from '../cli/hub-flag.ts'

const several = { multiple: true, multipleNonGreedy: true } as const

export default class Compare extends BaseCommand {
  static override summary = 'Hold a run against another one, sample by sample: better, worse, the same, or not shown.'
  static override description =
    'Only samples of both sides count. A verdict needs a difference that is not by chance, large enough to matter and not trifling in absolute terms; docs/statistics.md explains each one. What was scored or measured otherwise is not compared, and the answer says what differs.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --with run:latest~1',
    '<%= config.bin %> <%= command.id %> --with main --metric sensitivity:gene --explain',
    '<%= config.bin %> <%= command.id %> nightly --with baseline --format markdown --output comparison.md',
    '<%= config.bin %> <%= command.id %> --with pipeline:kma',
    '<%= config.bin %> <%= command.id %> --with project:resistance-tracker',
    '<%= config.bin %> <%= command.id %> --with community',
    '<%= config.bin %> <%= command.id %> --plan',
  ]
  static override args = {
    run: Args.string({ description: 'run id, its beginning, a label, latest or latest~1', default: 'latest' }),
  }
  static override flags = {
    with: Flags.string({
      char: 'w',
      description:
        'run:ID, branch:NAME (or just the name), baseline, pipeline:NAME[@VERSION][,PARAMETER=VALUE], project:NAME, community or history',
      helpValue: '<reference>',
    }),
    metric: Flags.string({
      description: 'only this metric, with a match level or rank after a colon; several are possible',
      helpValue: '<id[:level]>',
      ...several,
    }),
    level: Flags.string({
      description: 'only this match level or rank; several are possible',
      helpValue: '<level>',
      ...several,
    }),
    dataset: Flags.string({
      description: 'only runs on this dataset; several are possible',
      helpValue: '<id>',
      ...several,
    }),
    pipeline: Flags.string({
      description: 'only this pipeline; several are possible',
      helpValue: '<name>',
      ...several,
    }),
    all: Flags.boolean({ description: 'every metric, not only the important ones and what changed' }),
    controlled: Flags.string({
      description: 'what differs on purpose: database, machine or vocabulary; several are possible',
      helpValue: '<what>',
      ...several,
    }),
    format: formatFlag,
    output: Flags.string({ char: 'o', description: 'write it to this file', helpValue: '<file>' }),
    explain: Flags.boolean({ description: 'also how each verdict was reached' }),
    gate: Flags.boolean({
      description: 'exit with status 5 when an important metric is worse or something newly fails',
    }),
    plan: Flags.boolean({
      description: 'instead: what samples and repeats could show, from the spread of stored runs',
      exclusive: ['with', 'gate'],
    }),
    samples: Flags.integer({
      description: 'with --plan: samples of the comparison (default: those of the run)',
      min: 1,
      dependsOn: ['plan'],
    }),
    repeats: Flags.integer({
      description: 'with --plan: repeats on each side (default: those of the run)',
      min: 1,
      dependsOn: ['plan'],
    }),
    ...hubFlag,
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Compare)
    const project = await this.openProject(flags.project)
    const { runComparison } = await import('../cli/compare-view.ts')
    return runComparison(
      project,
      { ...flags, run: args.run, wantsJson: this.jsonEnabled() },
      { show: (text) => this.show(text), tell: (text) => this.tell(text) },
    )
  }
}
