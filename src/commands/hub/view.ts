import { resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'
import { hubFlag } from '../../cli/hub-flag.ts'

export default class HubView extends BaseCommand {
  static override summary = 'Write what was read from the hub as folders and files, for people and other programs.'
  static override description =
    'registry/, warehouse/results/<project>/<run id>/ and warehouse/aggregated/by_pipeline, by_dataset and by_metric, from the local database. The folder must be empty or written by this command before; doing it again writes what changed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> hub-view',
    '<%= config.bin %> sync && <%= config.bin %> <%= command.id %> public --json',
  ]
  static override args = { folder: Args.string({ description: 'folder to write', required: true }) }
  static override flags = { ...hubFlag }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(HubView)
    const project = await this.openProject(flags.project)
    const view = await (await project.hub(flags.hub, 'read')).view(resolve(args.folder))
    const [{ renderHubView }, { toHubViewDocument }] = await Promise.all([
      import('../../render/terminal/hub-change-text.ts'),
      import('../../render/json/hub-change-document.ts'),
    ])
    this.show(renderHubView(view))
    return toHubViewDocument(view)
  }
}
