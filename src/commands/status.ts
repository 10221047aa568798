import * as Args from '@oclif/core/args'
import { BaseCommand } from '../cli/base-command.ts'
import { formatFlag, tableOptions } from '../cli/format-flag.ts'

export default class Status extends BaseCommand {
  static override summary = 'Show how far a run is.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> 20261123t101502z-k3f9x2 --json',
  ]
  static override args = {
    run: Args.string({ description: 'run id, prefix, label, latest or latest~1', default: 'latest' }),
  }

  static override flags = { format: formatFlag }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Status)
    const project = await this.openProject(flags.project)
    const [status, { renderStatus }, { toStatusDocument }] = await Promise.all([
      project.status(args.run),
      import('../render/terminal/status-table.ts'),
      import('../render/json/status-document.ts'),
    ])
    this.show(renderStatus(status, tableOptions(flags.format)))
    return toStatusDocument(status)
  }
}
