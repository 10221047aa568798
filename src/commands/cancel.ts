import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'

export default class Cancel extends BaseCommand {
  static override summary = 'Stop a run for good; what has finished is kept.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> latest',
    '<%= config.bin %> <%= command.id %> latest --gone',
  ]
  static override flags = {
    gone: Flags.boolean({
      description: 'the machine or container that ran it is gone: wait for nobody, and free the project',
    }),
  }
  static override args = {
    run: Args.string({ description: 'run id, prefix, label, latest or latest~1', required: true }),
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Cancel)
    const project = await this.openProject(flags.project)
    const { runId, outcome, survivors, elsewhere } = await project.cancel(args.run, { isGone: flags.gone })
    this.show(outcome === 'asked' ? `Run ${runId} was told to stop.` : `Run ${runId} is cancelled.`)
    if (elsewhere !== null)
      this.tell(`It is run on ${elsewhere}. If that is gone (a container, say): benchmark cancel ${runId} --gone`)
    if (survivors.length > 0) this.tell(`Warning: these processes could not be ended: ${survivors.join(', ')}`)
    return { schema: 'benchmark.cancel/1', run_id: runId, outcome, survivors }
  }
}
