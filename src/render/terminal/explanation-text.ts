import type { ScoredOutputs } from '../../app/score-outputs.ts'
import { plainText } from '../plain-text.ts'

/** What is wrong at the level shown, with the missed gene nearest to it and how the two differ. */
export const renderExplanations = ({ explanations, primaryLevel }: ScoredOutputs): string => {
  const shown = (explanations ?? []).filter(({ level }) => level === primaryLevel)
  if (shown.length === 0) return `Nothing is wrong at level ${primaryLevel ?? ''}.`
  const lines: string[] = [`Why, at level ${primaryLevel ?? ''}:`]
  let group = ''
  for (const one of shown) {
    const heading = `${one.prediction}, ${one.sample}:`
    if (heading !== group) lines.push(heading)
    group = heading
    const reasons = one.reasons.map(({ text }) => text).join('; ')
    const call = `${one.callSymbol ?? one.key}${atLine(one.callLine)}`
    const gene = `${one.truthSymbol ?? ''}${atLine(one.truthLine)}`
    if (one.status === 'FN') lines.push(`  ${gene} is missed: ${reasons}`)
    else if (one.truthSymbol === null) lines.push(`  ${call} is wrong: ${reasons}`)
    else lines.push(`  ${call} is wrong, ${gene} is missed: ${reasons}`)
  }
  return plainText(lines.join('\n'))
}

const atLine = (line: number | null): string => (line === null ? '' : ` (line ${line})`)
