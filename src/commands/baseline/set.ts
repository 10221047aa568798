import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'
import { baselineFlags, placeOf } from '../../cli/baseline-flags.ts'
import type { BaselineDocument } from '../../generated/baseline.ts'

export default class BaselineSet extends BaseCommand {
  static override summary = 'Make a run the one that later runs are held against.'
  static override description =
    'Without --branch and --label it is the default of the project. A branch and a label may each have one of their own; a run is held against the most specific: branch and label, branch, label, default. A run that is a baseline cannot be removed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> latest',
    '<%= config.bin %> <%= command.id %> 20261123t101502z-k3f9x2 --branch main',
    '<%= config.bin %> <%= command.id %> latest --branch main --label nightly',
  ]
  static override args = {
    run: Args.string({ description: 'run id, its beginning, a label, latest or latest~1', required: true }),
  }
  static override flags = baselineFlags

  override async run(): Promise<BaselineDocument> {
    const { args, flags } = await this.parse(BaselineSet)
    const project = await this.openProject(flags.project)
    // Looked up before anything is opened for writing: what fails leaves no database behind.
    const run = await project.resolveRun(args.run)
    const [store, { setBaseline }, { clock }, { renderBaselineChange }, { toBaselineDocument }] = await Promise.all([
      project.store('write'),
      import('../../app/baseline/set-baseline.ts'),
      import('../../compose/parts.ts'),
      import('../../render/terminal/baseline-text.ts'),
      import('../../render/json/baseline-document.ts'),
    ])
    const change = setBaseline({ store, clock }, { reference: run, ...placeOf(flags) })
    this.show(renderBaselineChange(change))
    return toBaselineDocument(change)
  }
}
