/** From the flags of `compare` to its answer: which of its kinds is asked for, and how it is written. */
import type { RunComparison } from '../app/compare/run-comparison.ts'
import type { Project } from '../compose.ts'
import { Problem } from '../core/problem.ts'
import { EXIT_CODES } from './exit-code.ts'
import { emphasiseVerdict } from './emphasise-verdict.ts'
import { terminalWidth } from './terminal-width.ts'

type Format = 'table' | 'markdown' | 'json' | 'csv' | 'tsv'

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
  /** `width`: columns of a terminal, where it goes to one. */
  readonly text: (format: Exclude<Format, 'json'>, width: number | undefined) => Promise<string> | string
}

/** Answers `benchmark compare`; returns the document of `--json`. */
export const runComparison = async (project: Project, flags: CompareFlags, voice: Voice): Promise<unknown> => {
  const answer = await answerOf(project, flags, voice)
  const width = flags.output === undefined ? terminalWidth() : undefined
  if (!flags.wantsJson || flags.output !== undefined) {
    const text =
      flags.format === 'json' ? `${JSON.stringify(answer.document, null, 2)}\n` : await answer.text(flags.format, width)
    if (flags.output === undefined) voice.show(text)
    else {
      const { writeOutput } = await import('./write-output.ts')
      await writeOutput(project, flags.output, text)
      voice.tell(`Written to ${flags.output}`)
    }
  }
  return answer.document
}

const answerOf = async (project: Project, flags: CompareFlags, voice: Voice): Promise<Answer> => {
  if (flags.plan) return planAnswer(project, flags)
  if (flags.with === undefined) {
    const { REFERENCE_HINT } = await import('../app/compare/reference.ts')
    throw new Problem('E_USAGE', 'Compare with what? --with is missing.', { hints: [REFERENCE_HINT] })
  }
  const kind = flags.with.trim()
  if (kind === 'community') return communityAnswer(project, flags)
  if (kind === 'history') return historyAnswer(project, flags)
  return comparisonAnswer(project, { ...flags, with: flags.with }, voice)
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
    text: (format, width) => comparisonText(comparison, flags, format, width),
  }
}

const comparisonText = async (
  comparison: RunComparison,
  flags: CompareFlags,
  format: Exclude<Format, 'json'>,
  width: number | undefined,
): Promise<string> => {
  if (format === 'csv' || format === 'tsv')
    return (await import('../render/compare/comparison-rows.ts')).comparisonRows(comparison, format)
  const { renderComparison } = await import('../render/compare/comparison-text.ts')
  const isFiltered = (flags.metric ?? flags.level) !== undefined
  const emphasise = emphasiseVerdict()
  return renderComparison(comparison, {
    format,
    all: flags.all || isFiltered,
    explain: flags.explain,
    ...(width === undefined ? {} : { width }),
    ...(emphasise && format === 'table' && flags.output === undefined ? { emphasise } : {}),
  })
}

const communityAnswer = async (project: Project, flags: CompareFlags): Promise<Answer> => {
  const [{ toCommunityDocument }, rankings] = await Promise.all([
    import('../render/json/rank/community-document.ts'),
    project.rankings(),
  ])
  const community = await rankings.withCommunity({
    run: flags.run,
    ...(flags.hub === undefined ? {} : { hub: flags.hub }),
  })
  return {
    document: toCommunityDocument(community),
    text: async (format, width) => {
      const { renderCommunity } = await import('../render/rank/community-text.ts')
      return renderCommunity(community, { format, explain: flags.explain, ...(width === undefined ? {} : { width }) })
    },
  }
}

const historyAnswer = (_project: Project, _flags: CompareFlags): Promise<Answer> =>
  Promise.reject(new Problem('E_USAGE', 'Not there yet.'))

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
    text: async (_format, width) =>
      (await import('../render/terminal/plan-power-text.ts')).renderPlanPower(power, width),
  }
}
