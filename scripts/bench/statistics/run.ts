// Simulates how often verdicts and detectors are wrong, against the rates they are meant to have. Prints markdown.
import { toMarkdown } from '../table.ts'
import { type Check, isWithin, tableOf } from './check.ts'
import { historyChecks } from './histories.ts'
import { intervalChecks } from './intervals.ts'
import { pairedChecks } from './paired.ts'
import { rankingChecks, rankingTimesText, TITLE } from './ranking.ts'
import { repeatChecks } from './repeats.ts'

const PARTS: Readonly<Record<string, readonly [string, () => readonly Check[]]>> = {
  paired: ['Verdicts of scores, paired by sample', pairedChecks],
  repeats: ['Run times, repeats against repeats', repeatChecks],
  intervals: ['Intervals: how often they hold the truth (nominal 95 %)', intervalChecks],
  histories: ['Histories, variation 3 %', historyChecks],
  ranking: [TITLE, rankingChecks],
}

const chosen = process.argv.slice(2)
let off = 0
for (const [name, [title, make]] of Object.entries(PARTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const began = performance.now()
  const checks = make()
  off += checks.filter((check) => !isWithin(check)).length
  process.stdout.write(`${toMarkdown(tableOf(title, checks))}\n`)
  if (name === 'ranking') process.stdout.write(`${rankingTimesText()}\n\n`)
  process.stderr.write(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s\n`)
}
process.stdout.write(
  off === 0 ? 'All as expected, within two points.\n' : `${off} rates are off by more than two points.\n`,
)
