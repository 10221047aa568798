import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT_CODES } from '../../cli/exit-code.ts'

export default class DatasetVerify extends BaseCommand {
  static override summary = 'Read every file of a dataset again and compare it with its checksum.'
  static override description = 'Lists every file that is missing or different; exit status 4 when there is one.'
  static override examples = ['<%= config.bin %> <%= command.id %> amr-embedded']
  static override args = { id: Args.string({ description: 'id of the dataset', required: true }) }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(DatasetVerify)
    const project = await this.openProject(flags.project)
    const [
      config,
      files,
      hub,
      { originOf, usableDataset },
      { verifyDataset },
      { toDatasetVerificationDocument },
      { renderDatasetCheck },
    ] = await Promise.all([
      project.config(),
      project.files(),
      project.datasets.hub(),
      import('../../app/list-datasets.ts'),
      import('../../app/verify-dataset.ts'),
      import('../../render/json/dataset-documents.ts'),
      import('../../render/terminal/dataset-text.ts'),
    ])
    const dataset = usableDataset(config, args.id, hub.datasets())
    const check = await verifyDataset({ config, files }, dataset)
    this.show(renderDatasetCheck(check))
    if (!check.ok) process.exitCode = EXIT_CODES.E_INPUT
    return toDatasetVerificationDocument(check, originOf(dataset, { root: project.root, files }))
  }
}
