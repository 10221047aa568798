import type { OntologyTerm } from '../../core/names/ontology.ts'
import type { Findings } from '../findings.ts'
import { eachLine } from '../lines.ts'

/** What an OBO file says: its terms, and the version or date of its header. */
interface OboContent {
  readonly version: string | null
  readonly terms: readonly OntologyTerm[]
}

export interface OboReader {
  block(bytes: Buffer, firstLine: number): number
  end(): OboContent
}

interface Draft {
  readonly line: number
  id: string
  name: string
  isObsolete: boolean
  readonly synonyms: string[]
  readonly drugClasses: string[]
  readonly antibiotics: string[]
  readonly mechanisms: string[]
  readonly parents: string[]
  /** Line of each `is_a`, in the order of `parents`. */
  readonly parentLines: number[]
}

const TERM_ID = /^ARO:\d{7}$/
const RELATIONS: Readonly<Record<string, 'drugClasses' | 'antibiotics' | 'mechanisms'>> = {
  confers_resistance_to_drug_class: 'drugClasses',
  confers_resistance_to_antibiotic: 'antibiotics',
  participates_in: 'mechanisms',
}
const SHOWN = 60

/**
 * Reads the Antibiotic Resistance Ontology in OBO flat file format 1.2 or 1.4
 * (https://owlcollab.github.io/oboformat/doc/GO.format.obo-1_2.html): names, exact synonyms, `is_a` and three kinds of
 * relationship. Other tags, other stanzas, obsolete terms and terms with foreign ids are passed over. Faults: ids that
 * are missing, repeated or unknown, terms without a name, and circles of `is_a`.
 */
export const openObo = (findings: Findings): OboReader => {
  const header = new Map<string, string>()
  const drafts: Draft[] = []
  let stanza: 'header' | 'term' | 'other' = 'header'
  let draft: Draft | null = null

  const take = (text: string, line: number): void => {
    const content = text.trim()
    if (content === '' || content.startsWith('!')) return
    if (/^\[.*\]$/.test(content)) {
      stanza = content === '[Term]' ? 'term' : 'other'
      draft = stanza === 'term' ? newDraft(line) : null
      if (draft !== null) drafts.push(draft)
      return
    }
    const colon = content.indexOf(':')
    if (colon <= 0) {
      findings.add(`"${content.slice(0, SHOWN)}" is not of the form tag: value.`, line, 1)
      return
    }
    const tag = content.slice(0, colon)
    const value = content.slice(colon + 1).trim()
    if (stanza === 'header') header.set(tag, header.get(tag) ?? value)
    else if (draft !== null) takeTag(draft, tag, value, line, findings)
  }

  return {
    block: (bytes, firstLine) => eachLine(bytes, firstLine, take),
    end: () => {
      const terms = checked(drafts, findings)
      return {
        version: header.get('data-version') ?? isoDate(header.get('date') ?? ''),
        terms,
      }
    },
  }
}

const newDraft = (line: number): Draft => ({
  line,
  id: '',
  name: '',
  isObsolete: false,
  synonyms: [],
  drugClasses: [],
  antibiotics: [],
  mechanisms: [],
  parents: [],
  parentLines: [],
})

const takeTag = (draft: Draft, tag: string, value: string, line: number, findings: Findings): void => {
  switch (tag) {
    case 'id':
      if (draft.id !== '') findings.add('The term has a second id.', line, 1, 'is a line [Term] missing above?')
      draft.id = identifier(value)
      return
    case 'name':
      draft.name = unescaped(value)
      return
    case 'is_obsolete':
      draft.isObsolete = value.startsWith('true')
      return
    case 'is_a':
      draft.parents.push(identifier(value))
      draft.parentLines.push(line)
      return
    case 'relationship': {
      const [relation = '', target = ''] = value.split(/\s+/)
      const kind = RELATIONS[relation]
      if (kind !== undefined) draft[kind].push(target)
      return
    }
    case 'synonym': {
      const [, text, scope] = /^"((?:[^"\\]|\\.)*)"\s*([A-Z]*)/.exec(value) ?? []
      if (text === undefined) findings.add('The synonym is not in quotation marks.', line, 1)
      else if (scope === 'EXACT') draft.synonyms.push(unescaped(text))
    }
  }
}

// Behind the id may stand modifiers in braces and, after an exclamation mark, the name for human readers.
const identifier = (value: string): string => value.split(/[\s!{]/, 1)[0] ?? ''

// OBO writes `\,` `\"` `\:` for the character itself, \W for a blank.
const unescaped = (text: string): string => text.replaceAll('\\W', ' ').replaceAll(/\\(.)/g, '$1')

/** `17:12:2024 17:44` as `2024-12-17`. */
const isoDate = (text: string): string | null => {
  const [, day, month, year] = /^(\d{2}):(\d{2}):(\d{4})/.exec(text) ?? []
  return day === undefined || month === undefined || year === undefined ? null : `${year}-${month}-${day}`
}

const checked = (drafts: readonly Draft[], findings: Findings): readonly OntologyTerm[] => {
  if (drafts.length === 0) findings.add('There is no [Term].', 1, 1)
  const byId = new Map<string, Draft>()
  for (const draft of drafts) {
    if (draft.id === '') findings.add('The term has no id.', draft.line, 1)
    if (draft.isObsolete || !TERM_ID.test(draft.id)) continue
    const before = byId.get(draft.id)
    if (before !== undefined) findings.add(`${draft.id} is there twice, first on line ${before.line}.`, draft.line, 1)
    else if (draft.name === '') findings.add(`${draft.id} has no name.`, draft.line, 1)
    byId.set(draft.id, before ?? draft)
  }
  if (drafts.length > 0 && byId.size === 0)
    findings.add('No term has an id of the form ARO:3000873.', drafts[0]?.line, 1, 'is this another ontology?')
  for (const draft of byId.values())
    for (const [index, parent] of draft.parents.entries())
      if (TERM_ID.test(parent) && !byId.has(parent))
        findings.add(`${draft.id} is_a ${parent}, which is no term of this file.`, draft.parentLines[index], 1)
  reportCircles(byId, findings)
  return [...byId.values()].map(({ id, name, synonyms, parents, drugClasses, antibiotics, mechanisms }) => {
    const known = (ids: readonly string[]): readonly string[] => ids.filter((one) => byId.has(one))
    return {
      id,
      name,
      synonyms,
      parents: known(parents),
      drugClasses: known(drugClasses),
      antibiotics: known(antibiotics),
      mechanisms: known(mechanisms),
    }
  })
}

/** One finding for each circle of `is_a`. Not recursive: a chain may be as long as the file. */
const reportCircles = (byId: ReadonlyMap<string, Draft>, findings: Findings): void => {
  const done = new Set<Draft>()
  for (const start of byId.values()) {
    if (done.has(start)) continue
    const path: { readonly draft: Draft; next: number }[] = [{ draft: start, next: 0 }]
    const onPath = new Set([start])
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const index = top.next++
      const parent = byId.get(top.draft.parents[index] ?? '')
      if (index >= top.draft.parents.length) {
        done.add(top.draft)
        onPath.delete(top.draft)
        path.pop()
      } else if (parent !== undefined && onPath.has(parent)) {
        const circle = path.slice(path.findIndex(({ draft }) => draft === parent)).map(({ draft }) => draft.id)
        const shown = circle.length <= 5 ? circle : [...circle.slice(0, 4), '…']
        findings.add(`is_a goes in a circle: ${[...shown, parent.id].join(' → ')}.`, top.draft.parentLines[index], 1)
      } else if (parent !== undefined && !done.has(parent)) {
        path.push({ draft: parent, next: 0 })
        onPath.add(parent)
      }
    }
  }
}
