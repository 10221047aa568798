import { plainText } from '../plain-text.ts'

/** An element of XML; its content is elements or text. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

/** `content`: elements inside, or text. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: readonly XmlElement[] | string = [],
): XmlElement => ({
  name,
  attributes,
  children: typeof content === 'string' ? [] : content,
  text: typeof content === 'string' ? content : '',
})

/** A document of XML 1.0 in UTF-8. Characters it does not allow become U+FFFD. */
export const xmlText = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}\n`

const written = ({ name, attributes, children, text }: XmlElement, indent: string): string => {
  const head = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(value, true)}"`)].join(' ')
  if (children.length > 0)
    return `${indent}<${head}>\n${children.map((child) => written(child, `${indent}  `)).join('\n')}\n${indent}</${name}>`
  return text === '' ? `${indent}<${head}/>` : `${indent}<${head}>${escaped(text, false)}</${name}>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
}

const escaped = (text: string, isAttribute: boolean): string =>
  plainText(text)
    .replaceAll(/\p{Surrogate}|[\ufffe\uffff]/gu, '\ufffd')
    .replaceAll(isAttribute ? /[&<>"\n]/g : /[&<>]/g, (sign) => ENTITIES[sign] ?? sign)
