/** How something is meant. Colour repeats what the text says and never says it alone. */
export type Tone = 'strong' | 'faint' | 'good' | 'bad' | 'warning'

/** Colours text, or returns it as it is. */
export type Paint = (text: string, tone: Tone | null) => string

export const plainPaint: Paint = (text) => text

// Colours of the terminal's own palette, so that they suit light and dark ones.
const CODES: Readonly<Record<Tone, readonly [number, number]>> = {
  strong: [1, 22],
  faint: [2, 22],
  good: [32, 39],
  bad: [31, 39],
  warning: [33, 39],
}

/** Colours by SGR sequences (ECMA-48). */
export const ansiPaint: Paint = (text, tone) => {
  if (tone === null || text.trim() === '') return text
  const [on, off] = CODES[tone]
  return `\u001b[${String(on)}m${text}\u001b[${String(off)}m`
}
