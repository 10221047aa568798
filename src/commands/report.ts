import { resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import type { Project } from '../compose.ts'

export default class Report extends BaseCommand {
  static override summary = 'Write a report of a run: one HTML file, the comment of a pull request, or its numbers.'
  static override description =
    'html: the verdict first, then numbers, comparison with the baseline, the community and earlier runs, samples, resources, trade-off, recommendations, warnings and where it all is from. The page needs nothing but itself: no network, no other file. markdown and text: the verdict, at most ten rows, what to do next. Reports of the same data are the same bytes; SOURCE_DATE_EPOCH sets the time they state. A missing base of comparison is said, not an error: the first run has none.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --format html --output report.html',
    '<%= config.bin %> <%= command.id %> latest --compare-with branch:main --output report.html',
    '<%= config.bin %> <%= command.id %> --format markdown --compare-with main --output benchmark_report.md',
    '<%= config.bin %> <%= command.id %> nightly --format tsv > metrics.tsv',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override args = {
    run: Args.string({ description: 'run id, its beginning, a label, latest or latest~1', default: 'latest' }),
  }
  static override flags = {
    format: Flags.option({
      options: ['html', 'markdown', 'text', 'json', 'csv', 'tsv'] as const,
      description: 'how to write it; csv and tsv are its table of metrics, markdown is the comment of a pull request',
      default: 'html',
    })(),
    output: Flags.string({ char: 'o', description: 'file to write (default: standard output)', helpValue: '<file>' }),
    'compare-with': Flags.string({
      description: 'as compare --with (default: the baseline that was set, else the comparable run before)',
      helpValue: '<reference>',
    }),
    full: Flags.boolean({ description: 'every row, however large the report gets' }),
    suite: Flags.string({
      description: 'tells comments of several benchmarks of one project apart (default: the benchmark type)',
      helpValue: '<name>',
    }),
    link: Flags.string({ description: 'where the whole report is, for a link in the comment', helpValue: '<url>' }),
    'open-details': Flags.boolean({ description: 'do not fold the details of the comment' }),
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Report)
    const project = await this.openProject(flags.project)
    const isComment = flags.format === 'markdown' || flags.format === 'text'
    // A comment goes with its report where a document is asked for.
    const written = isComment && !this.jsonEnabled() ? null : await this.report(project, args.run, flags)
    const text = isComment ? await this.comment(project, args.run, flags) : (written?.text ?? '')
    if (flags.output === undefined) this.show(text)
    else {
      const files = await project.files()
      files.writeAtomically(resolve(flags.output), text)
      this.tell(`Wrote ${flags.output}`)
    }
    return written?.document
  }

  private async report(project: Project, run: string, flags: ReportFlags) {
    const { writeReport } = await import('../compose/write-report.ts')
    const compareWith = flags['compare-with']
    const parts = await project.report({ run, ...(compareWith === undefined ? {} : { compareWith }) })
    return writeReport(parts, isNumbersOrPage(flags.format) ? flags.format : 'json', flags.full)
  }

  private async comment(project: Project, run: string, flags: ReportFlags): Promise<string> {
    const [{ commentSubject }, { renderComment }] = await Promise.all([
      import('../cli/run-comment.ts'),
      import('../render/comment/render-comment.ts'),
    ])
    const { subject, refused } = await commentSubject(project, await project.resolveRun(run), {
      compareWith: flags['compare-with'],
      suite: flags.suite,
      link: flags.link,
      isCi: true,
    })
    if (refused !== null) throw refused
    const format = flags.format === 'text' ? 'text' : 'markdown'
    return renderComment(subject, { format, open: flags['open-details'] })
  }
}

interface ReportFlags {
  readonly format: 'html' | 'markdown' | 'text' | 'json' | 'csv' | 'tsv'
  readonly 'compare-with': string | undefined
  readonly full: boolean
  readonly suite: string | undefined
  readonly link: string | undefined
  readonly 'open-details': boolean
}

const isNumbersOrPage = (format: ReportFlags['format']) => format !== 'markdown' && format !== 'text'
