import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { formatFlag, tableOptions } from '../cli/format-flag.ts'

export default class Show extends BaseCommand {
  static override summary = 'Show the numbers of a run.'
  static override description =
    'One row for each pipeline and parameter set: the primary metrics with their 95 % intervals, runtime, memory, and below what failed and why.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> latest~1 --per-sample',
    '<%= config.bin %> <%= command.id %> nightly --metric sensitivity:gene --metric precision',
    '<%= config.bin %> <%= command.id %> 20261123t101502z-k3f9x2 --json',
  ]
  static override args = {
    run: Args.string({ description: 'run id, its beginning, a label, latest or latest~1', default: 'latest' }),
  }
  static override flags = {
    metric: Flags.string({
      description: 'metric to show, with a match level or rank after a colon',
      multiple: true,
      exclusive: ['all'],
      helpValue: '<id[:level]>',
    }),
    all: Flags.boolean({ description: 'every metric' }),
    format: formatFlag,
    'per-sample': Flags.boolean({ description: 'also every sample and repeat' }),
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Show)
    const project = await this.openProject(flags.project)
    const [store, { showRun }, { toRunDocument }] = await Promise.all([
      project.store('read'),
      import('../app/show-run.ts'),
      import('../documents/run-document.ts'),
    ])
    const { run, metrics, pruned } = showRun(
      { store },
      { reference: args.run, metrics: flags.metric ?? [], all: flags.all },
    )
    if (!this.jsonEnabled()) {
      const { renderRun } = await import('../render/terminal/run-table.ts')
      const { format, 'per-sample': perSample } = flags
      this.show(renderRun(run, { ...tableOptions(format), metrics, perSample, pruned }))
    }
    return toRunDocument(run, pruned?.at ?? null)
  }
}
