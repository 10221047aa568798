import { resolve } from 'node:path'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { hubFlag } from '../cli/hub-flag.ts'

export default class Register extends BaseCommand {
  static override summary = 'Register this project, and the key that signs its runs, in the hub.'
  static override description =
    'Makes a key when there is none, and writes the entry of the project into the hub: as a commit where that is allowed, else as a branch or a file for a pull request. Runs of a project that is not registered are shown as of an unknown owner. Doing it twice changes nothing.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --name resistance-tracker --type amr-detection --github https://github.com/org/resistance-tracker',
    '<%= config.bin %> <%= command.id %> --bundle registration.bundle   # for a maintainer, when the hub takes no pushes from you',
  ]
  static override flags = {
    name: Flags.string({
      description: 'id of the project (default: project.name of the configuration)',
      helpValue: '<name>',
    }),
    type: Flags.string({
      description: 'benchmark type (default: project.type of the configuration)',
      helpValue: '<type>',
    }),
    github: Flags.string({ description: 'web page of the project', helpValue: '<url>', aliases: ['homepage'] }),
    owner: Flags.string({ description: 'person or team (default: project.owner of the configuration)' }),
    description: Flags.string({ description: 'in a sentence' }),
    branch: Flags.boolean({ description: 'do not try to change main: write a branch for a pull request' }),
    bundle: Flags.string({
      description: 'write a git bundle for a maintainer instead',
      helpValue: '<file>',
      exclusive: ['branch'],
    }),
    'revoke-key': Flags.string({ description: 'revoke a key of the project', helpValue: '<key id>' }),
    reason: Flags.string({ description: 'why it is revoked', dependsOn: ['revoke-key'] }),
    ...hubFlag,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Register)
    const project = await this.openProject(flags.project)
    const registration = await project.register(
      {
        name: flags.name ?? null,
        type: flags.type ?? null,
        homepage: flags.github ?? null,
        owner: flags.owner ?? null,
        description: flags.description ?? null,
        way: flags.bundle !== undefined ? 'bundle' : flags.branch ? 'branch' : 'commit',
        bundleFile: flags.bundle === undefined ? null : resolve(flags.bundle),
        revoke: flags['revoke-key'] === undefined ? null : { keyId: flags['revoke-key'], reason: flags.reason ?? null },
      },
      flags.hub,
    )
    const [{ renderRegistration }, { toRegistrationDocument }] = await Promise.all([
      import('../render/terminal/hub-text.ts'),
      import('../render/json/hub-documents.ts'),
    ])
    this.show(renderRegistration(registration))
    return toRegistrationDocument(registration)
  }
}
