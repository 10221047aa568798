import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { hubFlag } from '../../cli/hub-flag.ts'

export default class HubErase extends BaseCommand {
  static override summary = 'Erase a run from the hub, as far as git can forget.'
  static override description =
    'Writes a tombstone (a salted hash that names nobody), removes the run from the tree; every reader then drops it and every writer refuses it. The command says what cannot be recalled. Needs the key of the project or of a maintainer.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261123t101502z-k3f9x2',
    '<%= config.bin %> <%= command.id %> latest --reason mistake',
  ]
  static override args = {
    run: Args.string({ description: 'run: id in the hub, or a run of this project', required: true }),
  }
  static override flags = {
    reason: Flags.option({
      options: ['request', 'legal', 'mistake', 'abuse'] as const,
      default: 'request',
      description: 'why; it stands in the tombstone',
    })(),
    'dry-run': Flags.boolean({ description: 'say what would change, and change nothing' }),
    ...hubFlag,
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(HubErase)
    const project = await this.openProject(flags.project)
    const change = await (
      await project.hub(flags.hub)
    ).erase({ run: args.run, reason: flags.reason, dryRun: flags['dry-run'] })
    const [{ renderHubChange }, { toHubChangeDocument }] = await Promise.all([
      import('../../render/terminal/hub-change-text.ts'),
      import('../../render/json/hub-change-document.ts'),
    ])
    this.show(renderHubChange(change))
    return toHubChangeDocument(change)
  }
}
