import type { Ontology } from './ontology.ts'
import type { OntologyNames } from './ontology-names.ts'
import type { ReferenceTerms } from './reference-terms.ts'

/** One file that was added to the vocabulary of a project. */
export interface VocabularySource {
  readonly kind: 'ontology' | 'mapping'
  /** `aro`, or the database whose entries are mapped. One of each kind and name is in use at a time. */
  readonly name: string
  /** sha256 of the file it was read from. */
  readonly sha256: string
}

/** Which vocabulary a scoring uses: part of a frozen plan. */
export interface VocabularyReference {
  readonly sources: readonly VocabularySource[]
}

/** What names of genes are looked up in, beyond their spelling. */
export interface GeneVocabulary {
  readonly ontology: { readonly terms: Ontology; readonly names: OntologyNames } | null
  readonly referenceTerm: ReferenceTerms
}

/** The vocabulary as the comparability key writes it: `none`, or kind, name and digest of every source. */
export const vocabularyKey = (reference: VocabularyReference | null | undefined): string =>
  reference === null || reference === undefined || reference.sources.length === 0
    ? NO_VOCABULARY
    : [...reference.sources]
        .map(({ kind, name, sha256 }) => `${kind}:${name}:${sha256.slice(0, 16)}`)
        .sort()
        .join(',')

/** What the key says without a vocabulary; runs from before there were any say nothing and mean this. */
export const NO_VOCABULARY = 'none'
