import { BaseCommand } from '../../cli/base-command.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'

export default class DatasetList extends BaseCommand {
  static override summary = 'List the datasets that can be used by name.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']
  static override flags = { format: formatFlag }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(DatasetList)
    const project = await this.openProject(flags.project)
    const [config, files, hub, { listDatasets }, { toDatasetListDocument }, { renderDatasetList }] = await Promise.all([
      project.config(),
      project.files(),
      project.datasets.hub(),
      import('../../app/list-datasets.ts'),
      import('../../render/json/dataset-documents.ts'),
      import('../../render/terminal/dataset-text.ts'),
    ])
    for (const fault of hub.faults()) this.tell(`Warning: ${fault}`)
    const datasets = listDatasets({ root: project.root, config, files, hub })
    this.show(renderDatasetList(datasets, tableOptions(flags.format)))
    return toDatasetListDocument(datasets)
  }
}
