import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { hubFlag } from '../cli/hub-flag.ts'
import { transferView } from '../cli/transfer-view.ts'

export default class Sync extends BaseCommand {
  static override summary = 'Read what is new in the hub, and deliver what waits.'
  static override description =
    'Fetches only what changed, checks every document and signature, and takes valid runs into the local database; what is not valid is named and left out. When nothing is new it costs one small request. An interrupted sync goes on where it was.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --hub /nas/benchmarks/hub.git',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = {
    fresh: Flags.boolean({ description: 'throw the local copy of the hub away and read it all again' }),
    ...hubFlag,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Sync)
    const project = await this.openProject(flags.project)
    const hub = await project.hub(flags.hub)
    const view = transferView(process.stderr, this.jsonEnabled())
    const result = await hub.sync({ fresh: flags.fresh }, view.onProgress).finally(() => view.close())
    const [{ renderSync }, { toSyncDocument }] = await Promise.all([
      import('../render/terminal/hub-text.ts'),
      import('../render/json/hub-documents.ts'),
    ])
    this.show(renderSync(result))
    return toSyncDocument(result)
  }
}
