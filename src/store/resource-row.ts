import type { Resources } from '../core/run.ts'

/** Columns of `resource` besides its key, in the order of {@link toResourceRow}. */
export const RESOURCE_COLUMNS = [
  'wall_seconds',
  'cpu_seconds',
  'cpu_user_seconds',
  'cpu_system_seconds',
  'peak_rss_bytes',
  'peak_rss_sum_bytes',
  'peak_pss_bytes',
  'biggest_process_bytes',
  'cgroup_peak_bytes',
  'read_chars_bytes',
  'written_chars_bytes',
  'read_bytes',
  'write_bytes',
  'output_bytes',
  'cpu_efficiency',
  'agent',
  'cpu_method',
  'memory_method',
  'interval_ms',
  'ticks',
  'escaped_processes',
  'sampling_gap_seconds',
  'noisy',
  'co_running',
  'other_cpu_share',
  'steal_share',
  'psi_cpu_some_average',
  'load_average',
] as const

type NumberColumn = Exclude<(typeof RESOURCE_COLUMNS)[number], 'agent' | 'cpu_method' | 'memory_method'>
/** One row; `agent` is null where the execution has no resources (left join). */
export type ResourceRow = Readonly<Record<NumberColumn, number | null>> & {
  readonly agent: string | null
  readonly cpu_method: string | null
  readonly memory_method: string | null
}

/** The values to bind, in column order. A NaN would silently become NULL ("not measured"), so it is refused. */
export const toResourceRow = (resources: Resources): (number | string | null)[] => {
  const { method, noise } = resources
  const row: ResourceRow = {
    wall_seconds: resources.wallSeconds,
    cpu_seconds: resources.cpuSeconds,
    cpu_user_seconds: resources.cpuUserSeconds,
    cpu_system_seconds: resources.cpuSystemSeconds,
    peak_rss_bytes: resources.peakRssBytes,
    peak_rss_sum_bytes: resources.peakRssSumBytes,
    peak_pss_bytes: resources.peakPssBytes,
    biggest_process_bytes: resources.biggestProcessBytes,
    cgroup_peak_bytes: resources.cgroupPeakBytes,
    read_chars_bytes: resources.readCharsBytes,
    written_chars_bytes: resources.writtenCharsBytes,
    read_bytes: resources.readBytes,
    write_bytes: resources.writeBytes,
    output_bytes: resources.outputBytes,
    cpu_efficiency: resources.cpuEfficiency,
    agent: method.agent,
    cpu_method: method.cpu,
    memory_method: method.memory,
    interval_ms: method.intervalMs,
    ticks: method.ticks,
    escaped_processes: method.escapedProcesses,
    sampling_gap_seconds: method.samplingGapSeconds,
    noisy: noise === null ? null : Number(noise.noisy),
    co_running: noise?.coRunning ?? null,
    other_cpu_share: noise?.otherCpuShare ?? null,
    steal_share: noise?.stealShare ?? null,
    psi_cpu_some_average: noise?.psiCpuSomeAverage ?? null,
    load_average: noise?.loadAverage ?? null,
  }
  return RESOURCE_COLUMNS.map((column) => {
    const value = row[column]
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new RangeError(`Resource ${column} must be a finite number or null, not ${String(value)}`)
    return value
  })
}

export const fromResourceRow = (row: ResourceRow): Resources | null => {
  if (row.agent === null) return null
  return {
    wallSeconds: row.wall_seconds,
    cpuSeconds: row.cpu_seconds,
    cpuUserSeconds: row.cpu_user_seconds,
    cpuSystemSeconds: row.cpu_system_seconds,
    peakRssBytes: row.peak_rss_bytes,
    peakRssSumBytes: row.peak_rss_sum_bytes,
    peakPssBytes: row.peak_pss_bytes,
    biggestProcessBytes: row.biggest_process_bytes,
    cgroupPeakBytes: row.cgroup_peak_bytes,
    readCharsBytes: row.read_chars_bytes,
    writtenCharsBytes: row.written_chars_bytes,
    readBytes: row.read_bytes,
    writeBytes: row.write_bytes,
    outputBytes: row.output_bytes,
    cpuEfficiency: row.cpu_efficiency,
    method: {
      agent: row.agent,
      cpu: row.cpu_method,
      memory: row.memory_method,
      intervalMs: row.interval_ms,
      ticks: row.ticks,
      escapedProcesses: row.escaped_processes,
      samplingGapSeconds: row.sampling_gap_seconds,
    },
    noise:
      row.noisy === null || row.co_running === null
        ? null
        : {
            otherCpuShare: row.other_cpu_share,
            stealShare: row.steal_share,
            psiCpuSomeAverage: row.psi_cpu_some_average,
            loadAverage: row.load_average,
            coRunning: row.co_running,
            noisy: row.noisy === 1,
          },
  }
}
