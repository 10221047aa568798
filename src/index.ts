export { BenchmarkClient } from './sdk/benchmark-client.ts'
export { BenchmarkSDK, type QuickBenchmarkOptions, type ReportOptions } from './sdk/benchmark-sdk.ts'
export { type CompareRequest, type RunComparison } from './app/compare/run-comparison.ts'
export { type HistoryRequest, type ProjectHistory } from './app/history/project-history.ts'
export { type LeaderboardRequest } from './app/rank/leaderboard.ts'
export { type RankedField } from './app/rank/rank-category.ts'
export { type CommunityComparison } from './app/rank/compare-with-community.ts'
export { type PipelineAdvice, type RecommendationWish } from './app/rank/recommend-pipeline.ts'
export { type RunRequest } from './app/plan-run.ts'
export { type RunEvent, type RunProgress } from './app/run-events.ts'
export { type RunStatus } from './app/run-status.ts'
export { Problem, type Finding, type ProblemCode, type SourceLocation } from './core/problem.ts'
export {
  type Execution,
  type ExecutionState,
  type PipelineSummary,
  type Resources,
  type Run,
  type RunState,
} from './core/run.ts'
export { type Direction, type Quantity, type Reason, type Score, type Summary } from './core/score.ts'
