import type { OntologyTerm } from '../core/names/ontology.ts'
import type { ReferenceTable } from '../core/names/reference-terms.ts'
import { Problem } from '../core/problem.ts'

/** What the cache keeps of one file of names. */
export type StoredVocabulary =
  | { readonly kind: 'ontology'; readonly terms: readonly OntologyTerm[] }
  | ({ readonly kind: 'mapping' } & ReferenceTable)

/** Raised when the stored form changes; what was stored before is then to be added again. */
const FORMAT = 1

type TermRow = readonly [number, string, readonly string[], ...(readonly number[])[]]
type StoredDocument =
  | { readonly format: number; readonly kind: 'ontology'; readonly terms: readonly TermRow[] }
  | {
      readonly format: number
      readonly kind: 'mapping'
      readonly database: string
      readonly mappings: readonly (readonly [entry: string, aro: number, weak: 0 | 1])[]
    }

/** Short rows instead of objects: an ontology of 8500 terms is read at the start of every scoring. */
export const storedText = (vocabulary: StoredVocabulary): string => {
  const document: StoredDocument =
    vocabulary.kind === 'ontology'
      ? { format: FORMAT, kind: 'ontology', terms: vocabulary.terms.map(termRow) }
      : {
          format: FORMAT,
          kind: 'mapping',
          database: vocabulary.database,
          mappings: vocabulary.mappings.map(({ entry, aro, isWeak }) => [entry, numberOf(aro), isWeak ? 1 : 0]),
        }
  return `${JSON.stringify(document)}\n`
}

/** Inverse of {@link storedText}. Throws `E_STORE` for a text that is damaged or of another version. */
export const fromStoredText = (text: string, file: string): StoredVocabulary => {
  try {
    const document = JSON.parse(text) as StoredDocument
    if (document.format === FORMAT && document.kind === 'ontology')
      return { kind: 'ontology', terms: document.terms.map(termOf) }
    if (document.format === FORMAT && document.kind === 'mapping')
      return {
        kind: 'mapping',
        database: document.database,
        mappings: document.mappings.map(([entry, aro, weak]) => ({ entry, aro: idOf(aro), isWeak: weak === 1 })),
      }
  } catch (cause) {
    throw damaged(file, cause)
  }
  throw damaged(file)
}

const damaged = (file: string, cause?: unknown): Problem =>
  new Problem('E_STORE', `${file} is damaged, or was written by another version of this program.`, {
    hints: ['Delete it and add its source again with benchmark vocabulary add.'],
    ...(cause === undefined ? {} : { cause }),
  })

const termRow = ({ id, name, synonyms, parents, drugClasses, antibiotics, mechanisms }: OntologyTerm): TermRow => {
  const links = [parents, drugClasses, antibiotics, mechanisms].map((ids) => ids.map(numberOf))
  // Most terms state nothing in the last lists.
  while (links.at(-1)?.length === 0) links.pop()
  return [numberOf(id), name, synonyms, ...links]
}

const termOf = ([id, name, synonyms, ...links]: TermRow): OntologyTerm => {
  const [parents = [], drugClasses = [], antibiotics = [], mechanisms = []] = links.map((numbers) => numbers.map(idOf))
  return { id: idOf(id), name, synonyms, parents, drugClasses, antibiotics, mechanisms }
}

// `ARO:0000001` has leading zeros.
const numberOf = (id: string): number => Number(id.slice('ARO:'.length))
const idOf = (number: number): string => `ARO:${String(number).padStart(7, '0')}`
