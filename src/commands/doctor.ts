import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { EXIT_CODES } from '../cli/exit-code.ts'
import { formatFlag, tableOptions } from '../cli/format-flag.ts'

export default class Doctor extends BaseCommand {
  static override summary = 'Say what is installed, what is missing, and what to do.'
  static override description =
    'Exits with 6 when something is missing without which nothing runs, or when the self-test fails.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --self-test',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = {
    'self-test': Flags.boolean({
      description: 'also measure a small program of known cost and compare (a few seconds)',
    }),
    format: formatFlag,
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Doctor)
    const project = await this.openProject(flags.project)
    const [diagnosis, { toDoctorDocument }] = await Promise.all([
      project.diagnose(flags['self-test']),
      import('../documents/doctor-document.ts'),
    ])
    if (!this.jsonEnabled()) {
      const { renderDiagnosis } = await import('../render/terminal/doctor-text.ts')
      this.show(renderDiagnosis(diagnosis, tableOptions(flags.format)))
    }
    if (!diagnosis.isReady) process.exitCode = EXIT_CODES.E_EXECUTOR
    return toDoctorDocument(diagnosis)
  }
}
