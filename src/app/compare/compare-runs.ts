/** A stored run held against another one, a branch, the baseline, a pipeline, or another project's runs. */
import { compare } from '../../core/comparison/compare.ts'
import { comparedRun } from '../../core/comparison/compared-run.ts'
import type { ComparedRun, Comparison, ComparisonOptions } from '../../core/comparison/comparison.ts'
import { CONTROLLABLE } from '../../core/comparison/comparability.ts'
import { selectChanges } from '../../core/comparison/select-changes.ts'
import { nearest, Problem } from '../../core/problem.ts'
import type { Run, RunHeader } from '../../core/run.ts'
import { keptPlan } from '../kept-plan.ts'
import type { RunStore } from '../ports.ts'
import { type BaselineDeps, chooseBaseline } from './choose-baseline.ts'
import { choosePipeline, onlyVariants } from './choose-pipeline.ts'
import { candidateRun } from './choose-runs.ts'
import type { SharedSide } from './choose-shared.ts'
import { parseReference, type Reference, REFERENCE_HINT } from './reference.ts'
import type { ComparedHeader, CompareRequest, RunComparison, TakenReference } from './run-comparison.ts'

export interface CompareDeps extends BaselineDeps {
  /** Throws `E_CONFIG` without a hub, `E_NOT_FOUND` where the project shares nothing comparable. */
  readonly sharedRuns: (project: string, candidate: Run) => SharedSide
}

interface Sides {
  readonly reference: TakenReference
  readonly baseline: readonly ComparedRun[]
  readonly baselineHeaders: readonly ComparedHeader[]
  readonly candidate: ComparedRun
  readonly options: ComparisonOptions
  readonly warnings: readonly string[]
}

/**
 * Compares two sides and tells what was asked for. Throws `E_NOT_FOUND` for a reference that is nothing, `E_NO_BASE` for
 * one that has no run yet or none with a pipeline of the candidate, `E_INPUT` for a run that has nothing in common with
 * it, `E_USAGE` for a reference or filter that cannot be read.
 */
export const compareRuns = (deps: CompareDeps, request: CompareRequest): RunComparison => {
  const reference = parseReference(request.with)
  const controlled = controlledOf(request.controlled ?? [])
  const candidate = candidateRun(deps.store, request.run ?? 'latest', request.datasets ?? [])
  const sides = sidesOf(deps, reference, candidate, request)
  if (sides.baseline.length === 1 && sides.baseline[0]?.runId === candidate.runId && !sides.options.matches)
    throw new Problem('E_INPUT', `Run ${candidate.runId} would be compared with itself.`, {
      hints: [
        'Name another run: --with run:latest~1',
        'To hold pipelines of one run against each other: --with pipeline:NAME',
      ],
    })
  const whole = compare({
    baseline: sides.baseline,
    candidate: [sides.candidate],
    primaryMetrics: candidate.primaryMetrics,
    options: {
      ...sides.options,
      controlled,
      inconclusive: keptPlan(deps.store, candidate.runId)?.evaluation.gate?.inconclusive ?? 'pass',
    },
  })
  if (whole.pairs.length === 0) throw nothingInCommon(sides, whole)
  const comparison = selected(whole, request)
  return {
    benchmarkType: candidate.benchmarkType,
    reference: sides.reference,
    baseline: sides.baselineHeaders,
    candidate: [headerOf(candidate)],
    comparison,
    controlled,
    hiddenChanges: whole.changes.length - comparison.changes.length,
    primaryMetrics: candidate.primaryMetrics,
    warnings: [
      ...sides.warnings,
      ...(candidate.state === 'cancelled'
        ? [`run ${candidate.runId} was cancelled: only what had finished is compared`]
        : []),
    ],
  }
}

const sidesOf = (deps: CompareDeps, reference: Reference, candidate: Run, request: CompareRequest): Sides => {
  const asked = request.with.trim()
  switch (reference.kind) {
    case 'community':
    case 'history':
      throw new Problem('E_USAGE', `A comparison with ${reference.kind} has an answer of its own.`, {
        hints: [REFERENCE_HINT],
      })
    case 'pipeline': {
      const { run, name, matches, warnings } = choosePipeline(deps.store, reference, candidate, request.pipelines ?? [])
      const isSameRun = run.runId === candidate.runId
      return {
        reference: { kind: 'pipeline', name, asked },
        baseline: [
          onlyVariants(
            comparedRun(run),
            matches.map(({ baseline }) => baseline),
          ),
        ],
        baselineHeaders: [headerOf(run)],
        candidate: onlyVariants(
          comparedRun(candidate),
          matches.map((match) => match.candidate),
        ),
        options: { matches, isInterleaved: isSameRun && isInBlocks(deps.store, run.runId) },
        warnings,
      }
    }
    case 'project': {
      const { runs, headers, warnings } = deps.sharedRuns(reference.name, candidate)
      return {
        reference: { kind: 'project', name: reference.name, asked },
        baseline: runs,
        baselineHeaders: headers,
        candidate: comparedRun(candidate),
        options: {},
        warnings,
      }
    }
    case 'run':
    case 'branch':
    case 'baseline':
    case 'plain': {
      const { run, reference: taken, warnings } = chooseBaseline(deps, reference, candidate, asked, request.datasets)
      return {
        reference: taken,
        baseline: [comparedRun(run)],
        baselineHeaders: [headerOf(run)],
        candidate: comparedRun(candidate),
        options: {},
        warnings,
      }
    }
  }
}

/** Whether repeats were made in blocks, so that two pipelines of the run share the machine's mood in each. */
const isInBlocks = (store: RunStore, runId: string): boolean => {
  const plan = keptPlan(store, runId)
  return plan?.order === 'blocks' && plan.maxParallel === 1
}

const headerOf = ({ runId, project, state, startedAt, label, branch, commit }: RunHeader): ComparedHeader => ({
  ...{ runId, origin: 'here' as const, project, state, startedAt, label, branch, commit },
})

const controlledOf = (words: readonly string[]): readonly string[] => {
  const known: readonly string[] = CONTROLLABLE
  for (const word of words)
    if (!known.includes(word))
      throw new Problem('E_USAGE', `--controlled ${word}: that cannot be made to differ on purpose.`, {
        hints: [...nearest(word, known).map((near) => `Did you mean "${near}"?`), `What can: ${known.join(', ')}.`],
      })
  return words
}

/** Throws for a metric, level or pipeline that stands nowhere in the comparison. */
const selected = (whole: Comparison, request: CompareRequest): Comparison => {
  const wish = {
    metrics: request.metrics ?? [],
    levels: request.levels ?? [],
    pipelines: request.pipelines ?? [],
  }
  const { changes } = whole
  const metrics = new Set([
    ...changes.flatMap(({ metric, level, rank }) => [
      metric,
      ...[level, rank].flatMap((of) => (of ? `${metric}:${of}` : [])),
    ]),
  ])
  const levels = new Set(changes.flatMap(({ level, rank }) => [level, rank].flatMap((of) => of ?? [])))
  const pipelines = new Set(changes.map(({ pipeline }) => pipeline))
  demand('metric', wish.metrics, metrics, [...new Set(changes.map(({ metric }) => metric))])
  demand('match level or rank', wish.levels, levels, [...levels])
  demand('pipeline', wish.pipelines, pipelines, [...pipelines])
  return selectChanges(whole, wish)
}

const demand = (
  kind: string,
  wanted: readonly string[],
  there: ReadonlySet<string>,
  shown: readonly string[],
): void => {
  for (const name of wanted)
    if (!there.has(name))
      throw new Problem('E_NOT_FOUND', `No ${kind} "${name}" is on both sides.`, {
        hints: [
          ...nearest(name, there).map((near) => `Did you mean "${near}"?`),
          shown.length === 0 ? 'There is none on both sides.' : `Compared are ${[...shown].sort().join(', ')}.`,
        ],
      })
}

const nothingInCommon = ({ baseline, candidate, reference }: Sides, { leftOut }: Comparison): Problem => {
  const names = (runs: readonly ComparedRun[]): string =>
    [...new Set(runs.flatMap(({ executions }) => executions.map(({ pipeline }) => pipeline)))].sort().join(', ') ||
    'none'
  const isSweep = leftOut.some(
    ({ reason, pipeline }) => reason === 'only-in-baseline' && names([candidate]).includes(pipeline),
  )
  // Whoever names a run means that one; a branch has, or will have, others.
  const code = reference.kind === 'run' ? 'E_INPUT' : 'E_NO_BASE'
  return new Problem(code, 'The two sides have no pipeline in common, so there is nothing to compare.', {
    hints: [
      `The baseline has ${names(baseline)}; the candidate has ${names([candidate])}.`,
      isSweep
        ? 'Several parameter sets differ: say which with --with pipeline:NAME,PARAMETER=VALUE.'
        : 'To compare different pipelines: --with pipeline:NAME',
    ],
  })
}
