import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT_CODES } from '../../cli/exit-code.ts'

export default class AuditVerify extends BaseCommand {
  static override summary = 'Check that nothing in the audit log was changed, taken out or put in.'
  static override description =
    'Exit status 5 when something was. That the end of the log was cut off shows only when the newest hash is compared with one noted elsewhere, for example in the commits of a hub; whoever can write the database can make a new log.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(AuditVerify)
    const project = await this.openProject(flags.project)
    const [{ audit }, { renderAuditCheck }, { toAuditVerificationDocument }] = await Promise.all([
      project.hubStore('read'),
      import('../../render/terminal/audit-text.ts'),
      import('../../render/json/audit-documents.ts'),
    ])
    const check = { ...audit.verify(), newest: audit.newest() }
    this.show(renderAuditCheck(check))
    if (check.problems.length > 0) process.exitCode = EXIT_CODES.E_GATE
    return toAuditVerificationDocument(check)
  }
}
