import type { BlessingChange } from '../../app/history/bless-shift.ts'
import type { Blessing } from '../../core/history/blessing.ts'
import { formatTime } from '../format-number.ts'
import { plainLine } from '../plain-text.ts'
import { seriesText } from '../rank/candidate-text.ts'
import { isForPrograms, renderTable, type TableOptions } from '../table/table.ts'

/** What was accepted or taken back, and what to do so that others see it. */
export const renderBlessingChange = ({ file, added, removed, isIgnored }: BlessingChange): string => {
  const commit = isIgnored
    ? `Add the line !blessings.yaml to .benchmark/.gitignore and commit ${file}, so that CI and others judge by it.`
    : `Commit ${file}, so that CI and others judge by it.`
  const lines =
    added.length === 0
      ? removed.map((one) => `Taken back: ${aboutText(one)} from ${one.run} on (“${one.why}”, ${one.by}).`)
      : [
          ...added.map(
            (one) => `Accepted by ${one.by}: the level of ${aboutText(one)} from ${one.run} on (“${one.why}”).`,
          ),
          ...(removed.length === 0 ? [] : ['That takes the place of what was said of it before.']),
        ]
  return [...lines, commit].map(plainLine).join('\n')
}

/** Everything that was accepted. */
export const renderBlessings = ({ blessings }: BlessingChange, options: TableOptions): string => {
  if (blessings.length === 0 && !isForPrograms(options))
    return 'Nothing was blessed. When a level is another one and that is right: benchmark history bless RUN --metric M --why "…"'
  const rows = blessings.map((one) => [
    one.run,
    { text: one.commit?.slice(0, 10) ?? '', value: one.commit },
    aboutText(one),
    one.by,
    { text: formatTime(one.at), value: one.at },
    one.why,
  ])
  const head = ['from run', 'commit', 'series', 'by', 'at (UTC)', 'why']
  return renderTable({ head, keys: ['run', 'commit', 'series', 'by', 'at', 'why'], rows }, options)
}

const aboutText = ({ pipeline, metric, level, rank }: Blessing): string =>
  `${pipeline === null ? '' : `${pipeline} `}${seriesText({ metric, level, rank })}`
