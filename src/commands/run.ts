import { resolve } from 'node:path'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import type { CiPlaces } from '../cli/ci-files.ts'
import { formatFlag, tableOptions } from '../cli/format-flag.ts'

const ciPlaces = ({
  junit,
  markdown,
}: {
  readonly junit?: string | undefined
  readonly markdown?: string | undefined
}): CiPlaces => ({
  ...(junit === undefined ? {} : { junit: resolve(junit) }),
  ...(markdown === undefined ? {} : { markdown: resolve(markdown) }),
  stepSummary: process.env['GITHUB_STEP_SUMMARY'] ?? null,
})

export default class Run extends BaseCommand {
  static override summary =
    'Run pipelines on samples with a known truth; measure accuracy and resources; keep everything.'
  static override description =
    'Pipelines x parameter sets x samples x repeats, in randomised blocks. Ctrl-C stops cleanly and says how to go on; a killed run goes on with --resume. Outputs of equal executions are reused unless --no-cache.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --input samples.csv --truth truth.tsv --pipelines kma,blastn',
    '<%= config.bin %> <%= command.id %> --input samples.csv --truth truth.tsv --pipelines kma --repeats 3 --label before-upgrade',
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %> --config .benchmark/config.yaml --mode ci --compare-with main',
    '<%= config.bin %> <%= command.id %> --resume latest',
  ]
  static override flags = {
    config: Flags.string({ description: 'configuration file', helpValue: '<file>' }),
    input: Flags.string({
      char: 'i',
      description: 'sample sheet: sample,fastq_1,fastq_2[,fasta][,group]',
      helpValue: '<csv>',
    }),
    truth: Flags.string({ description: 'what is really in the samples', helpValue: '<tsv>' }),
    dataset: Flags.string({ description: 'a registered dataset instead of --input and --truth', helpValue: '<name>' }),
    pipelines: Flags.string({
      char: 'p',
      description: 'names, separated by commas (default: those of the configuration)',
      helpValue: '<a,b>',
    }),
    sample: Flags.string({ description: 'only this sample (can be repeated)', multiple: true, helpValue: '<id>' }),
    output: Flags.string({ char: 'o', description: 'folder for the results of this run', helpValue: '<dir>' }),
    repeats: Flags.integer({ description: 'measured executions of each pipeline on each sample', min: 1 }),
    warmup: Flags.integer({ description: 'unmeasured executions of each pipeline beforehand', min: 0 }),
    timeout: Flags.string({ description: 'end an execution after this time', helpValue: '<30m>' }),
    'max-memory': Flags.string({ description: 'end an execution that uses more than this', helpValue: '<16GB>' }),
    'max-parallel': Flags.integer({ description: 'executions at a time; more than 1 disturbs the timings', min: 1 }),
    label: Flags.string({ description: 'a name for this run' }),
    tag: Flags.string({ description: 'a tag (can be repeated)', multiple: true }),
    level: Flags.string({
      description: 'primary match level',
      options: ['locus', 'allele', 'gene', 'family', 'drug_class', 'mechanism'],
    }),
    mode: Flags.string({
      description:
        'measure: one at a time; throughput: as many as fit; ci: plain output, comparison and JUnit files, exit 5 on failures, violated constraints and regressions',
      options: ['measure', 'throughput', 'ci'],
    }),
    'compare-with': Flags.string({
      description:
        'a branch (its newest run), run:ID, baseline or pipeline:NAME: show what is better and worse; in CI mode a regression of an important metric exits 5',
      helpValue: '<reference>',
      exclusive: ['detach'],
    }),
    junit: Flags.string({
      description: 'in CI mode: where the JUnit report goes (default: junit.xml beside the results)',
      helpValue: '<file>',
    }),
    markdown: Flags.string({
      description: 'in CI mode: where the comment goes (default: comparison.md beside the results)',
      helpValue: '<file>',
    }),
    order: Flags.string({ description: 'order of execution', options: ['blocks', 'sequential', 'random'] }),
    seed: Flags.integer({ description: 'seed of the order (default: a new one, stored)', min: 0, max: 4294967295 }),
    'sample-interval': Flags.string({ description: 'how often memory is sampled', helpValue: '<250ms>' }),
    cache: Flags.boolean({ description: 'reuse outputs of equal executions', default: true, allowNo: true }),
    detach: Flags.boolean({ description: 'run in the background; prints the run id', exclusive: ['dry-run'] }),
    resume: Flags.string({
      description: 'go on with an interrupted run',
      helpValue: '<run>',
      exclusive: ['dry-run', 'input', 'pipelines', 'dataset', 'config', 'output'],
    }),
    'dry-run': Flags.boolean({ description: 'show what would run, and start nothing' }),
    format: formatFlag,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Run)
    const project = await this.openProject(flags.project)
    const compareWith = flags['compare-with']
    const { toRunRequest } = await import('../cli/run-request.ts')
    if (flags['dry-run']) {
      const [plan, { renderPlan }, { toPreviewDocument }] = await Promise.all([
        project.planRun(toRunRequest(flags)),
        import('../render/terminal/plan-table.ts'),
        import('../render/json/preview-document.ts'),
      ])
      if (compareWith !== undefined) await project.checkBase(compareWith, plan)
      const preview = await project.previewPlan(plan)
      this.show(renderPlan(plan, preview, tableOptions(flags.format)))
      return toPreviewDocument(plan, preview)
    }
    const runId =
      flags.resume === undefined
        ? await project.createRun(toRunRequest(flags), compareWith)
        : await project.resolveRun(flags.resume)
    if (flags.resume !== undefined && compareWith !== undefined)
      await project.checkBase(compareWith, await project.plan(runId))
    if (flags.detach) {
      await project.detachRun(runId)
      this.show(`${runId}\n`)
      this.tell(`Running in the background. benchmark status ${runId}`)
      return { schema: 'benchmark.detached/1', run_id: runId }
    }
    const { runInForeground } = await import('../cli/foreground-run.ts')
    return runInForeground(project, runId, {
      mode: flags.mode,
      compareWith,
      ciPlaces: ciPlaces(flags),
      share: true,
      plain: this.jsonEnabled(),
      format: flags.format,
      show: (text) => this.show(text),
      tell: (text) => this.tell(text),
    })
  }
}
