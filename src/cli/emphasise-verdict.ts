import { styleText } from 'node:util'
import type { Comparison } from '../core/comparison/comparison.ts'

const COLOURS: Readonly<Partial<Record<Comparison['verdict'], 'red' | 'green' | 'yellow'>>> = {
  regressed: 'red',
  'new-failure': 'red',
  improved: 'green',
  fixed: 'green',
  mixed: 'yellow',
  'changed-exact': 'yellow',
}

/** Bold and colour for a verdict on a terminal that wants them; undefined elsewhere. The word says the same without. */
export const emphasiseVerdict = (): ((verdict: Comparison['verdict'], text: string) => string) | undefined => {
  const { NO_COLOR, TERM } = process.env
  if (!process.stdout.isTTY || (NO_COLOR ?? '') !== '' || TERM === 'dumb') return undefined
  return (verdict, text) => {
    const colour = COLOURS[verdict]
    return styleText(colour === undefined ? ['bold'] : ['bold', colour], text)
  }
}
