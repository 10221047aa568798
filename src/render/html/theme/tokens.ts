// The colours of every page and chart: one table, from which the style sheet and the charts are made and whose contrasts
// are tested. Light values also stand in the charts themselves, for readers without a style sheet.

/** One colour in both themes, and the lowest contrast it must have on `page` and on `card` (WCAG 2.2: 4.5 text, 3 graphics). */
export interface Token {
  readonly light: string
  readonly dark: string
  readonly contrast: number
}

/** Surfaces everything else is seen on. */
export const SURFACES = {
  page: { light: '#ffffff', dark: '#0f1419' },
  card: { light: '#f4f6f8', dark: '#1a2129' },
} as const

/** Every colour that is seen on a surface. */
export const TOKENS = {
  fg: { light: '#1b1f24', dark: '#e6edf3', contrast: 7 },
  muted: { light: '#57606a', dark: '#9aa4af', contrast: 4.5 },
  link: { light: '#0b57d0', dark: '#8ab8ff', contrast: 4.5 },
  control: { light: '#7d8691', dark: '#76818d', contrast: 3 },
  better: { light: '#1a7f37', dark: '#5fd07a', contrast: 4.5 },
  worse: { light: '#b42318', dark: '#ff8a80', contrast: 4.5 },
  s1: { light: '#2f6db3', dark: '#6cb0ff', contrast: 4.5 },
  s2: { light: '#b35900', dark: '#ffb266', contrast: 4.4 },
  s3: { light: '#2a7a3b', dark: '#6fce86', contrast: 4.5 },
  s4: { light: '#8e3b94', dark: '#dfa0e6', contrast: 4.5 },
  s5: { light: '#0b737a', dark: '#5cc8d0', contrast: 4.5 },
  s6: { light: '#b02a4c', dark: '#ff9ab0', contrast: 4.5 },
  s7: { light: '#6f5f00', dark: '#d6c25a', contrast: 4.5 },
  s8: { light: '#4a5a78', dark: '#aebbd2', contrast: 4.5 },
} as const satisfies Record<string, Token>

export type TokenName = keyof typeof TOKENS

/** Hues of entities, in the order they are given out. */
export const SERIES = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'] as const satisfies readonly TokenName[]

/** Lines and areas that carry no meaning of their own: grid, bands. They need no contrast. */
export const FAINT = {
  grid: { light: '#dfe3e8', dark: '#2b343e' },
  band: { light: '#d3e2f3', dark: '#1f3a57' },
  shade: { light: '#c9ced6', dark: '#000000' },
} as const

/** Steps of the heat scale from low to high, with the text that is read on each. */
export const HEAT = [
  { light: '#f0f5fb', dark: '#17222f', ink: { light: '#1b1f24', dark: '#e6edf3' } },
  { light: '#d8e6f5', dark: '#1b3350', ink: { light: '#1b1f24', dark: '#e6edf3' } },
  { light: '#b9d3ee', dark: '#1f456f', ink: { light: '#1b1f24', dark: '#ffffff' } },
  { light: '#93bbe3', dark: '#25588f', ink: { light: '#1b1f24', dark: '#ffffff' } },
  { light: '#6fa3d8', dark: '#5d9ad6', ink: { light: '#0f1317', dark: '#0f1317' } },
  { light: '#2a66ab', dark: '#8bbcec', ink: { light: '#ffffff', dark: '#0f1317' } },
  { light: '#164a86', dark: '#bcd9f6', ink: { light: '#ffffff', dark: '#0f1317' } },
] as const

/** The custom properties of a style sheet: `--fg: light-dark(#1b1f24, #e6edf3);` and so on. */
export const tokenProperties = (): string => {
  const plain = Object.entries({ ...SURFACES, ...TOKENS, ...FAINT })
  const heat = HEAT.flatMap(({ light, dark, ink }, step) => [
    [`h${String(step)}`, { light, dark }] as const,
    [`i${String(step)}`, ink] as const,
  ])
  return [...plain, ...heat].map(([name, { light, dark }]) => `--${name}:light-dark(${light},${dark});`).join('')
}

/** Rules that make the marks of charts follow the theme: `.f-s1{fill:var(--s1)}`, `.k-s1{stroke:var(--s1)}`. */
export const chartRules = (): string =>
  [...chartColours(), ...HEAT.map((_, step) => ({ name: `i${String(step)}` }))]
    .map(({ name }) => `.f-${name}{fill:var(--${name})}.k-${name}{stroke:var(--${name})}`)
    .join('')

/** Colours charts draw with, by their light value. */
export const chartColours = (): readonly { readonly name: string; readonly light: string }[] => [
  ...Object.entries({ page: SURFACES.page, ...TOKENS, ...FAINT }).map(([name, { light }]) => ({ name, light })),
  ...HEAT.map(({ light }, step) => ({ name: `h${String(step)}`, light })),
]
