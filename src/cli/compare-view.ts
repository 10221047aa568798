/** From the flags of `compare` to its answer: which of its kinds is asked for, and how it is written. */
import type { RunComparison } from '../app/compare/run-comparison.ts'
import type { HistoryRequest } from '../app/history/project-history.ts'
import type { Project } from '../compose.ts'
import { placeNamed, readMetricPlace } from '../core/metric-place.ts'
import { Problem } from '../core/problem.ts'
import type { TableOptions } from '../render/table/table.ts'
import { EXIT_CODES } from './exit-code.ts'
import { type Format, tableOptions } from './format-flag.ts'

interface CompareFlags {
  readonly run: string
  readonly with: string | undefined
  readonly metric: readonly string[] | undefined
  readonly level: readonly string[] | undefined
  readonly dataset: readonly string[] | undefined
  readonly pipeline: readonly string[] | undefined
  readonly controlled: readonly string[] | undefined
  readonly all: boolean
  readonly format: Format
  readonly output: string | undefined
  readonly explain: boolean
  readonly gate: boolean
  readonly plan: boolean
  readonly samples: number | undefined
  readonly repeats: number | undefined
  readonly hub: string | undefined
  readonly wantsJson: boolean
}

interface Voice {
  readonly show: (text: string) => void
  readonly tell: (text: string) => void
}

/** What one kind of comparison has to say. */
interface Answer {
  readonly document: unknown
  readonly text: (options: TableOptions) => Promise<string>
}

/** Answers `benchmark compare`; returns the document of `--json`. */
export const runComparison = async (project: Project, flags: CompareFlags, voice: Voice): Promise<unknown> => {
  const answer = await answerOf(project, flags, voice)
  if (flags.output !== undefined) {
    const { writeOutput } = await import('./write-output.ts')
    const { format } = flags
    const text = format === 'json' ? `${JSON.stringify(answer.document, null, 2)}\n` : await answer.text({ format })
    await writeOutput(project, flags.output, text)
    voice.tell(`Wrote ${flags.output}`)
  } else if (!flags.wantsJson) voice.show(await answer.text(tableOptions(flags.format)))
  return answer.document
}

const answerOf = async (project: Project, flags: CompareFlags, voice: Voice): Promise<Answer> => {
  if (flags.plan) return planAnswer(project, flags)
  if (flags.with === undefined) {
    const { REFERENCE_HINT } = await import('../app/compare/reference.ts')
    throw new Problem('E_USAGE', 'Compare with what? --with is missing.', { hints: [REFERENCE_HINT] })
  }
  const kind = flags.with.trim()
  if (kind === 'community') {
    refuseFlags(flags, kind, ['pipeline', 'controlled', 'gate'])
    return communityAnswer(project, flags)
  }
  if (kind === 'history') {
    refuseFlags(flags, kind, ['controlled', 'gate'])
    return historyAnswer(project, flags)
  }
  return comparisonAnswer(project, { ...flags, with: flags.with }, voice)
}

/** A flag that changes nothing is told, not overheard. */
const refuseFlags = (
  flags: CompareFlags,
  kind: string,
  names: readonly ('pipeline' | 'controlled' | 'gate')[],
): void => {
  const given = names.find((name) => flags[name] !== undefined && flags[name] !== false)
  if (given !== undefined)
    throw new Problem('E_USAGE', `--${given} has no meaning for a comparison with ${kind}.`, {
      hints: [`Leave it out, or compare with a run, a branch or a pipeline.`],
    })
}

const comparisonAnswer = async (
  project: Project,
  flags: CompareFlags & { readonly with: string },
  { tell }: Voice,
): Promise<Answer> => {
  const comparison = await project.compare({
    run: flags.run,
    with: flags.with,
    metrics: flags.metric ?? [],
    levels: flags.level ?? [],
    datasets: flags.dataset ?? [],
    pipelines: flags.pipeline ?? [],
    controlled: flags.controlled ?? [],
    ...(flags.hub === undefined ? {} : { hub: flags.hub }),
  })
  const { toComparisonDocument } = await import('../render/json/comparison-document.ts')
  const isWhole = [flags.metric, flags.level, flags.pipeline].every((wish) => (wish ?? []).length === 0)
  if (isWhole) {
    const { keepComparison } = await import('./keep-comparison.ts')
    await keepComparison(project, comparison, tell)
  }
  if (flags.gate && comparison.comparison.gate.state === 'failed') process.exitCode = EXIT_CODES.E_GATE
  return {
    document: toComparisonDocument(comparison),
    text: (options) => comparisonText(comparison, flags, options),
  }
}

const comparisonText = async (
  comparison: RunComparison,
  flags: CompareFlags,
  options: TableOptions,
): Promise<string> => {
  const { renderComparison } = await import('../render/compare/comparison-text.ts')
  const isFiltered = (flags.metric ?? flags.level) !== undefined
  return renderComparison(comparison, { ...options, all: flags.all || isFiltered, explain: flags.explain })
}

const communityAnswer = async (project: Project, flags: CompareFlags): Promise<Answer> => {
  const [{ toCommunityDocument }, { selectCommunity }, rankings] = await Promise.all([
    import('../render/json/rank/community-document.ts'),
    import('../app/rank/select-community.ts'),
    project.rankings(),
  ])
  const whole = await rankings.withCommunity({
    run: flags.run,
    datasets: flags.dataset ?? [],
    ...(flags.hub === undefined ? {} : { hub: flags.hub }),
  })
  const community = selectCommunity(whole, { metrics: flags.metric ?? [], levels: flags.level ?? [] })
  return {
    document: toCommunityDocument(community),
    text: async (options) => {
      const { renderCommunity } = await import('../render/rank/community-text.ts')
      return renderCommunity(community, { ...options, explain: flags.explain })
    },
  }
}

/** Filters of `compare` as those of a history, which looks at one thing or at all. */
const historyWish = (flags: CompareFlags): Omit<HistoryRequest, 'upTo'> => {
  const single = (name: string, given: readonly string[] | undefined): string | undefined => {
    if ((given ?? []).length > 1)
      throw new Problem('E_USAGE', `--with history takes --${name} once.`, {
        hints: ['Leave it out to see everything, or ask several times.'],
      })
    return given?.[0]
  }
  const metric = single('metric', flags.metric)
  const level = single('level', flags.level)
  const wish = {
    ...(metric === undefined ? {} : readMetricPlace(metric)),
    ...(level === undefined ? {} : placeNamed(level)),
    pipeline: single('pipeline', flags.pipeline),
    dataset: single('dataset', flags.dataset),
  }
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))
  return { ...given, limit: 100, includeEnded: false }
}

/** The series of the pipelines of this run, as far as the runs before it and the run itself go. */
const historyAnswer = async (project: Project, flags: CompareFlags): Promise<Answer> => {
  const [{ toHistoryDocument }, histories] = await Promise.all([
    import('../render/json/history-document.ts'),
    project.histories(),
  ])
  const history = await histories.judge({ ...historyWish(flags), upTo: await project.resolveRun(flags.run) })
  return {
    document: toHistoryDocument(history),
    text: async (options) => {
      const { renderHistory } = await import('../render/history/history-text.ts')
      const all = flags.all || (flags.metric ?? flags.level) !== undefined
      return renderHistory(history, { ...options, explain: flags.explain, ascii: false, all })
    },
  }
}

const planAnswer = async (project: Project, flags: CompareFlags): Promise<Answer> => {
  const [{ toPlanPowerDocument }, { runId, power }] = await Promise.all([
    import('../render/json/plan-power-document.ts'),
    project.planComparison({
      run: flags.run,
      ...(flags.samples === undefined ? {} : { samples: flags.samples }),
      ...(flags.repeats === undefined ? {} : { repeats: flags.repeats }),
    }),
  ])
  return {
    document: { schema: 'benchmark.plan-power/1', run_id: runId, power: toPlanPowerDocument(power) },
    text: async (options) => (await import('../render/terminal/plan-power-text.ts')).renderPlanPower(power, options),
  }
}
