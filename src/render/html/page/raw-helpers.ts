import type HandlebarsModule from 'handlebars'

// The only three ways something gets onto a page without being escaped. Each looks at what it lets through.

/** Registers `svg`, `json` and `asset` with an instance of Handlebars. */
export const registerRawHelpers = (handlebars: typeof HandlebarsModule): void => {
  const raw = (text: string) => new handlebars.SafeString(text)
  handlebars.registerHelper('spans', spansOf)
  handlebars.registerHelper('svg', (markup: unknown) => raw(drawnSvg(markup)))
  handlebars.registerHelper('json', (value: unknown) => raw(scriptJson(value)))
  handlebars.registerHelper('asset', (text: unknown) => raw(ownAsset(text)))
}

/** Words between backticks are code: what to type stands out from what is said. */
const spansOf = (text: unknown): readonly { readonly text: string; readonly isCode: boolean }[] =>
  (typeof text === 'string' ? text : '')
    .split('`')
    .map((part, index, { length }) => ({ text: part, isCode: index % 2 === 1 && index < length - 1 }))
    .filter((part) => part.text !== '')

/** Markup of a chart: an SVG without anything that acts. */
const drawnSvg = (markup: unknown): string => {
  if (typeof markup !== 'string' || !markup.startsWith('<svg ')) throw new TypeError('Only a drawn chart is raw SVG')
  if (
    /<(?:script|style|foreignobject|iframe|image|use|a)[\s>/]|\son\w+\s*=|javascript:/i.test(
      markup.replaceAll(/>[^<]*</g, '><'),
    )
  )
    throw new TypeError('A chart must not hold anything that acts')
  return markup
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/** JSON that may stand inside a script element, or inside a script. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/[<>&\u2028\u2029]/g, (sign) => ESCAPES[sign] ?? sign)

/** A style sheet or script of this package. */
const ownAsset = (text: unknown): string => {
  if (typeof text !== 'string') throw new TypeError('An asset is text')
  if (/<\/(?:script|style)|<!--/i.test(text)) throw new TypeError('An asset must not end its own element')
  return text
}
