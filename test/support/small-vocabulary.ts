import { join } from 'node:path'
import type { GeneVocabulary } from '../../src/core/names/gene-vocabulary.ts'
import { type Ontology, openOntology } from '../../src/core/names/ontology.ts'
import { ontologyNames } from '../../src/core/names/ontology-names.ts'
import { openReferenceTerms, type ReferenceTable } from '../../src/core/names/reference-terms.ts'
import { readVocabularyFile } from '../../src/parse/vocabulary/index.ts'
import { packageRoot } from './harness.ts'

/** Absolute path of a file under test/fixtures/vocabulary. */
export const vocabularyFixture = (name: string): string => join(packageRoot, 'test', 'fixtures', 'vocabulary', name)

export const readOntology = async (file: string): Promise<Ontology> => {
  const read = await readVocabularyFile(file)
  if (read.kind !== 'ontology') throw new Error(`${file} is no ontology`)
  return openOntology(read.terms)
}

export const readTable = async (file: string): Promise<ReferenceTable> => {
  const read = await readVocabularyFile(file)
  if (read.kind !== 'mapping') throw new Error(`${file} is no mapping table`)
  return read
}

/** A vocabulary of these files. */
export const vocabularyOf = async (ontology: string | null, tables: readonly string[]): Promise<GeneVocabulary> => {
  const terms = ontology === null ? null : await readOntology(ontology)
  return {
    ontology: terms && { terms, names: ontologyNames(terms) },
    referenceTerm: openReferenceTerms(await Promise.all(tables.map(readTable))),
  }
}
