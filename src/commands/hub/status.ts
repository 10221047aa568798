import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { hubFlag } from '../../cli/hub-flag.ts'

export default class HubStatus extends BaseCommand {
  static override summary = 'Show what is known of the hub, what waits for it, and whether it answers.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --offline --json',
  ]
  static override flags = { offline: Flags.boolean({ description: 'do not ask the network' }), ...hubFlag }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(HubStatus)
    const project = await this.openProject(flags.project)
    const status = await (await project.hub(flags.hub, 'read')).status({ offline: flags.offline })
    const [{ renderHubStatus }, { toHubStatusDocument }] = await Promise.all([
      import('../../render/terminal/hub-text.ts'),
      import('../../render/json/hub-documents.ts'),
    ])
    this.show(renderHubStatus(status))
    return toHubStatusDocument(status)
  }
}
