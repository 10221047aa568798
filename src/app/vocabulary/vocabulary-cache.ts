import {
  type GeneVocabulary,
  vocabularyKey,
  type VocabularyReference,
  type VocabularySource,
} from '../../core/names/gene-vocabulary.ts'
import { openOntology } from '../../core/names/ontology.ts'
import { ontologyNames } from '../../core/names/ontology-names.ts'
import { openReferenceTerms, type ReferenceTable } from '../../core/names/reference-terms.ts'
import { Problem } from '../../core/problem.ts'
import { fromStoredText } from '../../documents/stored-vocabulary.ts'
import type { Files } from '../ports.ts'

/** One source of the project's vocabulary, with what a user wants to know of it. */
export interface AddedSource extends VocabularySource {
  /** Name of the file it came from. */
  readonly file: string
  /** Terms of an ontology, mapped entries of a table. */
  readonly entries: number
  /** Entries that identify nothing, because the hit behind them is Loose. */
  readonly weak: number
  /** Version or date that the file itself states. */
  readonly version: string | null
  readonly licence: string
}

/** The part of the file system it needs. */
export type VocabularyFiles = Pick<Files, 'exists' | 'readText' | 'writeAtomically' | 'makeDir'>

/** Where a project keeps its vocabulary. Contents stand under the digest of their source and never change. */
export const vocabularyFolder = (root: string): string => `${root}/.benchmark/cache/vocabulary`
export const storedFile = (root: string, sha256: string): string => `${vocabularyFolder(root)}/${sha256}.json`
export const indexFile = (root: string): string => `${vocabularyFolder(root)}/index.json`

/** The sources in use, ontology first, then by name; none in a project that never added any. */
export const listVocabulary = (files: VocabularyFiles, root: string): readonly AddedSource[] => {
  const file = indexFile(root)
  if (!files.exists(file)) return []
  try {
    const { sources } = JSON.parse(files.readText(file)) as { sources: AddedSource[] }
    return sources.sort((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1))
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem('E_STORE', `${file} is damaged.`, {
      hints: ['Delete it and add the files again with benchmark vocabulary add.'],
      cause,
    })
  }
}

const orderOf = ({ kind, name }: VocabularySource): string => `${kind === 'ontology' ? 0 : 1}${name}`

/** Which vocabulary a scoring that begins now uses; undefined = none. */
export const currentVocabulary = (files: VocabularyFiles, root: string): VocabularyReference | undefined => {
  const sources = listVocabulary(files, root).map(({ kind, name, sha256 }) => ({ kind, name, sha256 }))
  return sources.length === 0 ? undefined : { sources }
}

/** {@link openVocabulary} for a project, remembering the last one. */
export const vocabularyOpener = (
  files: VocabularyFiles,
  root: string,
): ((reference: VocabularyReference) => GeneVocabulary) => {
  let last: { readonly key: string; readonly vocabulary: GeneVocabulary } | undefined
  return (reference) => {
    const key = vocabularyKey(reference)
    if (last?.key !== key) last = { key, vocabulary: openVocabulary(files, root, reference) }
    return last.vocabulary
  }
}

/**
 * Opens a vocabulary for scoring. Throws `E_NOT_FOUND` when a source that a plan froze is no longer in the cache, and
 * `E_STORE` when it is damaged: scores must not silently fall back to spelling.
 */
const openVocabulary = (files: VocabularyFiles, root: string, { sources }: VocabularyReference): GeneVocabulary => {
  const tables: ReferenceTable[] = []
  let ontology: GeneVocabulary['ontology'] = null
  for (const { kind, name, sha256 } of sources) {
    const file = storedFile(root, sha256)
    if (!files.exists(file))
      throw new Problem('E_NOT_FOUND', `The ${kind} ${name} that is to be used is not in the project’s cache.`, {
        hints: [`Add the file with the SHA-256 ${sha256}: benchmark vocabulary add FILE`],
      })
    const stored = fromStoredText(files.readText(file), file)
    if (stored.kind === 'mapping') tables.push(stored)
    else {
      const terms = openOntology(stored.terms)
      ontology = { terms, names: ontologyNames(terms) }
    }
  }
  return { ontology, referenceTerm: openReferenceTerms(tables) }
}
