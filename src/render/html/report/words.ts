import type { ReportDocument } from '../../../generated/report.ts'

/** A verdict as people read it: a sign, a word, and the tone of its colour. */
export interface VerdictWords {
  readonly sign: string
  readonly word: string
  readonly tone: 'better' | 'worse' | 'none'
}

const CHANGES: Readonly<Record<string, VerdictWords>> = {
  improved: { sign: '✔', word: 'better', tone: 'better' },
  fixed: { sign: '✔', word: 'fixed', tone: 'better' },
  regressed: { sign: '✖', word: 'worse', tone: 'worse' },
  'new-failure': { sign: '‼', word: 'new failure', tone: 'worse' },
  'changed-exact': { sign: '◆', word: 'changed', tone: 'none' },
  equivalent: { sign: '●', word: 'equivalent', tone: 'none' },
  inconclusive: { sign: '○', word: 'undecided', tone: 'none' },
  'not-comparable': { sign: '⊘', word: 'not comparable', tone: 'none' },
}

/** Words for the verdict of one change; `effect` tells which way a deterministic value went. */
export const changeWords = (verdict: string, effect: number | null, direction: string): VerdictWords => {
  const words = CHANGES[verdict] ?? { sign: '○', word: verdict, tone: 'none' }
  if (verdict !== 'changed-exact' || effect === null || effect === 0 || direction === 'none') return words
  const isBetter = direction === 'higher' ? effect > 0 : effect < 0
  return isBetter
    ? { sign: '✔', word: 'better (exact)', tone: 'better' }
    : { sign: '✖', word: 'worse (exact)', tone: 'worse' }
}

const VERDICTS: Readonly<Record<ReportDocument['verdict']['state'], VerdictWords>> = {
  better: { sign: '✔', word: 'better', tone: 'better' },
  worse: { sign: '✖', word: 'worse', tone: 'worse' },
  mixed: { sign: '✖✔', word: 'mixed', tone: 'worse' },
  same: { sign: '●', word: 'no difference that matters', tone: 'none' },
  undecided: { sign: '○', word: 'too little data', tone: 'none' },
  not_comparable: { sign: '⊘', word: 'not comparable', tone: 'none' },
  failed: { sign: '‼', word: 'failed', tone: 'worse' },
  nothing_to_compare: { sign: '○', word: 'nothing to compare', tone: 'none' },
}

/** Words for the verdict of a report. */
export const verdictWords = (state: ReportDocument['verdict']['state']): VerdictWords => VERDICTS[state]

/** The match level or taxonomic rank a metric is read at; empty where it has none. */
export const atWords = ({ level, rank }: { readonly level: string | null; readonly rank: string | null }): string =>
  [level, rank].flatMap((part) => (part === null ? [] : part.replaceAll('_', ' '))).join(', ')

/** `Sensitivity (gene)`. */
export const seriesWords = (of: {
  readonly title: string
  readonly level: string | null
  readonly rank: string | null
}): string => {
  const at = atWords(of)
  return at === '' ? of.title : `${of.title} (${at})`
}

/** A reason as people read it: `undefined 0/0` is `0/0`. */
export const reasonWords = (reason: string | null): string =>
  reason === null ? 'no value' : reason.replace('undefined_', '').replaceAll('_', ' ')

/** `run 20261126t…-abc "nightly" on branch main`. */
export const headerWordsOf = (of: {
  readonly run_id: string
  readonly label: string | null
  readonly branch: string | null
  readonly project: string | null
  readonly origin: string
}): string =>
  [
    `run ${of.run_id}`,
    of.label === null ? '' : ` "${of.label}"`,
    of.branch === null ? '' : ` on branch ${of.branch}`,
    of.origin === 'hub' && of.project !== null ? ` of ${of.project}` : '',
  ].join('')

/** What the pipeline of a change is called in this report. */
export const changedName = (
  { run }: Pick<ReportDocument, 'run'>,
  { pipeline, params }: { readonly pipeline: string; readonly params: Readonly<Record<string, unknown>> },
): string => {
  const key = (of: Readonly<Record<string, unknown>>): string =>
    JSON.stringify(Object.entries(of).sort(([one], [other]) => (one < other ? -1 : 1)))
  return run.pipelines.find((one) => one.pipeline === pipeline && key(one.params) === key(params))?.name ?? pipeline
}
