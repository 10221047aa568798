import { BaseCommand } from '../../cli/base-command.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'

export default class PipelineList extends BaseCommand {
  static override summary = 'List the pipelines that can be run by name.'
  static override description =
    'Built-in ones, those of .benchmark/pipelines/*.yaml, and those of the configuration (marked with a star).'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']
  static override flags = { format: formatFlag }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(PipelineList)
    const project = await this.openProject(flags.project)
    const config = await project.config()
    const [{ toPipelineListDocument }, { renderPipelineList }] = await Promise.all([
      import('../../render/json/pipeline-documents.ts'),
      import('../../render/terminal/pipeline-text.ts'),
    ])
    const configured = new Set(config.load().pipelines.map(({ name }) => name))
    const pipelines = [...config.catalogue().values()].sort((left, right) => (left.name < right.name ? -1 : 1))
    this.show(renderPipelineList(pipelines, configured, tableOptions(flags.format)))
    return toPipelineListDocument(pipelines, configured)
  }
}
