import * as Args from '@oclif/core/args'
import { BaseCommand } from '../cli/base-command.ts'

export default class Cancel extends BaseCommand {
  static override summary = 'Stop a run for good; what has finished is kept.'
  static override examples = ['<%= config.bin %> <%= command.id %> latest']
  static override args = {
    run: Args.string({ description: 'run id, prefix, label, latest or latest~1', required: true }),
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Cancel)
    const project = await this.openProject(flags.project)
    const { runId, outcome, survivors } = await project.cancel(args.run)
    this.show(outcome === 'asked' ? `Run ${runId} was told to stop.` : `Run ${runId} is cancelled.`)
    if (survivors.length > 0) this.tell(`Warning: these processes could not be ended: ${survivors.join(', ')}`)
    return { schema: 'benchmark.cancel/1', run_id: runId, outcome, survivors }
  }
}
