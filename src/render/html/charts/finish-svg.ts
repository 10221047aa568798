import { chartColours } from '../theme/tokens.ts'
import type { Drawing, SvgElement } from './plot.ts'

// What Plot draws is a picture; this makes it a figure of a page: named for assistive technology, without styles of its
// own (the page's policy allows none), in colours that follow the theme, and with numbers no longer than the eye needs.

const CLASS_OF_COLOUR = new Map(chartColours().map(({ name, light }) => [light, name]))

/** Attributes of Plot that the page must not have: names on elements that may not be named, and fonts of its own. */
const REMOVED = new Set(['aria-label', 'aria-hidden', 'aria-description', 'style', 'href'])

const NUMERIC = new Set([
  ...['d', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'width', 'height', 'dx', 'dy'],
  ...['stroke-width', 'rx', 'ry'],
])

/** Names a figure, themes its colours, rounds its numbers. Returns the markup. */
export const finishSvg = (
  svg: SvgElement,
  { element }: Drawing,
  words: { readonly key: string; readonly title: string; readonly desc: string },
): string => {
  finishElement(svg)
  const ids = { title: `${words.key}-title`, desc: `${words.key}-desc` }
  const before = svg.firstChild
  for (const [name, text] of [
    ['title', words.title],
    ['desc', words.desc],
  ] as const) {
    const named = element(name)
    named.setAttribute('id', ids[name])
    named.textContent = text
    svg.insertBefore(named, before)
  }
  svg.setAttribute('class', 'chart')
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-labelledby', `${ids.title} ${ids.desc}`)
  return svg.outerHTML
}

const finishElement = (element: SvgElement): void => {
  if (element.tagName.toLowerCase() === 'style') return element.remove()
  // Text on heat cells says its class itself: one light colour stands for several steps of the scale.
  const own = element.getAttribute('class') ?? ''
  const isInk = /^f-i\d$/.test(own)
  const classes: string[] = isInk ? [own] : []
  element.removeAttribute('class')
  for (const { name, value } of [...element.attributes]) {
    if (REMOVED.has(name)) element.removeAttribute(name)
    else if ((name === 'fill' || name === 'stroke') && !isInk) {
      const token = CLASS_OF_COLOUR.get(value)
      if (token !== undefined) classes.push(`${name === 'fill' ? 'f' : 'k'}-${token}`)
    } else if (NUMERIC.has(name)) {
      const short = roundNumbers(value)
      if (name === 'transform' && short === 'translate(0,0)') element.removeAttribute(name)
      else element.setAttribute(name, short)
    }
  }
  if (classes.length > 0) element.setAttribute('class', classes.sort().join(' '))
  for (const child of [...element.children]) finishElement(child)
}

/** Numbers in a path or a transformation to a tenth of a pixel; `0.5em` and the like stay. */
const roundNumbers = (value: string): string =>
  value.replaceAll(/-?\d+\.\d+(?:e[-+]?\d+)?(?![\d.]*(?:em|%))/g, (number) => {
    const rounded = Number(Number(number).toFixed(1))
    return String(rounded === 0 ? 0 : rounded)
  })
