/** Memory and CPU over time in at most 2,000 buckets, however long the job runs. */
interface Bucket {
  /** Seconds since the start of the attempt. */
  fromSeconds: number
  toSeconds: number
  looks: number
  rssMinBytes: number
  rssMeanBytes: number
  rssMaxBytes: number
  /** CPU seconds of the processes seen, at the end of the bucket. */
  cpuSeconds: number
  processes: number
}

export interface Series {
  buckets: Bucket[]
  /** Looks that go into one bucket; doubles whenever the buckets are full. */
  looksPerBucket: number
}

const MOST_BUCKETS = 2000

export const emptySeries = (): Series => ({ buckets: [], looksPerBucket: 1 })

export const addToSeries = (
  series: Series,
  look: {
    readonly seconds: number
    readonly rssBytes: number
    readonly cpuSeconds: number
    readonly processes: number
  },
): void => {
  const bucket: Bucket = {
    fromSeconds: look.seconds,
    toSeconds: look.seconds,
    looks: 1,
    rssMinBytes: look.rssBytes,
    rssMeanBytes: look.rssBytes,
    rssMaxBytes: look.rssBytes,
    cpuSeconds: look.cpuSeconds,
    processes: look.processes,
  }
  const last = series.buckets.at(-1)
  if (last && last.looks < series.looksPerBucket) {
    series.buckets[series.buckets.length - 1] = joined(last, bucket)
    return
  }
  series.buckets.push(bucket)
  if (series.buckets.length <= MOST_BUCKETS) return
  const pairs: Bucket[] = []
  for (let at = 0; at < series.buckets.length; at += 2) {
    const left = series.buckets[at]
    const right = series.buckets[at + 1]
    if (left) pairs.push(right ? joined(left, right) : left)
  }
  series.buckets = pairs
  series.looksPerBucket *= 2
}

const joined = (left: Bucket, right: Bucket): Bucket => ({
  fromSeconds: left.fromSeconds,
  toSeconds: right.toSeconds,
  looks: left.looks + right.looks,
  rssMinBytes: Math.min(left.rssMinBytes, right.rssMinBytes),
  rssMeanBytes: (left.rssMeanBytes * left.looks + right.rssMeanBytes * right.looks) / (left.looks + right.looks),
  rssMaxBytes: Math.max(left.rssMaxBytes, right.rssMaxBytes),
  cpuSeconds: Math.max(left.cpuSeconds, right.cpuSeconds),
  processes: Math.max(left.processes, right.processes),
})

/** One JSON object a line. */
export const seriesLines = (series: Series): string =>
  series.buckets
    .map((bucket) =>
      JSON.stringify({
        from_s: round(bucket.fromSeconds),
        to_s: round(bucket.toSeconds),
        looks: bucket.looks,
        rss_min_bytes: bucket.rssMinBytes,
        rss_mean_bytes: Math.round(bucket.rssMeanBytes),
        rss_max_bytes: bucket.rssMaxBytes,
        cpu_s: round(bucket.cpuSeconds),
        processes: bucket.processes,
      }),
    )
    .join('\n') + '\n'

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000
