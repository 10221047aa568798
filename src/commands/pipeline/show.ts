import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'

export default class PipelineShow extends BaseCommand {
  static override summary = 'Show what a pipeline runs, needs and writes.'
  static override examples = ['<%= config.bin %> <%= command.id %> nfcore_funcscan']
  static override args = { name: Args.string({ description: 'name of the pipeline', required: true }) }

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(PipelineShow)
    const project = await this.openProject(flags.project)
    const config = await project.config()
    const [{ findNamed }, { toPipelineDetailsDocument }, { renderPipeline }] = await Promise.all([
      import('../../app/find-named.ts'),
      import('../../render/json/pipeline-documents.ts'),
      import('../../render/terminal/pipeline-text.ts'),
    ])
    const pipeline = findNamed(config.catalogue(), args.name, 'pipeline')
    this.show(renderPipeline(pipeline))
    return toPipelineDetailsDocument(pipeline)
  }
}
