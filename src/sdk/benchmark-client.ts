import type { PipelineAdvice, RecommendationWish } from '../app/rank/recommend-pipeline.ts'
import type { RunRequest } from '../app/plan-run.ts'
import type { RunStatus } from '../app/run-status.ts'
import { openProject, type Project } from '../compose.ts'
import type { Run } from '../core/run.ts'

/**
 * Starts benchmarks in the background and asks after them; the run goes on when this program ends.
 *
 * @example
 * const client = new BenchmarkClient({ project: '.' })
 * const runId = await client.startBenchmark({ input: '/data/samples.csv', pipelines: ['kma'] })
 * while (!(await client.isComplete(runId))) await new Promise((resolve) => setTimeout(resolve, 60_000))
 * const run = await client.getResults(runId)
 */
export class BenchmarkClient {
  readonly #project: Project

  constructor(options: { readonly project?: string } = {}) {
    this.#project = openProject(options.project)
  }

  /** Plans and stores a run and starts it in a process of its own; resolves with the run id. */
  async startBenchmark(request: RunRequest): Promise<string> {
    const runId = await this.#project.createRun(request)
    await this.#project.detachRun(runId)
    return runId
  }

  /** Whether nothing more will happen to the run by itself: finished, cancelled, or interrupted. */
  async isComplete(runId: string): Promise<boolean> {
    const { state } = await this.#project.status(runId)
    return state !== 'planned' && state !== 'running'
  }

  /** State, progress (0..1) and ETA. */
  getStatus(runId: string): Promise<RunStatus> {
    return this.#project.status(runId)
  }

  /** Everything kept of the run, as far as it is. */
  async getResults(runId: string): Promise<Run> {
    return (await this.#project.store()).run(runId)
  }

  /** The best pipeline and parameters within limits, or `recommendation.recommended` null and why. */
  async getRecommendation(wish: RecommendationWish = {}): Promise<PipelineAdvice> {
    return (await this.#project.rankings()).recommend(wish)
  }

  /** Closes the database. */
  close(): Promise<void> {
    return this.#project.close()
  }
}
