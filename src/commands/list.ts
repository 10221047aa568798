import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { formatFlag, tableOptions } from '../cli/format-flag.ts'
import { isForPrograms } from '../render/table/table.ts'

const STATES = ['planned', 'running', 'completed', 'incomplete', 'interrupted', 'cancelled', 'imported'] as const

export default class List extends BaseCommand {
  static override summary = 'List the stored runs, newest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --label nightly --pipeline nfcore_mag',
    '<%= config.bin %> <%= command.id %> --state interrupted --limit 0 --json',
  ]
  static override flags = {
    label: Flags.string({ description: 'only runs with this label', helpValue: '<text>' }),
    tag: Flags.string({ description: 'only runs with this tag', helpValue: '<text>' }),
    pipeline: Flags.string({ description: 'only runs of this pipeline', helpValue: '<name>' }),
    state: Flags.option({ options: STATES, description: 'only runs in this state' })(),
    format: formatFlag,
    limit: Flags.integer({ description: 'at most so many; 0 lists all', default: 50, min: 0, helpValue: '<n>' }),
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(List)
    const { label, tag, pipeline, state, limit } = flags
    const project = await this.openProject(flags.project)
    const [store, { listRuns }, { toRunListDocument }] = await Promise.all([
      project.store('read'),
      import('../app/list-runs.ts'),
      import('../documents/run-document.ts'),
    ])
    const wanted = { label, tag, pipeline, state, limit: limit === 0 ? undefined : limit }
    const list = listRuns(
      { store },
      Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
    )
    if (!this.jsonEnabled()) {
      const { moreRunsText, renderRunList } = await import('../render/terminal/list-table.ts')
      const options = tableOptions(flags.format)
      this.show(renderRunList(list, options))
      const more = moreRunsText(list)
      if (more !== null && isForPrograms(options)) this.tell(more)
    }
    return toRunListDocument(list.runs, list.total)
  }
}
