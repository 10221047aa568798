import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'

export default class DatasetShow extends BaseCommand {
  static override summary = 'Show the samples, the truth and the origin of a dataset.'
  static override examples = ['<%= config.bin %> <%= command.id %> amr-embedded']
  static override args = { id: Args.string({ description: 'id of the dataset', required: true }) }

  static override flags = { format: formatFlag }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(DatasetShow)
    const project = await this.openProject(flags.project)
    const [config, files, hub, { findDataset }, { toDatasetDetailsDocument }, { renderDataset }] = await Promise.all([
      project.config(),
      project.files(),
      project.datasets.hub(),
      import('../../app/list-datasets.ts'),
      import('../../render/json/dataset-documents.ts'),
      import('../../render/terminal/dataset-text.ts'),
    ])
    const dataset = findDataset({ root: project.root, config, files, hub }, args.id)
    const samples = dataset.from.fetched ? config.samples(dataset.samplesheet) : []
    this.show(renderDataset(dataset, samples, tableOptions(flags.format)))
    return toDatasetDetailsDocument(dataset, samples)
  }
}
