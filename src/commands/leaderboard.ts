import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { tableOptions } from '../cli/format-flag.ts'
import { rankFlags } from '../cli/rank-flags.ts'

export default class Leaderboard extends BaseCommand {
  static override summary = 'Rank pipelines by what was measured here and in the hub.'
  static override description =
    'The newest run of each project, pipeline, version and parameter set counts, on fixed scales: another candidate never changes the order of the others. Who breaks a limit of the configuration or lacks required values is shown without a place. Weights are evaluation.priority of the configuration, else those of the hub.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> amr-detection',
    '<%= config.bin %> <%= command.id %> amr-detection --limit 10 --explain',
    '<%= config.bin %> <%= command.id %> binning --format csv > binning.csv',
  ]
  static override args = {
    category: Args.string({ description: 'benchmark type (default: the type of the project)' }),
  }
  static override flags = {
    limit: Flags.integer({ description: 'at most so many; 0 shows all', default: 10, min: 0, helpValue: '<n>' }),
    ...rankFlags,
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Leaderboard)
    const project = await this.openProject(flags.project)
    const [rankings, { toLeaderboardDocument }] = await Promise.all([
      project.rankings(),
      import('../render/json/rank/leaderboard-document.ts'),
    ])
    const category = args.category ?? (await project.config()).load().project.type
    const field = await rankings.leaderboard({
      category,
      datasets: flags.dataset ?? [],
      includeUnknown: flags['include-unknown'],
      ...(flags.hub === undefined ? {} : { hub: flags.hub }),
    })
    const document = toLeaderboardDocument(field, flags.limit)
    if (!this.jsonEnabled()) {
      const { renderLeaderboard } = await import('../render/rank/leaderboard-text.ts')
      const { format, limit, explain } = flags
      this.show(renderLeaderboard(field, { ...tableOptions(format), limit, explain }))
    }
    return document
  }
}
