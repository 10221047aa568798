import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { formatFlag, tableOptions } from '../../cli/format-flag.ts'

const ACTIONS = [
  ...['enqueue', 'disclose', 'push', 'sync', 'visibility', 'erase', 'retain', 'squash', 'key', 'token', 'register'],
  ...['policy', 'check-failed', 'bless'],
]

export default class AuditList extends BaseCommand {
  static override summary = 'List what was disclosed, erased or changed, newest first.'
  static override description = 'The log belongs to this project’s database and never travels; erased details are gone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --action disclose --limit 0 --json',
  ]
  static override flags = {
    format: formatFlag,
    action: Flags.option({ options: ACTIONS, description: 'only entries of this kind' })(),
    limit: Flags.integer({ description: 'at most so many; 0 lists all', default: 50, min: 0, helpValue: '<n>' }),
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(AuditList)
    const { action, limit } = flags
    const project = await this.openProject(flags.project)
    const [{ audit }, { renderAudit }, { toAuditListDocument }] = await Promise.all([
      project.hubStore('read'),
      import('../../render/terminal/audit-text.ts'),
      import('../../render/json/audit-documents.ts'),
    ])
    const entries = audit.list({
      ...(limit === 0 ? {} : { limit }),
      ...(action === undefined ? {} : { action }),
    })
    this.show(renderAudit(entries, tableOptions(flags.format)))
    return toAuditListDocument(entries)
  }
}
