import { BaseCommand } from '../../cli/base-command.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'

export default class VocabularyList extends BaseCommand {
  static override summary = 'List what gene names are looked up in.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']
  static override flags = { format: formatFlag }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(VocabularyList)
    const project = await this.openProject(flags.project)
    const [files, { listVocabulary }, { renderVocabulary }, { toVocabularyListDocument }] = await Promise.all([
      project.files(),
      import('../../app/vocabulary/vocabulary-cache.ts'),
      import('../../render/terminal/vocabulary-text.ts'),
      import('../../render/json/vocabulary-documents.ts'),
    ])
    const sources = listVocabulary(files, project.root)
    this.show(renderVocabulary(sources, tableOptions(flags.format)))
    return toVocabularyListDocument(sources)
  }
}
