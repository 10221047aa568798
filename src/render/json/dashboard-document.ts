import type { DashboardReport } from '../../app/dashboard/build-dashboard.ts'
import type { DashboardDocument } from '../../generated/dashboard.ts'

/** `benchmark.dashboard/1` */
export const toDashboardDocument = (report: DashboardReport, output: string, url: string): DashboardDocument => ({
  schema: 'benchmark.dashboard/1',
  ...{ output, url, hub: report.hub, includes_own_runs: report.hasOwn },
  ...{ projects: report.projects, runs: report.runs, pages: report.pages, files: report.files },
  ...{ written: report.written, unchanged: report.unchanged, removed: report.removed, bytes: report.bytes },
})
