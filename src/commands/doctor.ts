import { BaseCommand } from '../cli/base-command.ts'

export default class Doctor extends BaseCommand {
  static override summary = 'Say what is installed, what is missing, and what to do.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Doctor)
    const project = await this.openProject(flags.project)
    this.show(project.root)
    return { root: project.root }
  }
}
