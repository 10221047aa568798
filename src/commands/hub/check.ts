import { resolve } from 'node:path'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT_CODES } from '../../cli/exit-code.ts'
import { pushedUpdates } from '../../cli/pushed-updates.ts'

export default class HubCheck extends BaseCommand {
  static override summary = 'Check what a change brings into a hub: for CI and for pre-receive hooks.'
  static override description =
    'Compares two commits of a hub and refuses what does not belong there: unknown paths, links, changed or removed runs, documents that are not valid or not canonical, wrong signatures, versions that go back, quotas. Nothing is checked out or executed. Exit status 5 when something was found. Without --base and --head it reads the updates of a push from standard input, as a pre-receive hook gets them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --base origin/main --head HEAD',
    '<%= config.bin %> <%= command.id %> --repository /srv/hub.git --base 3f2a91c --head main --json',
    'exec <%= config.bin %> <%= command.id %>   # in hooks/pre-receive',
  ]
  static override flags = {
    repository: Flags.string({
      description: 'git repository to read (default: the one here)',
      helpValue: '<dir>',
      default: '.',
    }),
    base: Flags.string({
      description: 'commit before the change; 0 or nothing: everything is new',
      helpValue: '<commit>',
    }),
    head: Flags.string({ description: 'commit after the change', helpValue: '<commit>' }),
    maintainer: Flags.boolean({
      description: 'the change is a maintainer’s: README, workflows and the like may change',
    }),
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(HubCheck)
    const updates =
      flags.head === undefined && flags.base === undefined
        ? await pushedUpdates(process.stdin)
        : [{ base: flags.base ?? null, head: flags.head ?? 'HEAD', ref: 'refs/heads/main' }]
    const { checkRepository } = await import('../../compose/hub-check.ts')
    const checks = await checkRepository(resolve(flags.repository), updates, { byMaintainer: flags.maintainer })
    const [{ renderHubCheck }, { toHubCheckDocument }] = await Promise.all([
      import('../../render/terminal/hub-check-text.ts'),
      import('../../documents/hub-check-document.ts'),
    ])
    for (const check of checks) this.show(renderHubCheck(check))
    if (checks.some(({ isRefused }) => isRefused)) process.exitCode = EXIT_CODES.E_GATE
    const [first] = checks
    // A push changes one branch of a hub; what else it brings is no part of it.
    return first === undefined ? undefined : toHubCheckDocument(checks.find(({ isRefused }) => isRefused) ?? first)
  }
}
