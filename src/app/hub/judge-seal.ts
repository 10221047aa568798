/** Whether a seal counts: the word of a key's holder for every byte of a closed month. */
import { segmentLines } from '../../core/hub/compaction.ts'
import { type HubComplaint, refusal, warning } from '../../core/hub/finding.ts'
import type { RegisteredKey } from '../../core/hub/registration.ts'
import { signedSealBytes } from '../../core/hub/signed-bytes.ts'
import { trustOf } from '../../core/hub/trust.ts'
import type { TrustDeps } from './registry-state.ts'

/** A seal that counts. */
export interface Seal {
  /** Whoever holds it vouches for the closed month. */
  readonly key: RegisteredKey
  /** The other keys of the project: what they signed is checked line by line. */
  readonly otherKeys: readonly RegisteredKey[]
}

export type SealVerdict =
  { readonly seal: Seal; readonly complaint: null } | { readonly seal: null; readonly complaint: HubComplaint }

/** What a seal is held against. */
export interface SealRules {
  readonly project: string
  readonly month: string
  /** Of the hub. */
  readonly salt: string
  /** Keys of the project. */
  readonly keys: readonly RegisteredKey[]
  /** Key ids pinned for the project; empty: nothing was pinned yet. */
  readonly pins: ReadonlySet<string>
  /** When the seal was first seen, UTC. */
  readonly firstSeenAt: string
}

/** Judges a seal of a closed month that holds these bytes (null: there is none that can be read). */
export const judgeSeal = async (
  deps: Pick<TrustDeps, 'documents' | 'signatures' | 'sha256'>,
  { salt, keys, pins, firstSeenAt, project, month }: SealRules,
  bytes: Uint8Array,
  segment: Uint8Array | null,
): Promise<SealVerdict> => {
  const { document, fault } = deps.documents.seal(bytes)
  if (document === null) return faultySeal(refusal('document', fault))
  if (document.project_id !== project || document.month !== month)
    return faultySeal(
      refusal('document', `It is about ${document.month} of ${document.project_id}, and stands elsewhere.`),
    )
  const keyId = document.signer.key_id
  const key = keys.find(({ key_id }) => key_id === keyId)
  if (key === undefined) return faultySeal(refusal('not-owner', `It is not signed by a key of the project ${project}.`))
  if (!(await deps.signatures.verify(signedSealBytes(document, salt), document.sig, key.public_key)))
    return faultySeal(refusal('signature', 'Its signature does not fit its content, the key it names and this hub.'))
  const trust = trustOf({ project, keyId, keys, pins, firstSeenAt })
  if (trust !== 'owner') return faultySeal(trustComplaint(trust, project))
  if (segment === null) return faultySeal(refusal('seal', 'There is no closed month beside it that can be read.'))
  if (deps.sha256(segment) !== document.segment_sha256)
    return faultySeal(refusal('seal', 'It is about other bytes than the closed month holds.'))
  const count = segmentLines(segment)?.length ?? 0
  if (count !== document.runs)
    return faultySeal(refusal('seal', `It says ${document.runs} runs, and the closed month holds ${count}.`))
  return { seal: { key, otherKeys: keys.filter((other) => other !== key) }, complaint: null }
}

export const faultySeal = (complaint: HubComplaint): SealVerdict => ({ seal: null, complaint })

const trustComplaint = (trust: ReturnType<typeof trustOf>, project: string): HubComplaint => {
  switch (trust) {
    case 'refused':
      return refusal('revoked', 'It is signed with a key that had been revoked when the seal first appeared.')
    case 'revoked':
      // Nobody did anything wrong: it was right once.
      return warning('revoked', 'It is signed with a key that was revoked since; every run is checked by itself.')
    default:
      return refusal('not-owner', `The project ${project} has lost every key that it was first read with.`)
  }
}
