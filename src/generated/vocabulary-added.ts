// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * Prints `benchmark vocabulary add --json`.
 */
export interface VocabularyAddedDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.vocabulary-added/1'
  /**
   * What became of each file, in the order given.
   */
  files: AddedVocabularyFile[]
}
export interface AddedVocabularyFile {
  /**
   * An ontology, or a table that maps the entries of a database to its terms.
   */
  kind: 'ontology' | 'mapping'
  /**
   * aro for the ontology, else the database whose entries are mapped.
   */
  name: string
  /**
   * Terms of an ontology, mapped entries of a table.
   */
  entries: number
  /**
   * Entries that identify nothing, because the hit behind them is Loose.
   */
  weak: number
  /**
   * Version or date that the file states.
   */
  version: string | null
  /**
   * SHA-256 of the file it was read from.
   */
  sha256: string
  /**
   * Name of the file it was read from.
   */
  file: string
  /**
   * Licence of the content, as far as it is known.
   */
  licence: string
  /**
   * What became of it.
   */
  state: 'added' | 'replaced' | 'unchanged'
  /**
   * SHA-256 of the source whose place it took.
   */
  replaced: string | null
}
