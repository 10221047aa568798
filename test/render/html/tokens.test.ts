import { describe, expect, test } from 'vitest'
import { FAINT, HEAT, SERIES, SURFACES, TOKENS, tokenProperties } from '../../../src/render/html/theme/tokens.ts'

/** Relative luminance and contrast of WCAG 2.2. */
const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (one: string, other: string): number => {
  const [bright, dark] = [luminance(one), luminance(other)].sort((left, right) => right - left) as [number, number]
  return (bright + 0.05) / (dark + 0.05)
}

describe('the colours of pages', () => {
  test('the measure is right: black on white is 21', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  })

  test.each(Object.entries(TOKENS))('%s is seen on page and card, light and dark', (_name, token) => {
    for (const theme of ['light', 'dark'] as const)
      for (const surface of Object.values(SURFACES))
        expect(contrast(token[theme], surface[theme])).toBeGreaterThanOrEqual(token.contrast)
  })

  test('numbers are readable on every step of the heat scale', () => {
    for (const { ink, ...step } of HEAT)
      for (const theme of ['light', 'dark'] as const)
        expect(contrast(ink[theme], step[theme])).toBeGreaterThanOrEqual(4.5)
  })

  test('numbers are readable on the segments of stacks, which are written in the colour of the page', () => {
    for (const name of SERIES)
      for (const theme of ['light', 'dark'] as const)
        expect(contrast(TOKENS[name][theme], SURFACES.page[theme])).toBeGreaterThanOrEqual(4.5)
  })

  test('each light value stands for one colour: charts are themed by it', () => {
    const values = [...Object.values(TOKENS), ...Object.values(FAINT), SURFACES.page].map(({ light }) => light)
    const heat = HEAT.map(({ light }) => light)
    expect(new Set([...values, ...heat]).size).toBe(values.length + heat.length)
  })

  test('the style sheet has every colour in both themes', () => {
    expect(tokenProperties()).toContain(`--worse:light-dark(${TOKENS.worse.light},${TOKENS.worse.dark});`)
  })
})
