import { resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'

export default class Report extends BaseCommand {
  static override summary = 'Report a run: the comment of a pull request, in markdown or as text.'
  static override description =
    'The verdict first, at most ten rows, what to do next; details folded. A missing base of comparison is said, not an error: the first run has none.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --format markdown --compare-with main --output benchmark_report.md',
    '<%= config.bin %> <%= command.id %> latest --format text --compare-with run:latest~1',
  ]
  static override enableJsonFlag = false
  static override args = {
    run: Args.string({ description: 'run id, its beginning, a label, latest or latest~1', default: 'latest' }),
  }
  static override flags = {
    format: Flags.option({
      options: ['markdown', 'text'] as const,
      description: 'how to write it',
      default: 'markdown',
    })(),
    output: Flags.string({ char: 'o', description: 'write it to this file', helpValue: '<file>' }),
    'compare-with': Flags.string({ description: 'what to compare with, as compare --with', helpValue: '<reference>' }),
    suite: Flags.string({
      description: 'tells comments of several benchmarks of one project apart (default: the benchmark type)',
      helpValue: '<name>',
    }),
    link: Flags.string({ description: 'where the whole report is, for a link in the comment', helpValue: '<url>' }),
    'open-details': Flags.boolean({ description: 'do not fold the details of the markdown' }),
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Report)
    const project = await this.openProject(flags.project)
    const [{ commentSubject }, { renderComment }] = await Promise.all([
      import('../cli/run-comment.ts'),
      import('../render/comment/render-comment.ts'),
    ])
    const subject = await commentSubject(project, await project.resolveRun(args.run), {
      compareWith: flags['compare-with'],
      suite: flags.suite,
      link: flags.link,
      isCi: true,
    })
    const text = renderComment(subject, { format: flags.format, open: flags['open-details'] })
    if (flags.output === undefined) this.show(text)
    else {
      const files = await project.files()
      files.writeAtomically(resolve(flags.output), text)
      this.tell(`Written to ${flags.output}`)
    }
    return undefined
  }
}
