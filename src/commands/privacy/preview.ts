import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'
import { hubFlag } from '../../cli/hub-flag.ts'

export default class PrivacyPreview extends BaseCommand {
  static override summary = 'Show every byte that would leave this machine if a run were shared.'
  static override description =
    'Makes the document an upload would make, and shows it with what was left out, how many others look like it, and what no program can promise. Nothing is queued or sent.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> latest --visibility community',
    '<%= config.bin %> <%= command.id %> latest --visibility public --json',
  ]
  static override args = {
    run: Args.string({ description: 'run: id, unique prefix, label, latest, latest~1', default: 'latest' }),
  }
  static override flags = {
    visibility: Flags.option({
      options: ['community', 'public'] as const,
      description: 'as what it would be shared (default: sharing.visibility of the configuration)',
    })(),
    format: formatFlag,
    ...hubFlag,
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(PrivacyPreview)
    const project = await this.openProject(flags.project)
    const hub = await project.hub(flags.hub, 'read')
    const preview = await hub.preview(args.run, flags.visibility ?? null)
    const [{ renderPrivacy }, { toPrivacyPreviewDocument }] = await Promise.all([
      import('../../render/terminal/privacy-text.ts'),
      import('../../render/json/privacy-document.ts'),
    ])
    this.show(renderPrivacy(preview, tableOptions(flags.format)))
    return toPrivacyPreviewDocument(preview)
  }
}
