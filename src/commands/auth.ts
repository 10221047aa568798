import { readFileSync } from 'node:fs'
import * as Flags from '@oclif/core/flags'
import type { AuthRequest } from '../app/hub/authenticate.ts'
import { BaseCommand } from '../cli/base-command.ts'
import { hubFlag } from '../cli/hub-flag.ts'
import { Problem } from '../core/problem.ts'

export default class Auth extends BaseCommand {
  static override summary = 'Store, show or check the token for the hub.'
  static override description =
    'The token is kept in a file only you can read, bound to scheme, host and port of the hub; it never goes into a URL, a log or the database. BENCHMARK_HUB_TOKEN and api_key of the configuration win over the file, and go only to a host that was confirmed on this machine: with --confirm, a stored token or --hub; in CI (CI=true) to the project’s hub.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --token "$TOKEN"',
    'pass show hub | <%= config.bin %> <%= command.id %> --token -',
    '<%= config.bin %> <%= command.id %> --get-token',
    '<%= config.bin %> <%= command.id %> --status',
    '<%= config.bin %> <%= command.id %> --confirm',
  ]
  static override flags = {
    token: Flags.string({
      description: 'token to store; - reads it from standard input, where no process list shows it',
      helpValue: '<token>',
    }),
    'get-token': Flags.boolean({ description: 'print the token in use, or say where to make one' }),
    status: Flags.boolean({ description: 'say whether there is a token and whether the hub takes it (the default)' }),
    confirm: Flags.boolean({
      description: 'say that the token of the environment or of the configuration may go to the host of this hub',
    }),
    logout: Flags.boolean({ description: 'forget the stored token, and that the host was confirmed' }),
    ...hubFlag,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Auth)
    const { 'get-token': get, status, confirm, logout } = flags
    if ([flags.token !== undefined, get, status, confirm, logout].filter(Boolean).length > 1)
      throw new Problem('E_USAGE', 'Use one of --token, --get-token, --status, --confirm and --logout at a time.')
    const project = await this.openProject(flags.project)
    const request: AuthRequest =
      flags.token !== undefined
        ? { action: 'store', token: flags.token === '-' ? readFileSync(0, 'utf8') : flags.token }
        : { action: get ? 'get' : logout ? 'remove' : confirm ? 'confirm' : 'status' }
    const auth = await (await project.hub(flags.hub)).authenticate(request)
    const [{ renderAuth }, { toAuthDocument }] = await Promise.all([
      import('../render/terminal/hub-text.ts'),
      import('../render/json/hub-documents.ts'),
    ])
    this.show(renderAuth(auth))
    return toAuthDocument(auth)
  }
}
