import type { ComparedHeader, RunComparison } from '../../app/compare/run-comparison.ts'
import type { Change, DifferingKey, Gate, GateFailure, PipelineMatch } from '../../core/comparison/comparison.ts'
import type { ComparisonDocument } from '../../generated/comparison.ts'

/** `benchmark.comparison/1` */
export const toComparisonDocument = (of: RunComparison): ComparisonDocument => {
  const { comparison } = of
  return {
    schema: 'benchmark.comparison/1',
    benchmark_type: of.benchmarkType,
    reference: { ...of.reference },
    baseline: sideOf(comparison.baseline, of.baseline),
    candidate: sideOf(comparison.candidate, of.candidate),
    verdict: comparison.verdict,
    gate: gateDocument(comparison.gate),
    pairs: comparison.pairs.map(({ baseline, candidate }) => ({
      baseline: variantOf(baseline),
      candidate: variantOf(candidate),
    })),
    changes: comparison.changes.map(changeOf),
    hidden_changes: of.hiddenChanges,
    not_comparable: comparison.notComparable.map(keyOf),
    controlled: comparison.controlled.map(keyOf),
    unchecked: comparison.unchecked.map((one) => ({ ...one })),
    left_out: comparison.leftOut.map(({ pipeline, params, metric, reason }) => ({
      pipeline,
      params: { ...params },
      metric,
      reason,
    })),
    family: { ...comparison.family },
    primary_metrics: of.primaryMetrics.map(({ metric, level }) => ({ metric, level })),
    warnings: [...of.warnings, ...comparison.warnings],
  }
}

const sideOf = (runIds: readonly string[], headers: readonly ComparedHeader[]): ComparisonDocument['baseline'] => ({
  run_id: runIds.at(-1) ?? '',
  run_ids: [...runIds],
  runs: headers.map(({ runId, origin, project, state, startedAt, label, branch, commit }) => ({
    run_id: runId,
    origin,
    project,
    state,
    started_at: startedAt,
    label,
    branch,
    commit,
  })),
})

const variantOf = ({ pipeline, version, params }: PipelineMatch['baseline'] & { readonly version: string | null }) => ({
  pipeline,
  version,
  params: { ...params },
})

const changeOf = (change: Change): ComparisonDocument['changes'][number] => ({
  pipeline: change.pipeline,
  params: { ...change.params },
  versions: { ...change.versions },
  metric: change.metric,
  level: change.level,
  rank: change.rank,
  unit: change.unit,
  direction: change.direction,
  primary: change.isPrimary,
  n_common: change.nCommon,
  n_samples: { ...change.nSamples },
  baseline: change.baseline,
  candidate: change.candidate,
  effect: change.effect,
  effect_scale: change.effectScale,
  low: change.low,
  high: change.high,
  p: change.p,
  p_adjusted: change.pAdjusted,
  correction: change.correction,
  verdict: change.verdict,
  better: change.better,
  note: change.note,
  smallest_effect: change.smallestEffect,
  wins: change.wins,
  ties: change.ties,
  losses: change.losses,
  superiority: change.superiority,
  rank_biserial: change.rankBiserial,
  hodges_lehmann: change.hodgesLehmann && { ...change.hodgesLehmann },
  exact: change.isExact,
  needed: change.needed && {
    what: change.needed.what,
    for_smallest_effect: change.needed.forSmallestEffect,
    for_seen_effect: change.needed.forSeenEffect,
  },
  values: change.values.map((value) => ({ ...value })),
  statistic: {
    ...change.statistic,
    n: change.statistic.n && [...change.statistic.n],
    warnings: [...change.statistic.warnings],
  },
  gates: change.gates.map(({ gate, isPassed, detail }) => ({ gate, passed: isPassed, detail })),
})

const keyOf = ({ key, baseline, candidate, forbids, pipeline, controlledBy }: DifferingKey) => ({
  key,
  baseline,
  candidate,
  forbids,
  pipeline,
  controlled_by: controlledBy,
})

const gateDocument = ({ state, failures, undecided, inconclusive }: Gate): ComparisonDocument['gate'] => ({
  state,
  failures: failures.map(gateEntry),
  undecided: undecided.map(gateEntry),
  inconclusive,
})

const gateEntry = ({ params, ...rest }: GateFailure) => ({ ...rest, params: { ...params } })
