import { BaseCommand } from '../../cli/base-command.ts'
import { baselineFlags, placeOf } from '../../cli/baseline-flags.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'
import type { BaselineDocument } from '../../generated/baseline.ts'

export default class BaselineShow extends BaseCommand {
  static override summary = 'Show the baselines, or the one that runs of a branch and label are held against.'
  static override description =
    'With --branch or --label: the most specific that is set, in the order branch and label, branch, label, default of the project.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --branch main --label nightly --json',
  ]
  static override flags = { ...baselineFlags, format: formatFlag }

  override async run(): Promise<BaselineDocument> {
    const { flags } = await this.parse(BaselineShow)
    const project = await this.openProject(flags.project)
    const [store, { baselineEntries }, { baselineFor }, { renderBaselines }, { toBaselineDocument }] =
      await Promise.all([
        project.store(),
        import('../../app/baseline/set-baseline.ts'),
        import('../../app/baseline/baseline-for.ts'),
        import('../../render/terminal/baseline-text.ts'),
        import('../../render/json/baseline-document.ts'),
      ])
    const place = placeOf(flags)
    const isNamed = place.branch !== null || place.label !== null
    const found = isNamed ? baselineFor(store, place) : null
    const baselines = found === null ? baselineEntries(store) : [{ ...found, run: store.header(found.runId) }]
    this.show(renderBaselines(baselines, tableOptions(flags.format)))
    return toBaselineDocument({ set: null, removed: [], baselines })
  }
}
