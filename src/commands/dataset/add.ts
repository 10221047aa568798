import { resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'

export default class DatasetAdd extends BaseCommand {
  static override summary = 'Register a folder with samples and their truth as a dataset.'
  static override description =
    'Reads the sample sheet and the truth, hashes every file, and writes .benchmark/datasets/<id>/dataset.yaml; the data stay where they are. A dataset.yaml in the folder is taken over and completed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> data/mock --labels inserted --licence CC-BY-4.0',
    '<%= config.bin %> <%= command.id %> /nas/soil --id soil --samples /nas/soil/sheet.csv --truth /nas/soil/truth.tsv',
  ]
  static override args = { folder: Args.string({ description: 'folder with the data', required: true }) }
  static override flags = {
    id: Flags.string({ description: 'name for --dataset (default: name of the folder)', helpValue: '<name>' }),
    title: Flags.string({ description: 'one line for lists', helpValue: '<text>' }),
    version: Flags.string({ description: 'version of the data (default: 1.0.0)', helpValue: '<version>' }),
    type: Flags.string({ description: 'benchmark type (default: amr-detection)', helpValue: '<type>' }),
    samples: Flags.string({ description: 'sample sheet (default: samples.csv)', helpValue: '<file>' }),
    truth: Flags.string({ description: 'truth (default: truth.tsv)', helpValue: '<file>' }),
    labels: Flags.string({ description: 'how the truth was made', helpValue: 'inserted|curated|tool:NAME@DB' }),
    licence: Flags.string({ description: 'licence of the data', helpValue: '<id>' }),
    source: Flags.string({ description: 'where the data come from', helpValue: '<text>' }),
    description: Flags.string({ description: 'what the dataset is good for, and what not', helpValue: '<text>' }),
    manifest: Flags.string({
      description: 'write a dataset.json here for a hub or for colleagues to fetch by',
      helpValue: '<file>',
    }),
    'source-url': Flags.string({
      description: 'where the whole folder can be had, for --manifest (can be repeated)',
      helpValue: '<https://…|s3://…|folder>',
      multiple: true,
      multipleNonGreedy: true,
      dependsOn: ['manifest'],
    }),
    force: Flags.boolean({ description: 'replace a dataset of that id' }),
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(DatasetAdd)
    const project = await this.openProject(flags.project)
    const [config, files, reader, { addDataset }, { toDatasetAddedDocument }, { renderAdded }] = await Promise.all([
      project.config(),
      project.files(),
      project.reader(),
      import('../../app/add-dataset.ts'),
      import('../../render/json/dataset-documents.ts'),
      import('../../render/terminal/dataset-text.ts'),
    ])
    const { samples, truth, manifest, 'source-url': sources, ...described } = flags
    const added = await addDataset(
      { config, files, reader, schemaUrl: 'https://unpkg.com/metagenome-benchmark-cli/schemas/dataset.schema.json' },
      {
        ...described,
        root: project.root,
        folder: resolve(args.folder),
        samplesheet: samples && resolve(samples),
        truth: truth && resolve(truth),
        manifest: manifest && resolve(manifest),
        sources,
      },
    )
    for (const warning of added.warnings) this.tell(`Warning: ${warning}`)
    this.show(renderAdded(added))
    return toDatasetAddedDocument(added)
  }
}
