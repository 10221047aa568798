import { resolve } from 'node:path'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { hubFlag } from '../cli/hub-flag.ts'

export default class Dashboard extends BaseCommand {
  static override summary = 'Write a static site of all results: projects, comparisons, leaderboards, runs.'
  static override description =
    'All projects of the hub as it was last read, and the runs of this machine; without a hub this project alone. The folder works from a disk, from any static host and in any sub-folder, without a server. Doing it again writes what changed. Nothing is asked of the network.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --output site --open',
    '<%= config.bin %> sync && <%= config.bin %> <%= command.id %> --output public --shared-only --json',
  ]
  static override flags = {
    ...hubFlag,
    output: Flags.string({ description: 'folder of the site (default: .benchmark/dashboard)', helpValue: '<dir>' }),
    open: Flags.boolean({ description: 'show it in the browser' }),
    'shared-only': Flags.boolean({ description: 'leave out the runs of this machine; for sites that are published' }),
    force: Flags.boolean({ description: 'write into a folder that is not empty and no dashboard' }),
  }

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(Dashboard)
    const project = await this.openProject(flags.project)
    const [wiring, { toDashboardDocument }, { renderDashboard }] = await Promise.all([
      import('../compose/dashboard.ts'),
      import('../render/json/dashboard-document.ts'),
      import('../render/terminal/dashboard-text.ts'),
    ])
    const folder = flags.output === undefined ? wiring.defaultFolder(project.root) : resolve(flags.output)
    const report = await wiring.writeDashboard(project, {
      ...{ folder, force: flags.force, sharedOnly: flags['shared-only'] },
      ...(flags.hub === undefined ? {} : { hub: flags.hub }),
    })
    const url = wiring.dashboardUrl(folder)
    this.show(renderDashboard(report, url))
    if (flags.open) wiring.openInBrowser(url)
    return toDashboardDocument(report, folder, url)
  }
}
