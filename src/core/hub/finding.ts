/** What is wrong with something in a hub. Rule ids are part of the public contract: CI jobs filter by them. */
export type HubRule =
  | 'unknown-path' // no such place in a hub
  | 'mode' // anything but a plain file
  | 'size' // larger than the hub's limits
  | 'document' // not canonical, not of its schema, or its ids are not those of its path
  | 'month' // of the future, or before the run
  | 'changed' // files are added, never changed
  | 'removed' // nothing disappears without a compaction, an expiry or an erasure
  | 'segment' // a closed month that lost lines, is not sorted, or holds a run twice
  | 'seal' // says of a closed month what is not so
  | 'signature' // does not fit the document and the key
  | 'not-owner' // signed by a key that is not the project's
  | 'revoked' // signed by a key that was revoked
  | 'unregistered' // the project has no project.json
  | 'duplicate-run' // one run id at two places
  | 'copied-content' // the content of a run under another id
  | 'erased' // a run that was erased comes back
  | 'visibility' // wider than the hub's audience, or in the wrong folder
  | 'signers' // a registry document without the signature of somebody who may change it
  | 'version' // a registry version that does not follow the one before
  | 'keys' // a key that was removed, changed, or is active again
  | 'name' // reserved, or looks like another project's
  | 'epoch' // a new epoch where history goes on, or the other way round
  | 'quota' // more projects, runs or files than the hub's limits allow
  | 'furniture' // files for people and forges: maintainers only

/** `error`: not taken in (sync), refused (check). `warning`: taken in, for a maintainer to look at. */
export interface HubComplaint {
  readonly rule: HubRule
  readonly severity: 'error' | 'warning'
  /** One sentence. */
  readonly message: string
}

/** A complaint, and where. */
export interface HubFinding extends HubComplaint {
  readonly path: string
  readonly runId: string | null
}

export const refusal = (rule: HubRule, message: string): HubComplaint => ({ rule, severity: 'error', message })
export const warning = (rule: HubRule, message: string): HubComplaint => ({ rule, severity: 'warning', message })
