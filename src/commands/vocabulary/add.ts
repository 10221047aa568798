import { resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'

export default class VocabularyAdd extends BaseCommand {
  static override summary = 'Add an ontology or mapping tables that gene names are looked up in.'
  static override description =
    'Takes CARD’s aro.obo and tables that map database entries to its terms (argNorm’s: Original ID, ARO, Cut_Off, Database); the content says which a file is. Runs and scores use them from then on. A newer file takes the place of the older one; a faulty file changes nothing.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> aro.obo',
    '<%= config.bin %> <%= command.id %> aro.obo ncbi_ARO_mapping.tsv resfinder_ARO_mapping.tsv',
  ]
  static override strict = false
  static override args = {
    file: Args.string({ description: 'aro.obo or a mapping table; several are possible', required: true }),
  }

  override async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(VocabularyAdd)
    const project = await this.openProject(flags.project)
    const [{ renderVocabularyAdded }, { toVocabularyAddedDocument }] = await Promise.all([
      import('../../render/terminal/vocabulary-text.ts'),
      import('../../render/json/vocabulary-documents.ts'),
    ])
    const added = await project.addVocabulary((argv as string[]).map((file) => resolve(file)))
    this.show(renderVocabularyAdded(added))
    return toVocabularyAddedDocument(added)
  }
}
