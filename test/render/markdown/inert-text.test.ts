import * as fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { inertName, inertProse, inertText } from '../../../src/render/markdown/inert-text.ts'
import { markdownTable } from '../../../src/render/table/markdown-table.ts'
import { HOSTILE_NAMES } from '../../support/hostile-names.ts'

/** What a page would be made of: HTML let through as GitHub's parser does, before its sanitiser. */
const html = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })

const decoded = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** Text outside `<code>`, where GitHub looks for mentions, references and emoji codes. */
const outsideCode = (page: string): string =>
  decoded(page.replaceAll(/<code>.*?<\/code>/gs, ' ').replaceAll(/<[^>]*>/g, ' '))
const tagsOf = (page: string): readonly string[] => [...new Set(page.match(/<[^>]*>/g) ?? [])].sort()
const AWAKE = /@\w|#\d|\bgh-\d|!\d|~\w|%\w|\$\w|:\w+:|https?:|www\./i

const shown = (text: string): string => (/<code>(.*?)<\/code>/s.exec(text) ?? [])[1] ?? text

describe('a name in a table', () => {
  test.each(HOSTILE_NAMES)('%j stays text in its cell', (name) => {
    for (const cell of [inertName(name), inertText(name)]) {
      const page = html(`| name | next |\n| :-- | :-- |\n| ${cell} | after |`)
      expect(tagsOf(page).filter((tag) => !/^<\/?(?:table|thead|tbody|tr|t[hd] ?.*|code)>$/.test(tag))).toEqual([])
      expect(page.match(/<td/g)).toHaveLength(2)
      expect(page).toContain('>after</td>')
      expect(outsideCode(page)).not.toMatch(AWAKE)
    }
  })

  test('reads as it was written, but for what nobody can see', () => {
    for (const name of ['|end\\', 'a | b', '<b>"x"</b> & `y`', '@octocat #12', '한글 🧬'])
      expect(decoded(shown(html(inertName(name))))).toBe(name)
    expect(shown(html(inertName('\u202egnp\u200b.exe')))).toBe('\ufffdgnp\ufffd.exe')
  })

  test('is shown in full up to 80 characters', () => {
    expect(shown(html(inertName('x'.repeat(80))))).toBe('x'.repeat(80))
    expect(shown(html(inertName('🧬'.repeat(81))))).toBe(`${'🧬'.repeat(79)}…`)
  })

  test('plain words and numbers stay as they are', () => {
    for (const text of [
      'ABRicate on contigs',
      '0.900 [0.800, 0.950]',
      '+13.6 % (+9.1 to +18.0)',
      'Note: 2 of 3',
      '2 kB',
    ])
      expect(inertText(text)).toBe(text)
  })

  test('whatever it is, makes no other element and no other cell', () => {
    const signs = fc.constantFrom(...'|\\`*_~[](){}<>#@!$&;:/"\'=+-. \nxw12'.split(''), 'www.', 'https://', '&#', '</')
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 12 }), (parts) => {
        const page = html(markdownTable(['a', 'b'], [[parts.join(''), 'after']]))
        expect(page.match(/<td/g)).toHaveLength(2)
        expect(tagsOf(page).filter((tag) => !/^<\/?(?:table|thead|tbody|tr|t[hd] ?.*|code)>$/.test(tag))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe('a name in running text', () => {
  test.each(HOSTILE_NAMES)('%j stays text', (name) => {
    const page = html(`First ${inertProse(`${name} would be level`)}`)
    expect(tagsOf(page).filter((tag) => !/^<\/?(?:p|code)>$/.test(tag))).toEqual([])
    expect(outsideCode(page)).not.toMatch(AWAKE)
  })
})
