import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { hubFlag } from '../../cli/hub-flag.ts'

export default class HubSquash extends BaseCommand {
  static override summary =
    'Start a new epoch of the hub: one commit with what is there now, without the history before.'
  static override description =
    'What was erased or expired is then gone from the repository, but not from copies others have, nor from what a forge keeps of unreachable commits. Readers accept the new history because hub.json says so, signed by a maintainer; everybody fetches the hub anew. Needs a maintainer key and the right to force-push.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --dry-run']
  static override flags = {
    'dry-run': Flags.boolean({ description: 'say what would change, and change nothing' }),
    ...hubFlag,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(HubSquash)
    const project = await this.openProject(flags.project)
    const change = await (await project.hub(flags.hub)).squash({ dryRun: flags['dry-run'] })
    const [{ renderHubChange }, { toHubChangeDocument }] = await Promise.all([
      import('../../render/terminal/hub-change-text.ts'),
      import('../../render/json/hub-change-document.ts'),
    ])
    this.show(renderHubChange(change))
    return toHubChangeDocument(change)
  }
}
