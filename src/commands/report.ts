import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { Problem } from '../core/problem.ts'

export default class Report extends BaseCommand {
  static override summary = 'Write a report of a run: one HTML file, or its numbers.'
  static override description =
    'The verdict first, then numbers, comparison with the baseline, the community and earlier runs, samples, resources, trade-off, recommendations, warnings and where it all is from. The page needs nothing but itself: no network, no other file. Reports of the same data are the same bytes; SOURCE_DATE_EPOCH sets the time they state.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --format html --output report.html',
    '<%= config.bin %> <%= command.id %> latest --compare-with branch:main --output report.html',
    '<%= config.bin %> <%= command.id %> nightly --format tsv > metrics.tsv',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override args = {
    run: Args.string({ description: 'run id, its beginning, a label, latest or latest~1', default: 'latest' }),
  }
  static override flags = {
    format: Flags.option({
      options: ['html', 'json', 'csv', 'tsv'] as const,
      description: 'how to write it; csv and tsv are its table of metrics',
      default: 'html',
    })(),
    output: Flags.string({ char: 'o', description: 'file to write (default: standard output)', helpValue: '<file>' }),
    'compare-with': Flags.string({
      description: 'baseline, as for compare --with (default: the one that was set, else the comparable run before)',
      helpValue: '<reference>',
    }),
    full: Flags.boolean({ description: 'every row, however large the report gets' }),
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Report)
    const project = await this.openProject(flags.project)
    const { writeReport } = await import('../compose/write-report.ts')
    const compareWith = flags['compare-with']
    const parts = await project.report({ run: args.run, ...(compareWith === undefined ? {} : { compareWith }) })
    const { document, text } = await writeReport(parts, flags.format, flags.full)
    if (flags.output === undefined) this.show(text)
    else {
      const file = resolve(flags.output)
      try {
        writeFileSync(file, text)
      } catch (cause) {
        throw new Problem('E_INPUT', `${file} cannot be written: ${(cause as Error).message}`, {
          hints: ['Name a file in a folder that exists and is yours.'],
          cause,
        })
      }
      this.tell(`Wrote ${file}`)
    }
    return document
  }
}
