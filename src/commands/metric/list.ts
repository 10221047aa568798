import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'

export default class MetricList extends BaseCommand {
  static override summary = 'List the metrics, with the names users give them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --type amr-detection --json',
  ]
  static override flags = {
    format: formatFlag,
    type: Flags.string({ description: 'only metrics of this benchmark type', helpValue: '<type>' }),
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(MetricList)
    const [{ listMetrics }, { toMetricListDocument }, { renderMetricList }] = await Promise.all([
      import('../../app/list-metrics.ts'),
      import('../../documents/metric-document.ts'),
      import('../../render/terminal/metric-text.ts'),
    ])
    const metrics = listMetrics(flags.type)
    this.show(renderMetricList(metrics, tableOptions(flags.format)))
    return toMetricListDocument(metrics, flags.type ?? null)
  }
}
