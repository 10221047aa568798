import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT_CODES } from '../../cli/exit-code.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'

export default class PipelineCheck extends BaseCommand {
  static override summary = 'Tell which pipelines can be run here, and what is missing for the others.'
  static override description =
    'Checks the configuration, looks for programs and databases, and asks each tool for its version. Exit status 4 for an invalid configuration; 6 when a named or configured pipeline cannot be run.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> resfinder --json',
  ]
  static override args = {
    name: Args.string({ description: 'pipeline to check (default: those of the configuration, else all)' }),
  }
  static override flags = { format: formatFlag }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(PipelineCheck)
    const project = await this.openProject(flags.project)
    const [config, tools, { checkPipelines }, { toPipelineCheckDocument }, { renderCheck }] = await Promise.all([
      project.config(),
      project.tools(),
      import('../../app/check-pipelines.ts'),
      import('../../render/json/pipeline-documents.ts'),
      import('../../render/terminal/pipeline-text.ts'),
    ])
    const result = await checkPipelines({ config, tools }, args.name)
    this.show(renderCheck(result, tableOptions(flags.format)))
    if (result.wanted && result.checks.some(({ ready }) => !ready)) process.exitCode = EXIT_CODES.E_EXECUTOR
    return toPipelineCheckDocument(result)
  }
}
