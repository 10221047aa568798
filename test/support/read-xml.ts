/** A strict reader of the XML this program writes: elements, attributes, text, the five entities and numeric ones. */
export interface ReadElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly ReadElement[]
  readonly text: string
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
// What XML 1.0 allows: https://www.w3.org/TR/xml/#charsets
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** Throws for what is not well-formed. */
export const readXml = (xml: string): ReadElement => {
  if (FORBIDDEN.test(xml)) throw new Error('a character XML does not allow')
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
  if (!xml.startsWith(declaration)) throw new Error('no declaration')
  let rest = xml.slice(declaration.length)
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest)
    if (found) rest = rest.slice(found[0].length)
    return found
  }
  const decoded = (text: string): string => {
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text)) throw new Error(`a bare & in ${text}`)
    return text.replaceAll(/&(#?)(\w+);/g, (_, isNumber: string, name: string) =>
      isNumber === '#' ? String.fromCodePoint(Number(name)) : (ENTITIES[name] ?? ''),
    )
  }
  const readElement = (): ReadElement => {
    const name = take(/^<([A-Za-z]+)/)?.[1]
    if (name === undefined) throw new Error(`no element at ${rest.slice(0, 40)}`)
    const attributes: Record<string, string> = {}
    for (let one = take(/^ ([a-z]+)="([^"<]*)"/); one; one = take(/^ ([a-z]+)="([^"<]*)"/)) {
      if (one[1] !== undefined && one[1] in attributes) throw new Error(`${one[1]} twice`)
      attributes[one[1] ?? ''] = decoded(one[2] ?? '')
    }
    if (take(/^\/>/)) return { name, attributes, children: [], text: '' }
    if (!take(/^>/)) throw new Error(`a broken tag at ${rest.slice(0, 40)}`)
    const children: ReadElement[] = []
    let text = ''
    while (!rest.startsWith('</')) {
      text += decoded(take(/^[^<]+/)?.[0] ?? '')
      if (rest.startsWith('<') && !rest.startsWith('</')) children.push(readElement())
      if (rest === '') throw new Error(`${name} is not closed`)
    }
    if (take(/^<\/([A-Za-z]+)>/)?.[1] !== name) throw new Error(`${name} is closed by another`)
    return { name, attributes, children, text: text.trim() }
  }
  const root = readElement()
  if (rest.trim() !== '') throw new Error('something after the end')
  return root
}
