import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { EXIT_CODES } from '../cli/exit-code.ts'
import { hubFlag } from '../cli/hub-flag.ts'
import { transferView } from '../cli/transfer-view.ts'

export default class Upload extends BaseCommand {
  static override summary = 'Share runs through the hub.'
  static override description =
    'Signs each run and hands it to the hub; what cannot be delivered now waits and goes with the next exchange. Runs are private unless sharing.visibility of the configuration or --visibility says otherwise: community shares without names (see `benchmark privacy preview`), public shares with them. Doing it twice shares nothing twice.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --run-id latest --visibility public',
    '<%= config.bin %> <%= command.id %> --run-id latest --tag ci-run --branch main',
    '<%= config.bin %> <%= command.id %> --all --visibility community',
    '<%= config.bin %> <%= command.id %>   # deliver what waits',
  ]
  static override flags = {
    'run-id': Flags.string({
      description: 'run to share: id, unique prefix, label, latest, latest~1; several are possible',
      helpValue: '<run>',
      multiple: true,
      multipleNonGreedy: true,
      exclusive: ['all'],
    }),
    all: Flags.boolean({ description: 'every finished run that is not shared yet' }),
    visibility: Flags.option({
      options: ['private', 'community', 'public'] as const,
      description: 'raise (or keep) the visibility of these runs; written into the audit log',
    })(),
    tag: Flags.string({
      description: 'tag to share with them; several are possible',
      multiple: true,
      multipleNonGreedy: true,
    }),
    branch: Flags.string({ description: 'branch they are of, where the run does not know it' }),
    'allow-small-group': Flags.boolean({
      description: 'share anonymised runs although too few others look like them (see privacy preview)',
    }),
    queue: Flags.boolean({ description: 'only queue; do not ask the network' }),
    ...hubFlag,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Upload)
    const project = await this.openProject(flags.project)
    const hub = await project.hub(flags.hub)
    const view = transferView(process.stderr, this.jsonEnabled())
    const result = await hub
      .upload(
        {
          runs: flags.all ? 'all' : (flags['run-id'] ?? []),
          visibility: flags.visibility ?? null,
          tags: flags.tag ?? [],
          branch: flags.branch ?? null,
          allowSmallGroup: flags['allow-small-group'],
          deliver: !flags.queue,
        },
        view.onProgress,
      )
      .finally(() => view.close())
    const [{ renderUpload }, { toUploadDocument }] = await Promise.all([
      import('../render/terminal/hub-text.ts'),
      import('../render/json/hub-documents.ts'),
    ])
    this.show(renderUpload(result))
    if (result.rejected.length > 0 && !flags.all) process.exitCode = EXIT_CODES.E_INPUT
    return toUploadDocument(result)
  }
}
