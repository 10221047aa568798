import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { hubFlag } from '../../cli/hub-flag.ts'

export default class HubCompact extends BaseCommand {
  static override summary = 'Fold closed months of every project into one file a month.'
  static override description =
    'Nothing is lost: the lines are the same bytes, so every signature stays valid. Uploads do it for their own project; this does it for all. Months of projects whose key is on this machine are sealed, so that readers need not check each signature.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --dry-run']
  static override flags = {
    'dry-run': Flags.boolean({ description: 'say what would change, and change nothing' }),
    ...hubFlag,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(HubCompact)
    const project = await this.openProject(flags.project)
    const change = await (await project.hub(flags.hub)).compact({ dryRun: flags['dry-run'] })
    const [{ renderHubChange }, { toHubChangeDocument }] = await Promise.all([
      import('../../render/terminal/hub-change-text.ts'),
      import('../../render/json/hub-change-document.ts'),
    ])
    this.show(renderHubChange(change))
    return toHubChangeDocument(change)
  }
}
