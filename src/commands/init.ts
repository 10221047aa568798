import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'

export default class Init extends BaseCommand {
  static override summary = 'Set a project up: configuration, .gitignore and, on request, a CI job.'
  static override description =
    'Writes .benchmark/config.yaml from the template of a benchmark type. Files that are there are never overwritten without --force; doing it twice changes nothing.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --project-type amr-detection',
    '<%= config.bin %> <%= command.id %> --template pathogen-detection --output .benchmark/config.yaml',
    '<%= config.bin %> <%= command.id %> --project-name resistance-tracker --central-hub https://example.org/hub.git --ci github',
  ]
  static override flags = {
    'project-type': Flags.string({ description: 'what is benchmarked', default: 'amr-detection', helpValue: '<type>' }),
    template: Flags.string({
      description: 'the same as --project-type',
      helpValue: '<type>',
      exclusive: ['project-type'],
    }),
    'project-name': Flags.string({
      description: 'id of the project (default: name of its folder)',
      helpValue: '<name>',
    }),
    output: Flags.string({
      description: 'configuration to write (default: .benchmark/config.yaml)',
      helpValue: '<file>',
    }),
    'central-hub': Flags.string({ description: 'git repository results are shared through', helpValue: '<url>' }),
    ci: Flags.option({ options: ['github', 'gitlab'] as const, description: 'also write a CI job' })(),
    force: Flags.boolean({ description: 'replace files that are there' }),
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Init)
    // A new project begins where the user stands, not in one further up.
    const project = await this.openProject(flags.project ?? '.')
    const [{ initProject }, { packageFile }, { toInitDocument }, files] = await Promise.all([
      import('../app/init-project.ts'),
      import('../package-files.ts'),
      import('../render/json/init-document.ts'),
      project.files(),
    ])
    const installed = 'node_modules/metagenome-benchmark-cli/schemas/config.schema.json'
    const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }
    const schemaUrl = existsSync(join(project.root, installed))
      ? `../${installed}`
      : `https://unpkg.com/metagenome-benchmark-cli@${version}/schemas/config.schema.json`
    const result = initProject(
      { files, templates: packageFile('templates'), schemaUrl, version },
      {
        root: project.root,
        type: flags.template ?? flags['project-type'],
        name: flags['project-name'] ?? null,
        output: resolve(project.root, flags.output ?? '.benchmark/config.yaml'),
        centralHub: flags['central-hub'] ?? null,
        ci: flags.ci ?? null,
        force: flags.force,
      },
    )
    const { renderInit } = await import('../render/terminal/init-text.ts')
    this.show(renderInit(result))
    return toInitDocument(result)
  }
}
