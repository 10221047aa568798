import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { untilStopped } from '../cli/until-stopped.ts'

export default class Serve extends BaseCommand {
  static override summary = 'Serve the dashboard and a REST API of this project on this machine.'
  static override description =
    'Listens on loopback only. The dashboard is renewed when results changed; api/v1/ answers with the documents of status, compare, leaderboard and run. Starting runs takes the token that is printed at the start. Ctrl-C ends the server with status 0; runs it started go on.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --port 0 --json',
    'curl http://127.0.0.1:8137/api/v1/benchmark/status/latest',
    'curl "http://127.0.0.1:8137/api/v1/leaderboard/amr-detection?limit=10"',
  ]
  static override flags = {
    host: Flags.string({ description: '127.0.0.1, ::1 or localhost', default: '127.0.0.1', helpValue: '<address>' }),
    port: Flags.integer({
      description: 'port; 0 takes a free one',
      default: 8137,
      min: 0,
      max: 65535,
      helpValue: '<n>',
    }),
    verbose: Flags.boolean({ description: 'a line on stderr for each request' }),
  }

  override async run(): Promise<void> {
    const { flags } = await this.parse(Serve)
    const project = await this.openProject(flags.project)
    const [{ serveProject }, { toServeDocument }, { renderServe, renderAnswered }] = await Promise.all([
      import('../compose/serve.ts'),
      import('../render/json/serve-documents.ts'),
      import('../render/terminal/serve-text.ts'),
    ])
    const serving = await serveProject(project.root, {
      ...{ host: flags.host, port: flags.port, tell: (text) => this.tell(text) },
      onAnswer: (answered) => flags.verbose && this.tell(renderAnswered(answered)),
    })
    const stopped = untilStopped()
    // Now, not when it has ended: that is what `run` returning would mean.
    if (this.jsonEnabled()) this.logJson(toServeDocument(serving, process.pid))
    else this.show(renderServe(serving))
    await stopped
    await serving.close()
  }
}
