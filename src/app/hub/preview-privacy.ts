import type { MadeDocument } from './make-document.ts'
import { anonymisationPolicy, documentFor, type PrepareDeps, type PrepareRequest } from './prepare-document.ts'

/** What somebody should see before a run leaves: the bytes, what is not in them, and what no program can promise. */
export interface PrivacyPreview extends Omit<MadeDocument, 'bytes'> {
  /** The exact text of the document. */
  readonly text: string
  readonly bytes: number
  /** Contributors the hub's policy asks for. */
  readonly wantedGroupSize: number
  readonly limits: readonly string[]
}

const LIMITS_OF_ALL = [
  'The account that pushes, its time and its network address are visible to whoever runs the hub.',
  'Git cannot forget: whoever has a copy keeps it. An erasure removes a run from the hub, not from copies.',
]
const LIMITS_OF_ANONYMOUS = [
  'Each document gets a new random id, order of samples and signature; the one that is queued differs from this in them.',
  'Anonymised is not anonymous: somebody who knows your data can recognise results.',
  'The group is counted among what this machine has read from the hub; contributors can be invented.',
]

/**
 * The same steps as an upload; nothing is queued and nothing is sent. Throws `E_USAGE` for private runs and `E_INPUT` for
 * runs that cannot be shared as they are.
 */
export const previewPrivacy = async (deps: PrepareDeps, request: PrepareRequest): Promise<PrivacyPreview> => {
  const { bytes, ...made } = await documentFor(deps, request)
  return {
    ...made,
    text: new TextDecoder().decode(bytes),
    bytes: bytes.length,
    wantedGroupSize: anonymisationPolicy(deps).groupSize,
    limits: made.visibility === 'community' ? [...LIMITS_OF_ALL, ...LIMITS_OF_ANONYMOUS] : LIMITS_OF_ALL,
  }
}
