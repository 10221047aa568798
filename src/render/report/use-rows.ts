import type { ReportParts } from '../../app/report/report-parts.ts'
import type { Resources } from '../../core/run.ts'
import { hasOutputs } from '../../core/run.ts'
import { median } from '../../core/stats/correlation.ts'
import type { ReportDocument } from '../../generated/report.ts'
import { settingKey, variantsOf } from './variant.ts'

/** What each pipeline used, and each process of a workflow where a trace says so. */
export const resourcesOf = ({ run, processes }: ReportParts): ReportDocument['resources'] => ({
  pipelines: variantsOf(run).map((variant) => {
    const own = run.executions.filter((one) => !one.warmup && settingKey(one) === settingKey(variant))
    // What was taken from an earlier run cost nothing now; its figures are those of then.
    const used = own.filter(({ state }) => hasOutputs(state)).flatMap(({ resources }) => resources ?? [])
    const middle = (read: (of: Resources) => number | null): number | null => {
      const values = used.flatMap((resources) => read(resources) ?? [])
      return values.length === 0 ? null : median(values)
    }
    const peaks = used.flatMap(({ peakRssBytes }) => peakRssBytes ?? [])
    const walls = used.flatMap(({ wallSeconds }) => wallSeconds ?? [])
    return {
      name: variant.name,
      executions: own.length,
      failed: own.filter(({ state }) => !hasOutputs(state) && state !== 'skipped').length,
      cached: own.filter(({ state }) => state === 'cached').length,
      retried: own.filter(({ attempt }) => attempt > 1).length,
      noisy: used.filter(({ noise }) => noise?.noisy === true).length,
      wall_seconds: middle((of) => of.wallSeconds),
      cpu_seconds: middle((of) => of.cpuSeconds),
      peak_rss_bytes: middle((of) => of.peakRssBytes),
      largest_rss_bytes: peaks.length === 0 ? null : peaks.reduce((most, peak) => Math.max(most, peak)),
      read_bytes: middle((of) => of.readCharsBytes),
      written_bytes: middle((of) => of.writtenCharsBytes),
      total_wall_seconds:
        walls.length === 0 ? null : Number(walls.reduce((sum, wall) => sum + wall, 0).toPrecision(12)),
      method:
        [...new Set(used.map(({ method }) => [method.agent, method.memory].filter(Boolean).join(', ')))]
          .sort()
          .join('; ') || null,
    }
  }),
  processes: (processes.found ?? []).map((use) => ({
    name: variantsOf(run).find((one) => settingKey(one) === settingKey(use))?.name ?? use.pipeline,
    ...{ process: use.process, tasks: use.tasks, failed: use.failed, cached: use.cached },
    ...{ wall_seconds: use.wallSeconds, cpu_seconds: use.cpuSeconds, peak_rss_bytes: use.peakRssBytes },
    ...{ read_bytes: use.readBytes, written_bytes: use.writtenBytes },
  })),
  processes_missing: processes.missing,
})
