import { resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { hubFlag } from '../../cli/hub-flag.ts'

export default class HubPublish extends BaseCommand {
  static override summary =
    'Put documents into the registry of the hub: datasets, benchmark definitions, policies, hub.json.'
  static override description =
    'Reads each JSON file, checks it, raises its version, signs it with your maintainer key and commits it. The document says itself where it belongs. `benchmark dataset add --manifest` writes one for a dataset. Needs a maintainer key.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> dataset.json',
    '<%= config.bin %> <%= command.id %> retention.json hub.json --dry-run',
  ]
  static override strict = false
  static override args = { file: Args.string({ description: 'document; several are possible', required: true }) }
  static override flags = {
    'dry-run': Flags.boolean({ description: 'say what would change, and change nothing' }),
    ...hubFlag,
  }

  override async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(HubPublish)
    const project = await this.openProject(flags.project)
    const files = (argv as string[]).map((file) => resolve(file))
    const change = await (await project.hub(flags.hub)).publish({ files, dryRun: flags['dry-run'] })
    const [{ renderHubChange }, { toHubChangeDocument }] = await Promise.all([
      import('../../render/terminal/hub-change-text.ts'),
      import('../../render/json/hub-change-document.ts'),
    ])
    this.show(renderHubChange(change))
    return toHubChangeDocument(change)
  }
}
