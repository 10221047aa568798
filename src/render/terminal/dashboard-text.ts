import type { DashboardReport } from '../../app/dashboard/build-dashboard.ts'
import { formatBytes, formatInteger } from '../format-number.ts'

/** What `benchmark dashboard` says. */
export const renderDashboard = (report: DashboardReport, url: string): string => {
  const { projects, runs, pages, files, written, unchanged, removed, bytes, hub, hasOwn } = report
  return [
    `${plural(projects, 'project')}, ${plural(runs, 'run')}: ${plural(pages, 'page')}, ${plural(files, 'file')}, ${formatBytes(bytes)}`,
    `${formatInteger(written)} written, ${formatInteger(unchanged)} unchanged, ${formatInteger(removed)} removed`,
    ...(hub !== null && hasOwn
      ? ['Runs of this machine are in it, private ones too; --shared-only leaves them out.']
      : []),
    url,
  ].join('\n')
}

const plural = (count: number, noun: string): string => `${formatInteger(count)} ${noun}${count === 1 ? '' : 's'}`
