import type { Ontology } from './ontology.ts'
import { familyOfName } from './series.ts'
import { normaliseSymbol } from './symbol.ts'

/** Finds terms by what they are called. */
export interface OntologyNames {
  /** The gene with the first of these spellings (`normaliseSymbol`) that names one gene and no other, or null. */
  gene(spellings: readonly string[]): string | null
  /** The family of this name, spelled as `familyOfName` or `normaliseSymbol` spell it; null as above. */
  family(spelling: string): string | null
}

/**
 * Names and exact synonyms in the form in which spellings are compared. A name goes before a synonym; what two terms
 * are called names nothing.
 */
export const ontologyNames = (ontology: Ontology): OntologyNames => {
  const names = new Map<string, string | null>()
  const synonyms = new Map<string, string | null>()
  const families = new Map<string, string | null>()
  for (const { id, name, synonyms: others, drugClasses } of ontology.determinants) {
    note(names, normaliseSymbol(name), id)
    for (const other of others) note(synonyms, normaliseSymbol(other), id)
    if (ontology.hasChildren(id) && drugClasses.length > 0)
      for (const spelling of new Set([familyOfName(name), normaliseSymbol(name)])) note(families, spelling, id)
  }
  return {
    gene: (spellings) => {
      for (const spelling of spellings) {
        const found = names.get(spelling) ?? synonyms.get(spelling)
        if (found !== undefined && found !== null) return found
      }
      return null
    },
    family: (spelling) => families.get(spelling) ?? null,
  }
}

const note = (index: Map<string, string | null>, name: string, id: string): void => {
  if (name === '') return
  const before = index.get(name)
  index.set(name, before === undefined || before === id ? id : null)
}
