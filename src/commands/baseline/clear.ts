import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { baselineFlags, placeOf } from '../../cli/baseline-flags.ts'
import type { BaselineDocument } from '../../generated/baseline.ts'

export default class BaselineClear extends BaseCommand {
  static override summary = 'Forget a baseline; its run stays.'
  static override description =
    'Clears exactly the baseline named: the default of the project without flags, that of a branch or label with them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --branch main --label nightly',
    '<%= config.bin %> <%= command.id %> --all',
  ]
  static override flags = {
    ...baselineFlags,
    all: Flags.boolean({ description: 'all of them', exclusive: ['branch', 'label'] }),
  }

  override async run(): Promise<BaselineDocument> {
    const { flags } = await this.parse(BaselineClear)
    const project = await this.openProject(flags.project)
    const [store, { clearBaseline }, { renderBaselineChange }, { toBaselineDocument }] = await Promise.all([
      project.store('write'),
      import('../../app/baseline/clear-baseline.ts'),
      import('../../render/terminal/baseline-text.ts'),
      import('../../render/json/baseline-document.ts'),
    ])
    const change = clearBaseline(store, flags.all ? 'all' : placeOf(flags))
    this.show(renderBaselineChange(change))
    return toBaselineDocument(change)
  }
}
