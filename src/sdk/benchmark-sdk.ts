import { openProject, type Project } from '../compose.ts'
import type { RunEvent } from '../app/run-events.ts'
import type { CompareRequest, RunComparison } from '../app/compare/run-comparison.ts'
import type { HistoryRequest, ProjectHistory } from '../app/history/project-history.ts'
import type { LeaderboardRequest } from '../app/rank/leaderboard.ts'
import type { RankedField } from '../app/rank/rank-category.ts'
import type { CommunityComparison } from '../app/rank/compare-with-community.ts'
import type { PipelineAdvice, RecommendationWish } from '../app/rank/recommend-pipeline.ts'
import type { RunRequest } from '../app/plan-run.ts'
import type { Run } from '../core/run.ts'

export interface QuickBenchmarkOptions extends RunRequest {
  /** Stop cleanly when aborted; the run can be resumed. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: RunEvent) => void
}

export interface ReportOptions {
  readonly run?: string
  readonly format?: 'html' | 'json' | 'csv' | 'tsv'
  readonly compareWith?: string
  /** Every row, however large the report gets. */
  readonly full?: boolean
}

/**
 * Runs benchmarks from a program, in this process.
 *
 * @example
 * const sdk = new BenchmarkSDK({ project: '.' })
 * const run = await sdk.quickBenchmark({ input: '/data/samples.csv', truth: '/data/truth.tsv', pipelines: ['kma'] })
 * for (const { pipeline, metric, level, value } of run.summary) console.log(pipeline, metric, level, value)
 * await sdk.close()
 */
export class BenchmarkSDK {
  readonly #project: Project

  constructor(options: { readonly project?: string } = {}) {
    this.#project = openProject(options.project)
  }

  /** Plans, runs, scores and stores; resolves with everything kept of the run. Paths must be absolute. */
  async quickBenchmark({ signal, onEvent, ...request }: QuickBenchmarkOptions = {}): Promise<Run> {
    const runId = await this.#project.createRun(request)
    return this.#project.executeRun(runId, {
      signal: signal ?? new AbortController().signal,
      onEvent: onEvent ?? (() => undefined),
    })
  }

  /** The best pipeline and parameters within limits, or `recommendation.recommended` null and why. */
  async getOptimalPipeline(wish: RecommendationWish = {}): Promise<PipelineAdvice> {
    return (await this.#project.rankings()).recommend(wish)
  }

  /**
   * A run (`latest` by default) against `with`: `run:ID`, a branch, `baseline`, `pipeline:NAME` or `project:NAME`, as
   * `compare --with` reads it. Rejects with a `Problem` of the code `E_NO_BASE` where there is no run to compare with yet.
   */
  compare(request: CompareRequest): Promise<RunComparison> {
    return this.#project.compare(request)
  }

  /** How the metrics moved over the runs (the newest 100 by default), and which moves are more than noise. */
  async getHistory(request: Partial<HistoryRequest> = {}): Promise<ProjectHistory> {
    return (await this.#project.histories()).judge({ limit: 100, includeEnded: false, ...request })
  }

  /** Pipelines of a benchmark type by score, from own runs and those of the hub, as far as it was read. */
  async getLeaderboard(
    category: string,
    request: Partial<Omit<LeaderboardRequest, 'category'>> = {},
  ): Promise<RankedField> {
    return (await this.#project.rankings()).leaderboard({ category, datasets: [], includeUnknown: false, ...request })
  }

  /** Where a run (`latest` by default) stands among comparable ones of the hub, as far as it was read. */
  async compareWithCommunity(run = 'latest'): Promise<CommunityComparison> {
    return (await this.#project.rankings()).withCommunity({ run })
  }

  /**
   * A report of a run (`latest` by default) as text: one HTML page that needs no other file, its document as JSON, or its
   * metrics as CSV or TSV. `compareWith`: as `compare --with`; by default the baseline, else the comparable run before.
   */
  async generateReport({
    run = 'latest',
    format = 'html',
    compareWith,
    full = false,
  }: ReportOptions = {}): Promise<string> {
    const { writeReport } = await import('../compose/write-report.ts')
    const parts = await this.#project.report({ run, ...(compareWith === undefined ? {} : { compareWith }) })
    return (await writeReport(parts, format, full)).text
  }

  /**
   * Builds or renews the dashboard and resolves with the `file:` address of its first page. `output`: an absolute
   * folder, by default `.benchmark/dashboard` of the project.
   */
  async getDashboardUrl(options: { readonly output?: string; readonly sharedOnly?: boolean } = {}): Promise<string> {
    const { dashboardUrl, defaultFolder, writeDashboard } = await import('../compose/dashboard.ts')
    const folder = options.output ?? defaultFolder(this.#project.root)
    await writeDashboard(this.#project, { folder, force: false, sharedOnly: options.sharedOnly ?? false })
    return dashboardUrl(folder)
  }

  /** Closes the database. */
  close(): Promise<void> {
    return this.#project.close()
  }
}
