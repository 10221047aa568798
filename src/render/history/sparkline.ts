const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
/** For terminals and files that have no block characters. */
const ASCII = ['_', '.', ',', '-', '=', '+', '*', '#'] as const
const MISSING = '·'
const ASCII_MISSING = ' '

/** The newest values as one line of blocks, lowest to highest; a dot where there is no value. All equal: the middle one. */
export const sparkline = (
  values: readonly (number | null)[],
  { ascii = false, most = 24 }: { readonly ascii?: boolean; readonly most?: number } = {},
): string => {
  const shown = values.slice(-most)
  const known = shown.filter((value) => value !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const signs = ascii ? ASCII : BLOCKS
  return shown
    .map((value) => {
      if (value === null) return ascii ? ASCII_MISSING : MISSING
      // What differs by less than a number is written with is the same.
      const share = high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high)) ? 0.4 : (value - low) / (high - low)
      return signs[Math.min(signs.length - 1, Math.floor(share * signs.length))] ?? ''
    })
    .join('')
}
