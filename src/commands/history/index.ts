import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'
import { readMetricPlace } from '../../core/metric-place.ts'

export default class History extends BaseCommand {
  static override summary = 'Show how the numbers moved from run to run, and which moves are more than noise.'
  static override description =
    'Every metric of every pipeline is judged. confirmed: the level changed and stayed changed; watch: look again after the next run; quiet: nothing but noise; unjudged: with the reason. A change that is right is accepted with `history bless`.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --pipeline kma --metric sensitivity:gene --explain',
    '<%= config.bin %> <%= command.id %> --branch main --format markdown',
    '<%= config.bin %> <%= command.id %> --limit 0 --all --format csv > history.csv',
  ]
  static override flags = {
    pipeline: Flags.string({ description: 'only this pipeline', helpValue: '<name>' }),
    metric: Flags.string({
      description: 'only this metric, with a match level or rank after a colon',
      helpValue: '<id[:level]>',
    }),
    level: Flags.string({ description: 'only this match level', helpValue: '<level>' }),
    rank: Flags.string({ description: 'only this taxonomic rank', helpValue: '<rank>' }),
    dataset: Flags.string({ description: 'only runs on this dataset', helpValue: '<name>' }),
    branch: Flags.string({ description: 'only runs of this branch', helpValue: '<name>' }),
    limit: Flags.integer({
      description: 'so many of the newest runs; 0 takes all',
      default: 100,
      min: 0,
      helpValue: '<n>',
    }),
    all: Flags.boolean({
      description: 'also quiet series of other metrics, and those that ended because samples, truth or scoring changed',
    }),
    format: formatFlag,
    ascii: Flags.boolean({ description: 'draw with ASCII characters only' }),
    explain: Flags.boolean({ description: 'also how it was judged' }),
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(History)
    const project = await this.openProject(flags.project)
    const [histories, { toHistoryDocument }] = await Promise.all([
      project.histories(),
      import('../../render/json/history-document.ts'),
    ])
    const { pipeline, metric, level, rank, dataset, branch, limit, all, format, ascii, explain } = flags
    const place = metric === undefined ? {} : readMetricPlace(metric)
    const filters = Object.entries({ pipeline, level, rank, dataset, branch }).filter(
      ([, value]) => value !== undefined,
    )
    const history = await histories.judge({
      ...place,
      ...Object.fromEntries(filters),
      ...{ limit, includeEnded: all },
    })
    const document = toHistoryDocument(history)
    if (!this.jsonEnabled()) {
      const { renderHistory } = await import('../../render/history/history-text.ts')
      const isNarrow = metric !== undefined || level !== undefined || rank !== undefined
      this.show(renderHistory(history, { ...tableOptions(format), explain, ascii, all: all || isNarrow }))
    }
    return document
  }
}
