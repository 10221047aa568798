import * as Flags from '@oclif/core/flags'
import { PRUNE_KINDS } from '../app/prune/prune-result.ts'
import { BaseCommand } from '../cli/base-command.ts'
import { EXIT_CODES } from '../cli/exit-code.ts'
import { terminalWidth } from '../cli/terminal-width.ts'

export default class Prune extends BaseCommand {
  static override summary =
    'Free disk space: remove old outputs of runs and what can be fetched again. No number is lost.'
  static override description = `Removes, when older than --older-than:

outputs    what pipelines wrote in runs that have ended. Kept: baselines, the newest outputs of each pipeline and parameter set for each sample, what newer runs took over, and runs whose folder is outside of the project. Equal executions of later runs then run again instead of being reused
logs       of the same executions; only with --logs
downloads  cached files of datasets that have no other name, and parts of fetches that were given up
mirrors    local copies of hubs that the project has no longer
leftovers  temporary files of killed processes, when older than a day

Scores, resources, metadata.json, metrics.json, plan.json, datasets, what waits to be uploaded, and everything in the database stay. Links are not followed. See docs/disk-space.md.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --older-than 30d --logs',
    '<%= config.bin %> <%= command.id %> --only outputs --older-than 0d --dry-run',
  ]
  static override flags = {
    'older-than': Flags.string({
      description: 'age of what goes, by the start of a run or the last change of a file',
      default: '90d',
      helpValue: '<90d>',
    }),
    'dry-run': Flags.boolean({ description: 'list what would go and how much that frees; change nothing' }),
    logs: Flags.boolean({ description: 'also logs of the executions whose outputs go' }),
    only: Flags.option({
      options: PRUNE_KINDS,
      multiple: true,
      description: 'only this kind (can be repeated)',
    })(),
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Prune)
    const [{ toPruneRequest }, { pruneView }, { renderPrune }, { toPruneDocument }] = await Promise.all([
      import('../cli/prune-request.ts'),
      import('../cli/prune-view.ts'),
      import('../render/terminal/prune-text.ts'),
      import('../render/json/prune-document.ts'),
    ])
    const request = toPruneRequest(flags)
    const project = await this.openProject(flags.project)
    const view = pruneView(process.stderr, this.jsonEnabled())
    try {
      const result = await project.prune({ ...request, onProgress: view.onProgress })
      view.close()
      this.show(renderPrune(result, terminalWidth()))
      if (result.problems.length > 0) process.exitCode = EXIT_CODES.E_STORE
      return toPruneDocument(result)
    } finally {
      view.close()
    }
  }
}
