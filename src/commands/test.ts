import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { formatFlag } from '../cli/format-flag.ts'

export default class Test extends BaseCommand {
  static override summary = 'Try everything on bundled data: real resistance genes in simulated contigs and reads.'
  static override description =
    'A demonstration, not science. Inside a project the results are kept in its database, elsewhere in a temporary folder. Without --quick every installed tool of the catalogue takes part. Exits with 5 when an execution fails.'
  static override examples = ['<%= config.bin %> <%= command.id %> --quick', '<%= config.bin %> <%= command.id %>']
  static override flags = {
    quick: Flags.boolean({ description: 'only the embedded pipelines: seconds, and no tool needed' }),
    label: Flags.string({ description: 'a name for this run' }),
    format: formatFlag,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Test)
    const { demonstrationFolder, runDemonstration } = await import('../cli/demonstration-run.ts')
    const { folder, isTemporary } = demonstrationFolder(flags.project)
    const run = await runDemonstration(await this.openProject(folder), {
      quick: flags.quick,
      label: flags.label,
      format: flags.format,
      plain: this.jsonEnabled(),
      show: (text) => this.show(text),
      tell: (text) => this.tell(text),
    })
    this.tell(`More: benchmark show latest${isTemporary ? ` --project ${folder}` : ''}`)
    return run
  }
}
