import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { hubFlag } from '../../cli/hub-flag.ts'

export default class HubRetain extends BaseCommand {
  static override summary = 'Remove single runs that are older than the hub keeps them, and keep their aggregates.'
  static override description =
    'Freezes mean, spread, minimum and maximum of each metric by pipeline, dataset and metric, then removes the months that have expired by registry/policy/retention.json. The history of git still holds them until benchmark hub squash. Needs a maintainer key.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --dry-run']
  static override flags = {
    'dry-run': Flags.boolean({ description: 'say what would change, and change nothing' }),
    ...hubFlag,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(HubRetain)
    const project = await this.openProject(flags.project)
    const change = await (await project.hub(flags.hub)).retain({ dryRun: flags['dry-run'] })
    const [{ renderHubChange }, { toHubChangeDocument }] = await Promise.all([
      import('../../render/terminal/hub-change-text.ts'),
      import('../../render/json/hub-change-document.ts'),
    ])
    this.show(renderHubChange(change))
    return toHubChangeDocument(change)
  }
}
