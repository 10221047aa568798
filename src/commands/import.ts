import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { EXIT_CODES } from '../cli/exit-code.ts'
import { Problem } from '../core/problem.ts'

export default class Import extends BaseCommand {
  static override summary = 'Bring runs from their folders back into the database.'
  static override description =
    'Reads metadata.json, metrics.json and plan.json of every run folder. Runs that are already stored are left as they are; damaged folders are named and left out (exit status 4).'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> /archive/project/results',
    '<%= config.bin %> <%= command.id %> .benchmark/results/20261123t101502z-k3f9x2',
  ]
  static override args = {
    dir: Args.string({
      description: 'results folder, or the folder of one run (default: the results folder of the project)',
    }),
  }
  static override flags = {
    pipeline: Flags.string({ description: 'pipeline whose own output folder this is', helpValue: '<name>' }),
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Import)
    if (flags.pipeline !== undefined)
      throw new Problem('E_USAGE', 'Output folders of other programs cannot be imported by this version.', {
        hints: [
          'Without --pipeline, runs of this program are imported from their folders.',
          'benchmark score scores single output files.',
        ],
      })
    const project = await this.openProject(flags.project)
    const [store, folders, resultsDir, { rebuildDatabase }, { renderRebuild }, { toRebuildDocument }] =
      await Promise.all([
        project.store('write'),
        project.runFolders(),
        project.resultsDir(),
        import('../app/rebuild-database.ts'),
        import('../render/terminal/rebuild-text.ts'),
        import('../documents/rebuild-document.ts'),
      ])
    const result = rebuildDatabase({ store, folders }, args.dir ?? resultsDir)
    this.show(renderRebuild(result))
    if (result.damaged.length > 0) process.exitCode = EXIT_CODES.E_INPUT
    return toRebuildDocument(result)
  }
}
