import type { AddedFile } from '../../app/vocabulary/add-vocabulary.ts'
import type { AddedSource } from '../../app/vocabulary/vocabulary-cache.ts'
import { vocabularyKey } from '../../core/names/gene-vocabulary.ts'
import type { VocabularyAddedDocument } from '../../generated/vocabulary-added.ts'
import type { VocabularyListDocument } from '../../generated/vocabulary-list.ts'

/** The JSON of `benchmark vocabulary list`. */
export const toVocabularyListDocument = (sources: readonly AddedSource[]): VocabularyListDocument => ({
  schema: 'benchmark.vocabulary-list/1',
  comparability: vocabularyKey({ sources }),
  sources: sources.map(sourceDocument),
})

/** The JSON of `benchmark vocabulary add`. */
export const toVocabularyAddedDocument = (added: readonly AddedFile[]): VocabularyAddedDocument => ({
  schema: 'benchmark.vocabulary-added/1',
  files: added.map(({ source, state, replaced }) => ({
    ...sourceDocument(source),
    state,
    replaced: replaced?.sha256 ?? null,
  })),
})

const sourceDocument = (source: AddedSource): VocabularyListDocument['sources'][number] => {
  const { kind, name, sha256, file, entries, weak, version, licence } = source
  return { kind, name, entries, weak, version, sha256, file, licence }
}
