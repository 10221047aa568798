/** A duration known from experience. */
export interface DurationSample {
  readonly pipeline: string
  /** `parameterKey` of the pipeline and its parameters. */
  readonly cell: string
  readonly sample: string | null
  readonly wallSeconds: number
}

export interface EtaRequest {
  /** Not started yet, in order. */
  readonly waiting: readonly { readonly pipeline: string; readonly cell: string; readonly sample: string | null }[]
  readonly running: readonly {
    readonly pipeline: string
    readonly cell: string
    readonly sample: string | null
    readonly elapsedSeconds: number
  }[]
  /** Durations of this run and of earlier ones on this machine, newest first. */
  readonly history: readonly DurationSample[]
  readonly maxParallel: number
  /** Uniform in [0, 1), seeded. */
  readonly random: () => number
}

/** Seconds until the run ends: half of the simulated ends come before p50, nine tenths before p90. */
export interface Eta {
  readonly p50: number
  readonly p90: number
}

const DRAWS = 200

/**
 * Simulates the rest of the run 200 times with durations drawn from experience, in the real order and width.
 * Null while nothing is known about some pipeline that is still to run: an invented number would be worse.
 */
export const estimateRemaining = (request: EtaRequest): Eta | null => {
  const pools = new Map<string, readonly number[]>()
  for (const job of [...request.waiting, ...request.running]) {
    const key = `${job.cell}\n${job.sample ?? ''}`
    if (pools.has(key)) continue
    const known = experience(job, request.history)
    if (known.length === 0) return null
    pools.set(key, known)
  }
  const poolOf = (job: { cell: string; sample: string | null }): readonly number[] =>
    pools.get(`${job.cell}\n${job.sample ?? ''}`) ?? []

  const ends: number[] = []
  for (let draw = 0; draw < DRAWS; draw++) {
    const lanes = request.running.map((job) => {
      // Given that it has lasted this long, only longer experiences are still possible.
      const longer = poolOf(job).filter((seconds) => seconds > job.elapsedSeconds)
      return longer.length === 0 ? 0 : pick(longer, request.random) - job.elapsedSeconds
    })
    while (lanes.length < request.maxParallel) lanes.push(0)
    for (const job of request.waiting) {
      const lane = lanes.indexOf(Math.min(...lanes))
      lanes[lane] = (lanes[lane] ?? 0) + pick(poolOf(job), request.random)
    }
    ends.push(Math.max(0, ...lanes))
  }
  ends.sort((left, right) => left - right)
  return { p50: ends[Math.ceil(DRAWS * 0.5) - 1] ?? 0, p90: ends[Math.ceil(DRAWS * 0.9) - 1] ?? 0 }
}

const ENOUGH = 20

// The closest experience there is: same parameters and sample, then same parameters, then the same pipeline.
const experience = (
  job: { pipeline: string; cell: string; sample: string | null },
  history: readonly DurationSample[],
): readonly number[] => {
  const closest = [
    (past: DurationSample) => past.cell === job.cell && past.sample === job.sample,
    (past: DurationSample) => past.cell === job.cell,
    (past: DurationSample) => past.pipeline === job.pipeline,
  ]
  for (const fits of closest) {
    const found = history.filter(fits).slice(0, ENOUGH)
    if (found.length > 0) return found.map((past) => past.wallSeconds)
  }
  return []
}

const pick = (pool: readonly number[], random: () => number): number => pool[Math.floor(random() * pool.length)] ?? 0
