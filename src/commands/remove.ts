import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import type { RemovalDocument } from '../generated/removal.ts'

export default class Remove extends BaseCommand {
  static override summary = 'Remove runs: their numbers and their files.'
  static override description = 'Asks nothing. What was uploaded to a hub stays there.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261123t101502z-k3f9x2',
    '<%= config.bin %> <%= command.id %> latest latest~1 --keep-files',
  ]
  static override strict = false
  static override args = {
    run: Args.string({
      description: 'run id, its beginning, a label, latest or latest~1; several are possible',
      required: true,
    }),
  }
  static override flags = {
    'keep-files': Flags.boolean({ description: 'leave the results folder; `import` can bring the run back' }),
    force: Flags.boolean({ description: 'also when the run seems to be running' }),
  }

  override async run(): Promise<RemovalDocument> {
    const { argv, flags } = await this.parse(Remove)
    const project = await this.openProject(flags.project)
    const [store, folders, resultsDir, { removeRuns }, { renderRemoval }] = await Promise.all([
      project.store('write'),
      project.runFolders(),
      project.resultsDir(),
      import('../app/remove-runs.ts'),
      import('../render/terminal/removal-text.ts'),
    ])
    const removed = removeRuns(
      { store, folders },
      { references: argv as string[], force: flags.force, keepFiles: flags['keep-files'], resultsDir },
    )
    this.show(renderRemoval(removed))
    return {
      schema: 'benchmark.removal/1',
      removed: removed.map(({ runId, resultsDir: folder, filesRemoved }) => ({
        run_id: runId,
        results_dir: folder,
        files_removed: filesRemoved,
      })),
    }
  }
}
