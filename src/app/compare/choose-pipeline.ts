/** Pipelines held against each other, inside a run or across runs. */
import type { ComparedRun, PipelineMatch } from '../../core/comparison/comparison.ts'
import { isComparable } from '../../core/comparison/comparability.ts'
import type { Parameters } from '../../core/pipeline.ts'
import type { RunPlan } from '../../core/plan.ts'
import { nearest, Problem } from '../../core/problem.ts'
import type { Run } from '../../core/run.ts'
import { parameterKey } from '../../core/schedule/matrix.ts'
import type { RunStore } from '../ports.ts'
import { isFinished } from './choose-runs.ts'
import type { Reference } from './reference.ts'

type PipelineReference = Extract<Reference, { kind: 'pipeline' }>

interface Variant {
  readonly pipeline: string
  readonly params: Parameters
  readonly versions: readonly string[]
}

/** The run that holds the wanted pipeline, and which variants are compared with it. */
export interface ChosenPipeline {
  readonly run: Run
  readonly name: string
  readonly matches: readonly PipelineMatch[]
  readonly warnings: readonly string[]
}

const MOST_LOOKED_AT = 30

/**
 * The wanted pipeline of the candidate's run, else of the newest run that measured the same in the same way; every other
 * variant of the candidate is held against it. Throws `E_NOT_FOUND`, or `E_USAGE` listing the variants to choose from.
 */
export const choosePipeline = (
  store: RunStore,
  wish: PipelineReference,
  candidate: Run,
  pipelines: readonly string[],
): ChosenPipeline => {
  const run = [candidate, ...otherRuns(store, wish, candidate)].find((one) => wanted(one, wish).length > 0)
  if (!run) throw noSuchPipeline(store, wish, candidate)
  const baseline = onlyOne(wanted(run, wish), wish, `in run ${run.runId}`)
  if (!baseline) throw noSuchPipeline(store, wish, candidate)
  const isSame = (one: Variant): boolean =>
    run.runId === candidate.runId &&
    parameterKey(one.pipeline, one.params) === parameterKey(baseline.pipeline, baseline.params)
  const rest = variantsOf(candidate).filter((one) => !isSame(one))
  const rivals = rest.filter(({ pipeline }) => pipelines.length === 0 || pipelines.includes(pipeline))
  if (rivals.length === 0)
    throw new Problem('E_INPUT', `Run ${candidate.runId} has no other pipeline to hold against ${wish.name}.`, {
      hints: ['Name another run, or run several pipelines: benchmark run --pipelines a,b'],
    })
  return {
    run,
    name: written(baseline),
    matches: rivals.map(({ pipeline, params }) => ({ baseline, candidate: { pipeline, params } })),
    warnings:
      run.runId === candidate.runId
        ? []
        : [`${wish.name} is not in run ${candidate.runId}: taken from run ${run.runId}`],
  }
}

/** Throws for a pipeline that neither the plan nor any stored run has, and for one that is several in the plan. */
export const checkPipeline = (store: RunStore, wish: PipelineReference, plan: RunPlan): void => {
  const executions = plan.executions.map((one) => ({
    ...one,
    version: plan.pipelines[one.pipelineIndex]?.version ?? null,
  }))
  const here = onlyOne(wanted({ executions }, wish), wish, 'in what is to be run')
  if (here === null && store.headers({ pipeline: wish.name, limit: 1 }).length === 0)
    throw noSuchPipeline(store, wish, { executions, pipelines: [...new Set(plan.pipelines.map(({ name }) => name))] })
  if (here !== null && variantsOf({ executions }).length === 1)
    throw new Problem('E_USAGE', `Only ${wish.name} is to be run: there is nothing to hold it against.`, {
      hints: ['Name another run or branch, or run several pipelines: --pipelines a,b'],
    })
}

const onlyOne = ([first, ...others]: readonly Variant[], wish: PipelineReference, where: string): Variant | null => {
  if (first === undefined || others.length === 0) return first ?? null
  throw new Problem('E_USAGE', `${wish.name} has several parameter sets ${where}; which one?`, {
    hints: [first, ...others].map((one) => `--with "pipeline:${written(one)}"`),
  })
}

/** One side reduced to what is compared, so that nothing else is counted or left out. */
export const onlyVariants = (run: ComparedRun, variants: readonly PipelineMatch['baseline'][]): ComparedRun => {
  const keys = new Set(variants.map(({ pipeline, params }) => parameterKey(pipeline, params)))
  return {
    ...run,
    executions: run.executions.filter(({ pipeline, params }) => keys.has(parameterKey(pipeline, params))),
  }
}

function* otherRuns(store: RunStore, wish: PipelineReference, candidate: Run): Generator<Run> {
  const headers = store.headers({ pipeline: wish.name, limit: MOST_LOOKED_AT })
  for (const header of headers) {
    if (header.runId === candidate.runId || !isFinished(header)) continue
    const run = store.run(header.runId)
    if (isComparable(run, candidate)) yield run
  }
}

/** What of an execution tells variants apart. */
interface Varied {
  readonly executions: readonly Pick<Run['executions'][number], 'pipeline' | 'params' | 'version' | 'warmup'>[]
}

const variantsOf = ({ executions }: Varied): readonly Variant[] => {
  const found = new Map<string, { pipeline: string; params: Parameters; versions: Set<string> }>()
  for (const { pipeline, params, version, warmup } of executions) {
    if (warmup) continue
    const key = parameterKey(pipeline, params)
    const one = found.get(key) ?? { pipeline, params, versions: new Set<string>() }
    if (version !== null) one.versions.add(version)
    found.set(key, one)
  }
  return [...found]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, { pipeline, params, versions }]) => ({ pipeline, params, versions: [...versions].sort() }))
}

const wanted = (run: Varied, { name, version, params }: PipelineReference): readonly Variant[] =>
  variantsOf(run).filter(
    (one) =>
      one.pipeline === name &&
      (version === null || one.versions.includes(version)) &&
      Object.entries(params).every(([key, value]) => String(one.params[key]) === value),
  )

const written = ({ pipeline, params }: Variant): string =>
  [pipeline, ...Object.entries(params).map(([name, value]) => `${name}=${String(value)}`)].join(',')

const noSuchPipeline = (
  store: RunStore,
  wish: PipelineReference,
  candidate: Varied & { readonly runId?: string; readonly pipelines: readonly string[] },
): Problem => {
  const here = variantsOf(candidate)
  const same = here.filter(({ pipeline }) => pipeline === wish.name)
  const what = written({ pipeline: wish.name, params: wish.params, versions: [] })
  if (same.length > 0)
    return new Problem(
      'E_NOT_FOUND',
      `${wish.name} was not run ${wish.version === null ? '' : `in version ${wish.version} `}as ${what} in a comparable run.`,
      {
        hints: same.map(
          (one) => `There is ${written(one)}${one.versions.length > 0 ? ` (${one.versions.join(', ')})` : ''}.`,
        ),
      },
    )
  const names = [...new Set(store.headers().flatMap(({ pipelines }) => pipelines))].sort()
  return new Problem('E_NOT_FOUND', `No comparable run has a pipeline "${wish.name}".`, {
    hints: [
      ...nearest(wish.name, names).map((name) => `Did you mean "${name}"?`),
      `${candidate.runId === undefined ? 'To be run:' : `Run ${candidate.runId} has`} ${candidate.pipelines.join(', ')}.`,
    ],
  })
}
