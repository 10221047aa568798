import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { EXIT_CODES } from '../cli/exit-code.ts'
import { type Format, tableFormatFlag, tableOptions } from '../cli/format-flag.ts'
import type { ImportFlags } from '../cli/import-request.ts'
import { TRACE_FORMATS } from '../core/trace/measurement.ts'
import { Problem } from '../core/problem.ts'

export default class Import extends BaseCommand {
  static override summary = 'Take finished outputs of a pipeline as a run, or bring runs back into the database.'
  static override description = `With --pipeline: scores the outputs of nf-core/funcscan, nf-core/mag or any pipeline in a finished folder, takes over the measurements of their trace, and stores both as a run of state "imported". The samples are those of the truth (or of --input), never those the outputs happen to name. Importing the same outputs again changes nothing.

Without --pipeline: reads metadata.json, metrics.json and plan.json of every run folder. Runs that are already stored are left as they are; damaged folders are named and left out (exit status 4).`
  static override examples = [
    '<%= config.bin %> <%= command.id %> funcscan-out --pipeline nfcore_funcscan --truth truth.tsv --label release-4',
    '<%= config.bin %> <%= command.id %> mag-out --pipeline nfcore_mag --input samplesheet.csv --type assembly-quality',
    "<%= config.bin %> <%= command.id %> out --pipeline my-kma --truth truth.tsv --prediction '{sample}/kma.res' --format kma-res --trace 'out/{sample}/time.txt' --trace-format gnu-time",
    '<%= config.bin %> <%= command.id %> out --pipeline kma --truth truth.tsv --trace times.csv --trace-columns sample=sample,wall_s=seconds',
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> /archive/project/results',
  ]
  static override args = {
    dir: Args.string({
      description:
        'output folder of the pipeline; without --pipeline: results folder, or the folder of one run (default: the results folder of the project)',
    }),
  }
  static override flags = {
    pipeline: Flags.string({
      char: 'p',
      description:
        'pipeline whose output folder this is: one of the catalogue or the configuration, or any name with --prediction',
      helpValue: '<name>',
    }),
    truth: Flags.string({
      description: 'what is really in the samples',
      helpValue: '<file>',
      dependsOn: ['pipeline'],
    }),
    input: Flags.string({
      char: 'i',
      description: 'sample sheet of the pipeline: which samples there should be (default: those of the truth)',
      helpValue: '<csv>',
      dependsOn: ['pipeline'],
    }),
    type: Flags.string({
      description: 'benchmark type to score as (default: what the pipeline is for)',
      helpValue: '<type>',
      dependsOn: ['pipeline'],
    }),
    prediction: Flags.string({
      description:
        'output to read instead of those the pipeline declares, in the folder; {sample} stands for each sample (can be repeated)',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<path>',
      dependsOn: ['pipeline'],
    }),
    format: Flags.string({ description: 'format of --prediction', default: 'auto', helpValue: '<id>' }),
    trace: Flags.string({
      description:
        'measurements of the run, with {sample} a file for each sample; none leaves them out (default: the newest pipeline_info/execution_trace_*.txt; can be repeated)',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<file>',
      dependsOn: ['pipeline'],
    }),
    'trace-format': Flags.string({
      description: 'what measured',
      options: ['auto', ...TRACE_FORMATS],
      default: 'auto',
    }),
    'trace-columns': Flags.string({
      description: 'columns of a table of measurements: sample, wall_s; pipeline, cpu_s, peak_rss_bytes, …',
      helpValue: '<field=column,...>',
      dependsOn: ['trace'],
    }),
    'pipeline-version': Flags.string({
      description: 'version of the pipeline (default: what the folder says)',
      helpValue: '<version>',
      dependsOn: ['pipeline'],
    }),
    param: Flags.string({
      description: 'what the outputs were made with (can be repeated)',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<name=value>',
      dependsOn: ['pipeline'],
    }),
    label: Flags.string({ description: 'a name for this run', dependsOn: ['pipeline'] }),
    tag: Flags.string({
      description: 'a tag (can be repeated)',
      multiple: true,
      multipleNonGreedy: true,
      dependsOn: ['pipeline'],
    }),
    'include-potential': Flags.boolean({
      description: 'count hits of DeepARG below its own threshold too',
      dependsOn: ['pipeline'],
    }),
    as: tableFormatFlag,
    force: Flags.boolean({ description: 'import again what is there already', dependsOn: ['pipeline'] }),
  }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Import)
    const { pipeline } = flags
    if (pipeline === undefined && flags.as !== 'table')
      throw new Problem('E_USAGE', '--as has a meaning with --pipeline only: bringing runs back shows no table.')
    return pipeline === undefined
      ? this.rebuild(args.dir, flags.project)
      : this.importOutputs(args.dir, { ...flags, pipeline })
  }

  private async importOutputs(
    dir: string | undefined,
    flags: ImportFlags & { readonly project?: string | undefined; readonly as: Format },
  ): Promise<unknown> {
    if (dir === undefined)
      throw new Problem('E_USAGE', 'Which folder holds the outputs?', {
        hints: ['benchmark import DIR --pipeline NAME --truth FILE'],
      })
    const project = await this.openProject(flags.project)
    const { toImportRequest } = await import('../cli/import-request.ts')
    const { run, isNew } = await project.importOutputs(toImportRequest(dir, flags))
    if (!isNew)
      this.tell(
        `These outputs are already there as run ${run.runId}; nothing was changed. --force imports them once more.`,
      )
    if (!this.jsonEnabled()) {
      const { renderRun } = await import('../render/terminal/run-table.ts')
      this.show(renderRun(run, tableOptions(flags.as)))
    }
    const { toRunDocument } = await import('../documents/run-document.ts')
    return toRunDocument(run)
  }

  private async rebuild(dir: string | undefined, folder: string | undefined): Promise<unknown> {
    const project = await this.openProject(folder)
    const [store, folders, resultsDir, { rebuildDatabase }, { renderRebuild }, { toRebuildDocument }] =
      await Promise.all([
        project.store('write'),
        project.runFolders(),
        project.resultsDir(),
        import('../app/rebuild-database.ts'),
        import('../render/terminal/rebuild-text.ts'),
        import('../documents/rebuild-document.ts'),
      ])
    const result = rebuildDatabase({ store, folders }, dir ?? resultsDir)
    this.show(renderRebuild(result))
    if (result.damaged.length > 0) process.exitCode = EXIT_CODES.E_INPUT
    return toRebuildDocument(result)
  }
}
