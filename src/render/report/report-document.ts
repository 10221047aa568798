import type { Part, ReportParts } from '../../app/report/report-parts.ts'
import { findBenchmarkType } from '../../core/benchmark-types.ts'
import type { ReportDocument } from '../../generated/report.ts'
import { toComparisonDocument } from '../json/comparison-document.ts'
import { toCommunityDocument } from '../json/rank/community-document.ts'
import { toRecommendationDocument } from '../json/rank/recommendation-document.ts'
import { historySection } from './history-rows.ts'
import { metricRows } from './metric-rows.ts'
import { provenanceOf, reproduceCommands } from './provenance.ts'
import { MOST_SAMPLE_ROWS, type SampleDetail, sampleRows } from './sample-rows.ts'
import { tradeOffOf } from './trade-off.ts'
import { resourcesOf } from './use-rows.ts'
import { variantsOf } from './variant.ts'
import { verdictOf } from './verdict.ts'

/** How much a report shows. */
export interface ReportOptions {
  readonly samples: SampleDetail
}

/** `benchmark.report/1`: everything a report of a run shows. Pages, CSV and text are views of it. */
export const toReportDocument = (parts: ReportParts, { samples: detail }: ReportOptions): ReportDocument => {
  const { run, plan } = parts
  const { rows, without, keyNumbers } = metricRows(run, parts.comparison.found)
  const samples = sampleRows(run, detail)
  const aggregated =
    samples.rows === null
      ? [
          `The samples are shown by their quantiles, because ${detail === 'quantiles' ? `${String(samples.count)} rows make a page of more than 5 MB` : `${String(samples.count)} rows are more than ${String(MOST_SAMPLE_ROWS)}`}; --full shows all of them.`,
        ]
      : []
  const type = findBenchmarkType(run.benchmarkType)
  return {
    schema: 'benchmark.report/1',
    generated_at: parts.generatedAt,
    tool: { ...parts.tool },
    title: titleOf(parts),
    run: {
      run_id: run.runId,
      label: run.label,
      project: run.project,
      benchmark_type: run.benchmarkType,
      benchmark_title: type?.title ?? run.benchmarkType,
      state: run.state,
      started_at: run.startedAt,
      finished_at: run.finishedAt,
      branch: run.branch,
      commit: run.commit,
      tags: [...run.tags],
      dataset: plan?.dataset ? `${plan.dataset.id} ${plan.dataset.version}` : null,
      samples: run.samples.length,
      pipelines: variantsOf(run).map((variant) => ({
        name: variant.name,
        pipeline: variant.pipeline,
        version: variant.version,
        params: { ...variant.params },
      })),
      executions: statesOf(parts),
    },
    verdict: verdictOf(parts),
    key_numbers: keyNumbers,
    metrics: rows,
    metrics_without_value: without,
    comparison: {
      vs_baseline: section(parts.comparison, toComparisonDocument),
      vs_community: section(parts.community, toCommunityDocument),
      vs_history: historySection(parts),
    },
    sample_metrics: samples.metrics,
    samples: samples.rows,
    spreads: samples.spreads,
    resources: resourcesOf(parts),
    trade_off: tradeOffOf(keyNumbers),
    recommendations: section(parts.advice, toRecommendationDocument),
    warnings: warningsOf(parts, aggregated),
    provenance: provenanceOf(parts),
    reproduce: reproduceCommands(parts),
  }
}

const section = <T, Document>(part: Part<T>, write: (of: T) => Document) =>
  part.missing === null
    ? { missing: null, next: null, result: write(part.found) }
    : { missing: part.missing, next: part.next, result: null }

const titleOf = ({ run, plan }: ReportParts): string => {
  const of = run.pipelines.length <= 3 ? run.pipelines.join(', ') : `${String(run.pipelines.length)} pipelines`
  return `${of} on ${plan?.dataset?.id ?? `${String(run.samples.length)} ${run.samples.length === 1 ? 'sample' : 'samples'}`}`
}

const statesOf = ({ run }: ReportParts): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { state, warmup } of run.executions) if (!warmup) counts[state] = (counts[state] ?? 0) + 1
  return Object.fromEntries(Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1)))
}

const warningsOf = (parts: ReportParts, aggregated: readonly string[]): string[] => {
  const { run, comparison } = parts
  const ofExecutions = new Map<string, number>()
  for (const { warnings } of run.executions)
    for (const warning of warnings) ofExecutions.set(warning, (ofExecutions.get(warning) ?? 0) + 1)
  const noisy = run.executions.filter(({ resources }) => resources?.noise?.noisy === true).length
  const compared =
    comparison.found === null ? [] : [...comparison.found.warnings, ...comparison.found.comparison.warnings]
  return [
    ...new Set([
      ...aggregated,
      ...parts.warnings,
      ...compared,
      ...(noisy === 0
        ? []
        : [
            `${String(noisy)} of ${String(run.executions.length)} executions were disturbed by other work of the machine: their times say less.`,
          ]),
      ...[...ofExecutions]
        .sort(([one, count], [other, otherCount]) => otherCount - count || (one < other ? -1 : 1))
        .map(([warning, count]) => (count === 1 ? warning : `${warning} (${String(count)} times)`)),
    ]),
  ]
}
