import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT_CODES } from '../../cli/exit-code.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export default class DatasetFetch extends BaseCommand {
  static override summary = 'Fetch the files of a dataset and register it.'
  static override description =
    'Takes a dataset of a hub, a dataset.json, or a dataset of the project whose files name sources. Every file is verified before it is put in place; an interrupted fetch goes on where it was. Content is kept once, in the cache folder of the configuration.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> mock-community',
    '<%= config.bin %> <%= command.id %> shared/mock/dataset.json --from /nas/mock',
    '<%= config.bin %> <%= command.id %> mock-community --from s3://bucket/mock --json',
  ]
  static override args = {
    dataset: Args.string({ description: 'its name, or a dataset.json or the folder it is in', required: true }),
  }
  static override flags = {
    from: Flags.string({
      description: 'look here first: a folder, file:, http(s):, s3://bucket/prefix (can be repeated)',
      helpValue: '<source>',
      multiple: true,
      multipleNonGreedy: true,
    }),
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(DatasetFetch)
    const project = await this.openProject(flags.project)
    const [{ createFetchView }, { toDatasetFetchDocument }, { renderFetched }] = await Promise.all([
      import('../../cli/fetch-view.ts'),
      import('../../render/json/dataset-documents.ts'),
      import('../../render/terminal/dataset-text.ts'),
    ])
    const stop = new AbortController()
    const onSignal = (): void => {
      if (stop.signal.aborted) process.exit(EXIT_CODES.E_INTERRUPTED)
      stop.abort()
    }
    for (const signal of SIGNALS) process.on(signal, onSignal)
    const view = createFetchView(process.stderr)
    try {
      const fetched = await project.datasets.fetch(args.dataset, {
        from: flags.from ?? [],
        signal: stop.signal,
        onProgress: view.onProgress,
      })
      view.close()
      for (const warning of fetched.warnings) this.tell(`Warning: ${warning}`)
      this.show(renderFetched(fetched))
      return toDatasetFetchDocument(fetched)
    } finally {
      view.close()
      for (const signal of SIGNALS) process.off(signal, onSignal)
    }
  }
}
