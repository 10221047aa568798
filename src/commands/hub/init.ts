import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'

export default class HubInit extends BaseCommand {
  static override summary = 'Make a hub: a git repository that runs are shared through.'
  static override description =
    'In a folder it makes a bare repository; at a URL it fills the empty repository that the forge made. Writes hub.json, the registry with the definitions of all benchmark types, policies, a README and workflows for GitHub and GitLab, signed with a new maintainer key of yours. Doing it twice changes nothing.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> /nas/benchmarks/hub.git --name our-lab',
    '<%= config.bin %> <%= command.id %> https://git.example.org/lab/hub.git --audience community',
  ]
  static override args = { hub: Args.string({ description: 'folder or URL', required: true }) }
  static override flags = {
    name: Flags.string({ description: 'name of the hub (default: last part of its path)', helpValue: '<name>' }),
    title: Flags.string({ description: 'title for people' }),
    audience: Flags.option({
      options: ['public', 'community'] as const,
      default: 'public',
      description: 'widest visibility the hub takes: named runs, or only anonymised ones',
    })(),
    'raw-days': Flags.integer({ description: 'days single runs are kept after their month', default: 90, min: 1 }),
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(HubInit)
    const project = await this.openProject(flags.project)
    const made = await (
      await project.hub(args.hub)
    ).init({
      name: flags.name ?? null,
      title: flags.title ?? null,
      audience: flags.audience,
      rawDays: flags['raw-days'],
    })
    const [{ renderHubInit }, { toHubInitDocument }] = await Promise.all([
      import('../../render/terminal/hub-text.ts'),
      import('../../render/json/hub-documents.ts'),
    ])
    this.show(renderHubInit(made))
    return toHubInitDocument(made)
  }
}
