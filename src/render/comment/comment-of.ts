import type { Change, Comparison } from '../../core/comparison/comparison.ts'
import { changeName, effectText, intervalText } from '../compare/change-text.ts'
import { countText } from '../rank/candidate-text.ts'
import { violationText } from '../terminal/gate-text.ts'
import { CHANGE_HEAD, changeRow, pipelineOf } from './change-row.ts'
import type { Comment, CommentSubject, CommentTable, Words } from './comment.ts'
import { headlineOf } from './headline.ts'
import { nextSteps } from './next-steps.ts'
import { provenanceOf } from './provenance.ts'
import { bySeverity, hasValue, isVisible, oneLevelEach } from './severity.ts'

const MOST_VISIBLE = 10
const MOST_PRIMARY_LINES = 3

/** Everything a comment says, the verdict first. Pure: the same subject gives the same comment. */
export const commentOf = (subject: CommentSubject): Comment => {
  const { comparison: of, gate, key, link, run, version } = subject
  const { state, words: headline } = headlineOf(subject)
  const changes = [...(of?.comparison.changes ?? [])].sort(bySeverity)
  const visible = oneLevelEach(changes.filter(isVisible))
  const pairs = of?.comparison.pairs ?? []
  return {
    ...{ key, state, headline, link, version, commit: run.commit },
    lines: [
      ...changes
        .filter(isQuiet)
        .slice(0, MOST_PRIMARY_LINES)
        .map((change) => quietWords(change, pairs)),
      ...(gate?.violations ?? []).map((violation): Words => [`Limit not kept: ${violationText(violation)}`]),
      ...(visible.length > MOST_VISIBLE
        ? [
            [
              `The ${String(MOST_VISIBLE)} that matter most of ${String(visible.length)} findings; all are in the details.`,
            ],
          ]
        : []),
    ],
    table: visible.length === 0 ? null : changeTable(visible.slice(0, MOST_VISIBLE), pairs),
    next: nextSteps(subject),
    details: [
      ...(of === null
        ? []
        : [
            {
              summary: allSummary(changes, of.hiddenChanges),
              table: changeTable(changes.filter(hasValue), pairs),
              lines: [],
            },
          ]),
      ...failureDetails(subject),
      ...(of === null ? [] : [{ summary: 'Method and provenance', table: null, lines: provenanceOf(of) }]),
    ],
  }
}

const changeTable = (changes: readonly Change[], pairs: Comparison['pairs']): CommentTable | null =>
  changes.length === 0 ? null : { head: CHANGE_HEAD, rows: changes.map((change) => changeRow(change, pairs)) }

/** An important metric in which nothing was found: what could have been seen is said, not shown in the table. */
const isQuiet = ({ isPrimary, verdict }: Change): boolean => isPrimary && verdict === 'equivalent'

const quietWords = (change: Change, pairs: Comparison['pairs']): Words => {
  const effect = change.effect === null ? '' : effectText(change.effect, change)
  const interval = change.low === null || change.high === null ? '' : `, 95 % CI ${intervalText(change)}`
  const smallest =
    change.smallestEffect === null
      ? ''
      : `; smallest difference that counts ${effectText(change.smallestEffect, change).replace('+', '')}`
  return [
    `${changeName(change)} of `,
    { name: pipelineOf(change, pairs) },
    `: no detectable change${effect === '' ? '' : ` (${effect}${interval}${smallest})`}`,
  ]
}

const allSummary = (all: readonly Change[], hidden: number): string => {
  const changes = all.filter(hasValue)
  const empty = all.length - changes.length

  const count = (isSo: (change: Change) => boolean): number => changes.filter(isSo).length
  const unchanged = count(({ verdict }) => verdict === 'equivalent' || verdict === 'inconclusive')
  const apart = count(({ verdict }) => verdict === 'not-comparable')
  const parts = [
    `${String(unchanged)} without detectable change`,
    ...(apart > 0 ? [`${String(apart)} not comparable`] : []),
    ...(empty > 0 ? [`${String(empty)} more have no value on either side`] : []),
    ...(hidden > 0 ? [`${String(hidden)} not asked for`] : []),
  ]
  return `All ${countText(changes.length, 'comparison')} (${parts.join(', ')})`
}

const failureDetails = ({ gate }: CommentSubject): Comment['details'] => {
  const failed = gate?.failed ?? []
  if (failed.length === 0) return []
  const rows = failed.map(({ pipeline, sample, why }) => [pipeline, sample ?? 'all samples', why])
  return [
    {
      summary: `Without a result (${countText(failed.length, 'execution')})`,
      table: { head: ['Pipeline', 'Sample', 'Why'], rows },
      lines: [],
    },
  ]
}
