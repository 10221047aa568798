import { projectFrame } from './project-frame.ts'
import type { BoardModel } from '../../../core/dashboard/board-model.ts'
import type {
  HistorySeriesModel,
  ProjectModel,
  VsBaseline,
  VsCommunity,
} from '../../../core/dashboard/project-model.ts'
import { paramsText } from '../../../core/dashboard/shard.ts'
import type { BoxGroup, BoxStripSpec, DotIntervalSpec } from '../charts/spec.ts'
import { type Block, figure, table, text } from './blocks.ts'
import { historyChart, regressionText, restartText } from './overview-page.ts'
import { day, historyTitle, type PlannedPage, plural, projectPath, seriesTitle, type Site } from './site.ts'

const MOST_CHARTS = 3
const MOST_BOXES = 12

/** `p/<project>/comparison.html`: the three sections of the design, under its words. */
export const comparisonPage = (site: Site, project: ProjectModel, board: BoardModel | null): PlannedPage => {
  const path = projectPath(site, project.project, 'comparison.html')
  const { vsBaseline, vsCommunity, vsHistory } = project.sections.comparison
  const groups = communityGroups(project, board)
  return {
    path,
    inputs: [project.project, project.sections.comparison, project.regressions, groups],
    make: () => ({
      ...projectFrame(site, project, path, 'Comparison'),
      lead: 'The newest results against the baseline, against everybody else, and against the past.',
      sections: [
        {
          id: 'vsBaseline',
          title: 'Against the baseline (vsBaseline)',
          blocks: isThere(vsBaseline, 'changes')
            ? baselineBlocks(site, vsBaseline)
            : [text(`There is nothing to compare: ${vsBaseline.reason ?? ''}.`)],
        },
        {
          id: 'vsCommunity',
          title: 'Against the community (vsCommunity)',
          blocks: isThere(vsCommunity, 'places')
            ? communityBlocks(vsCommunity, communityFigure(site, project.project, vsCommunity, groups))
            : [text(`There is nobody to compare with: ${vsCommunity.reason ?? ''}.`)],
        },
        { id: 'vsHistory', title: 'Against the past (vsHistory)', blocks: historyBlocks(site, project, vsHistory) },
      ],
    }),
  }
}

const isThere = <T extends object>(of: { reason: string | null }, key: keyof T): of is T & { reason: null } =>
  of.reason === null && key in of

const CHOSEN_AS: Readonly<Record<VsBaseline['chosen_as'], string>> = {
  set: 'the baseline that was set for it',
  tagged: 'which carries the tag or label baseline',
  first: 'the oldest comparable run: no baseline is set for it, and no earlier run carries the tag or label baseline',
}

const baselineBlocks = (site: Site, of: VsBaseline): readonly Block[] => {
  const parameters = paramsText(of.params)
  const relative = of.changes.filter(
    ({ effect_scale, is_primary, effect }) => (is_primary || effect_scale === 'relative') && effect !== null,
  )
  const scale = relative.some(({ effect_scale, is_primary }) => is_primary && effect_scale === 'absolute')
    ? 'absolute'
    : 'relative'
  const rows = of.changes
    .filter(
      (change) =>
        change.effect_scale === scale && change.effect !== null && (scale === 'relative' || change.unit === 'ratio'),
    )
    .slice(0, 12)
  const measured = of.changes.filter(({ baseline, candidate }) => baseline !== null || candidate !== null)
  const spec: DotIntervalSpec = {
    kind: 'dotInterval',
    key: 'baseline-chart',
    title: `Change of ${of.pipeline} on ${of.dataset}`,
    method:
      'Paired by sample; 95 % interval; a hollow mark has 0 in its interval. Verdicts: docs/statistics.md of the program.',
    x: { label: scale === 'relative' ? 'Relative change' : 'Change', unit: 'ratio', direction: 'none' },
    reference: 0,
    rows: rows.map((change) => ({
      label: seriesTitle(change),
      value: change.effect ?? { missing: 'no value' },
      ...{ low: change.low, high: change.high, note: change.verdict },
      tone:
        change.verdict === 'improved' || change.verdict === 'fixed'
          ? 'better'
          : change.verdict === 'regressed' || change.verdict === 'new-failure'
            ? 'worse'
            : 'none',
    })),
  }
  return [
    text(
      `${of.pipeline}${parameters === '' ? '' : ` (${parameters})`} on ${of.dataset}: run ${of.candidate.run_id} (${day(of.candidate.at)}) against ${of.baseline.run_id} (${day(of.baseline.at)}), ${CHOSEN_AS[of.chosen_as]}. Verdict: ${of.verdict}.${of.of_variants > 1 ? ` Of the ${String(of.of_variants)} pipelines and parameter sets that both runs have, this one got worse most, or else changed most.` : ''}`,
    ),
    ...(rows.length === 0 ? [] : [figure(site.chart(spec), 'baseline')]),
    table(
      'baseline-changes',
      {
        caption: 'Every metric, before and after',
        columns: [
          { key: 'metric', label: 'Metric', kind: 'text' },
          { key: 'unit', label: 'Unit', kind: 'text' },
          { key: 'baseline', label: 'Baseline', kind: 'number' },
          { key: 'newest', label: 'Newest', kind: 'number' },
          { key: 'change', label: 'Change', kind: 'number' },
          { key: 'scale', label: 'Change is', kind: 'text' },
          { key: 'low', label: 'Low, 95 %', kind: 'number' },
          { key: 'high', label: 'High, 95 %', kind: 'number' },
          { key: 'p_adjusted', label: 'Adjusted p', kind: 'number' },
          { key: 'samples', label: 'Samples', kind: 'number' },
          { key: 'verdict', label: 'Verdict', kind: 'text' },
        ],
        rows: measured.map((change) => [
          `${seriesTitle(change)}${change.is_primary ? ' (primary)' : ''}`,
          change.unit,
          change.baseline ?? { missing: 'no value' },
          change.candidate ?? { missing: 'no value' },
          change.effect ?? { missing: 'no value' },
          change.effect_scale,
          change.low ?? { missing: 'none' },
          change.high ?? { missing: 'none' },
          change.p_adjusted ?? { missing: 'not tested' },
          change.n_common,
          change.verdict,
        ]),
      },
      'baseline-changes',
    ),
    ...(measured.length === of.changes.length
      ? []
      : [
          text(
            `${plural(of.changes.length - measured.length, 'other metric')} without a value on either side ${of.changes.length - measured.length === 1 ? 'is' : 'are'} left out.`,
          ),
        ]),
    ...of.not_comparable.map((words) => text(words, 'note')),
  ]
}

/** This project's value and the quartiles of everybody, of each metric that is a share; only quartiles that may be told. */
const communityGroups = (project: ProjectModel, board: BoardModel | null): readonly BoxGroup[] => {
  const { vsCommunity } = project.sections.comparison
  if (board === null || !isThere(vsCommunity, 'places')) return []
  const shares = new Set(
    board.entries.flatMap(({ metrics }) => metrics.filter(({ unit }) => unit === 'ratio').map(seriesTitle)),
  )
  const quartiles = new Map(board.community.map((one) => [seriesTitle(one), one.quartiles]))
  return vsCommunity.places.flatMap((place): BoxGroup[] => {
    const name = seriesTitle(place)
    const everybody = quartiles.get(name)
    return everybody == null || !shares.has(name)
      ? []
      : [{ name, quartiles: everybody, values: [{ label: project.project, value: place.value }] }]
  })
}

const communityFigure = (
  site: Site,
  project: string,
  of: VsCommunity,
  groups: readonly BoxGroup[],
): readonly Block[] => {
  if (groups.length === 0) return []
  const spec: BoxStripSpec = {
    kind: 'boxStrip',
    key: 'community-chart',
    title: `${project} among everybody on ${of.dataset}`,
    method: `Box: quartiles over contributors, each once with the mean of what they contributed; told from ${String(of.group_size)} contributors on, and without whiskers, which would be single results. Mark: this project.${groups.length > MOST_BOXES ? ` The first ${String(MOST_BOXES)} of ${String(groups.length)} metrics.` : ''}`,
    x: { label: 'value', unit: 'ratio', direction: 'none' },
    groups: groups.slice(0, MOST_BOXES),
  }
  return [figure(site.chart(spec), 'community')]
}

const communityBlocks = (of: VsCommunity, figures: readonly Block[]): readonly Block[] => [
  text(
    `Everybody whose results on ${of.dataset} were scored alike, each project once with the mean of its newest results. Numbers over fewer than ${String(of.group_size)} others are withheld, so that nobody can be picked out. Runs shared anonymously are counted in no place here.`,
  ),
  ...figures,
  table(
    'community-places',
    {
      caption: 'Place of this project, metric by metric',
      columns: [
        { key: 'metric', label: 'Metric', kind: 'text' },
        { key: 'value', label: 'This project', kind: 'number' },
        { key: 'place', label: 'Place', kind: 'number' },
        { key: 'of', label: 'Of', kind: 'number' },
        { key: 'percentile', label: 'Percentile', kind: 'number' },
      ],
      rows: of.places.map((one) => {
        const withheld = {
          missing:
            one.withheld === 'no_values'
              ? 'nobody else has it'
              : `withheld: fewer than ${String(of.group_size)} others`,
        }
        return [seriesTitle(one), one.value, one.place ?? withheld, one.of ?? withheld, one.percentile ?? withheld]
      }),
    },
    'community-places',
  ),
]

const historyBlocks = (
  site: Site,
  { regressions }: ProjectModel,
  { series, left_out }: { readonly series: readonly HistorySeriesModel[]; readonly left_out: number },
): readonly Block[] => {
  if (series.length === 0) return [text('No pipeline has two comparable runs yet.')]
  const isOpen = (one: HistorySeriesModel): boolean =>
    one.shifts.some(({ turn, is_current, is_confirmed }) => turn === 'worse' && is_current && is_confirmed)
  const drawn = [...series]
    .filter(({ points }) => points.length > 1)
    .sort(
      (left, right) =>
        Number(isOpen(right)) - Number(isOpen(left)) ||
        Number(right.shifts.length > 0) - Number(left.shifts.length > 0),
    )
    .slice(0, MOST_CHARTS)
  const shifts = series
    .flatMap((one) => one.shifts.map((shift) => ({ one, shift })))
    .sort((left, right) => (left.shift.at < right.shift.at ? 1 : -1))
  return [
    text(
      regressions.length === 0
        ? 'No confirmed step for the worse is still there.'
        : `${plural(regressions.length, 'step')} for the worse ${regressions.length === 1 ? 'is' : 'are'} still there: ${regressions.slice(0, 3).map(regressionText).join('; ')}.`,
    ),
    ...(shifts.length === 0
      ? [text('No change point was found in any series.')]
      : [
          table(
            'change-points',
            {
              caption: 'Change points, newest first',
              columns: [
                { key: 'since', label: 'Since run', kind: 'text' },
                { key: 'date', label: 'Date (UTC)', kind: 'text' },
                { key: 'series', label: 'Series', kind: 'text' },
                { key: 'before', label: 'Before', kind: 'number' },
                { key: 'after', label: 'After', kind: 'number' },
                { key: 'unit', label: 'Unit', kind: 'text' },
                { key: 'turn', label: 'For the', kind: 'text' },
                { key: 'state', label: 'State', kind: 'text' },
                { key: 'p', label: 'p', kind: 'number' },
                { key: 'commits', label: 'Commits', kind: 'text' },
              ],
              rows: shifts.map(({ one, shift }) => [
                shift.run_id,
                day(shift.at),
                historyTitle(one),
                shift.before,
                shift.after,
                one.series.unit,
                shift.turn,
                `${shift.is_current ? 'open' : 'gone again'}${shift.is_confirmed ? '' : ', not confirmed'}`,
                shift.p,
                shift.commit === null
                  ? 'not known'
                  : `${shift.before_commit?.slice(0, 10) ?? '?'}..${shift.commit.slice(0, 10)}`,
              ]),
            },
            'change-points',
            shifts.map(({ shift }) => `run.html#id=${encodeURIComponent(shift.run_id)}`),
          ),
        ]),
    ...[
      ...new Set(
        series.flatMap(({ pipeline, restarts }) => restarts.map((one) => `${pipeline}: ${restartText(one)}.`)),
      ),
    ].map((line) => text(line, 'note')),
    ...drawn.map((one) => historyChart(site, one)),
    text(
      `${String(series.length)} series were looked at${left_out > 0 ? `; ${String(left_out)} further ones were not, because a project's report takes no more` : ''}. The figures show ${String(drawn.length)}: open ones first.`,
      'note',
    ),
  ]
}
