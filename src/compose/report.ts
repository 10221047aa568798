/** Wiring of reports: reads only, asks no network. */
import type { Files, OutputReader, RunStore } from '../app/ports.ts'
import type { CompareRequest, RunComparison } from '../app/compare/run-comparison.ts'
import type { ReportRequest } from '../app/report/gather-report.ts'
import type { ReportParts } from '../app/report/report-parts.ts'
import { Problem } from '../core/problem.ts'
import type { Rankings } from './rank.ts'
import { packageVersion, sha256Text } from './parts.ts'

/** What the wiring takes from the project around it. */
interface ReportContext {
  readonly root: string
  readonly store: () => Promise<RunStore>
  readonly files: () => Promise<Files>
  readonly reader: () => Promise<OutputReader>
  readonly rankings: () => Promise<Rankings>
  readonly compare: (request: CompareRequest) => Promise<RunComparison>
}

/** Everything a report of a run is made of. */
export const reportParts = async (project: ReportContext, request: ReportRequest): Promise<ReportParts> => {
  const [{ gatherReport }, store, files, reader] = await Promise.all([
    import('../app/report/gather-report.ts'),
    project.store(),
    project.files(),
    project.reader(),
  ])
  return gatherReport(
    {
      store,
      files,
      reader,
      sha256Text,
      root: project.root,
      compare: (wanted) => project.compare(wanted),
      community: async (run) => (await project.rankings()).withCommunity({ run }),
      recommend: async (wish, asOf) => (await project.rankings()).recommend({ ...wish, asOf }),
      tool: { name: 'metagenome-benchmark-cli', version: packageVersion() },
      sourceDate: sourceDate(process.env['SOURCE_DATE_EPOCH']),
    },
    request,
  )
}

/** Seconds of `SOURCE_DATE_EPOCH` (reproducible-builds.org), or null where it is not set. */
export const sourceDate = (text: string | undefined): number | null => {
  if (text === undefined || text === '') return null
  const seconds = Number(text)
  if (/^\d+$/.test(text) && seconds < 8.64e12) return seconds
  throw new Problem('E_USAGE', `SOURCE_DATE_EPOCH is "${text}", not a number of seconds.`, {
    hints: ['Set it to whole seconds since 1970-01-01 UTC, or unset it.'],
  })
}
