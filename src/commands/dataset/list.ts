import { BaseCommand } from '../../cli/base-command.ts'
import { terminalWidth } from '../../cli/terminal-width.ts'

export default class DatasetList extends BaseCommand {
  static override summary = 'List the datasets that can be used by name.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(DatasetList)
    const project = await this.openProject(flags.project)
    const [config, { toDatasetListDocument }, { renderDatasetList }] = await Promise.all([
      project.config(),
      import('../../render/json/dataset-documents.ts'),
      import('../../render/terminal/dataset-text.ts'),
    ])
    const datasets = [...config.datasets().values()].sort((left, right) => (left.id < right.id ? -1 : 1))
    this.show(renderDatasetList(datasets, terminalWidth()))
    return toDatasetListDocument(datasets)
  }
}
