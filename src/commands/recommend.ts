import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { tableOptions } from '../cli/format-flag.ts'
import { rankFlags } from '../cli/rank-flags.ts'
import { limitsOf } from '../cli/recommendation-wish.ts'

const share = (metric: string) =>
  Flags.string({ description: `smallest acceptable mean ${metric}, 0 to 1`, helpValue: '<0.9>' })

export default class Recommend extends BaseCommand {
  static override summary = 'Say which pipeline to take, and what stands behind it.'
  static override description =
    'From runs of this machine and of the hub: the best within the limits, what to expect of it, why, what would change it, and what switching would bring; or that the data cannot say, and why. Limits that are not given are those of the configuration (evaluation.constraints).'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --max-runtime 24h --max-memory 150GB --min-sensitivity 0.9',
    '<%= config.bin %> <%= command.id %> --type binning --min average_purity_bp=0.9',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = {
    type: Flags.string({ description: 'benchmark type (default: the type of the project)', helpValue: '<type>' }),
    'max-runtime': Flags.string({ description: 'longest acceptable execution', helpValue: '<24h>' }),
    'max-memory': Flags.string({ description: 'largest acceptable peak memory', helpValue: '<150GB>' }),
    'min-sensitivity': share('sensitivity'),
    'min-precision': share('precision'),
    'min-f1-score': share('F1 score'),
    min: Flags.string({
      description: 'smallest acceptable mean of a metric; several are possible',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<metric=value>',
    }),
    max: Flags.string({
      description: 'largest acceptable mean of a metric; several are possible',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<metric=value>',
    }),
    current: Flags.string({ description: 'pipeline in use (default: the best of the own ones)', helpValue: '<name>' }),
    ...rankFlags,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Recommend)
    const project = await this.openProject(flags.project)
    const [rankings, { toRecommendationDocument }] = await Promise.all([
      project.rankings(),
      import('../render/json/rank/recommendation-document.ts'),
    ])
    const advice = await rankings.recommend({
      ...limitsOf(flags),
      datasets: flags.dataset ?? [],
      includeUnknown: flags['include-unknown'],
      ...(flags.type === undefined ? {} : { category: flags.type }),
      ...(flags.current === undefined ? {} : { current: flags.current }),
      ...(flags.hub === undefined ? {} : { hub: flags.hub }),
    })
    const document = toRecommendationDocument(advice)
    if (!this.jsonEnabled()) {
      const { renderRecommendation } = await import('../render/rank/recommendation-text.ts')
      const { format, explain } = flags
      this.show(renderRecommendation(advice, { ...tableOptions(format), explain }))
    }
    return document
  }
}
