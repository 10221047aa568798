import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'

export default class MetricShow extends BaseCommand {
  static override summary = 'Explain a metric: what it says, its formula, when it has no value.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> sensitivity',
    '<%= config.bin %> <%= command.id %> amr_gene_recall --json',
  ]
  static override args = {
    name: Args.string({ required: true, description: 'id of the metric, or another name of it' }),
  }

  override async run(): Promise<unknown> {
    const { args } = await this.parse(MetricShow)
    const [{ showMetric }, { toMetricDocument }, { renderMetric }] = await Promise.all([
      import('../../app/list-metrics.ts'),
      import('../../documents/metric-document.ts'),
      import('../../render/terminal/metric-text.ts'),
    ])
    const metric = showMetric(args.name)
    this.show(renderMetric(args.name, metric))
    return toMetricDocument(args.name, metric)
  }
}
