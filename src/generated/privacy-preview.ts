// Generated from schemas/ by `npm run generate:types`. Do not edit.

/**
 * What would leave this machine if a run were shared.
 */
export interface PrivacyPreviewDocument {
  /**
   * Kind and version of this document.
   */
  schema: 'benchmark.privacy-preview/1'
  /**
   * As what.
   */
  visibility: 'community' | 'public'
  /**
   * Project or community.
   */
  project: string
  /**
   * Id in the hub; a new random one each time where anonymised.
   */
  run_id: string
  /**
   * Size of the document.
   */
  bytes: number
  /**
   * Digest of its content.
   */
  content_sha256: string
  /**
   * The exact text.
   */
  document: string
  /**
   * Why it would wait, or null.
   */
  held: string | null
  /**
   * Who else looks like this; null for named runs.
   */
  group: PrivacyGroup | null
  /**
   * What was left out or made coarser.
   */
  omissions: PrivacyOmission[]
  /**
   * What no program can promise.
   *
   * Items: One sentence.
   */
  limits: string[]
}
/**
 * Contributors that share what would be told.
 */
export interface PrivacyGroup {
  /**
   * without-hardware: the machine had to be left out; held: even then too few.
   */
  outcome: 'as-is' | 'without-hardware' | 'held'
  /**
   * Contributors, this one included.
   */
  size: number
  /**
   * Contributors the policy asks for.
   */
  wanted: number
}
/**
 * A change.
 */
export interface PrivacyOmission {
  /**
   * Field of the document.
   */
  field: string
  /**
   * What was done.
   */
  change: string
}
