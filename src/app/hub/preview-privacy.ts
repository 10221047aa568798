import { type PrepareDeps, type PreparedDocument, prepareDocument, type PrepareRequest } from './prepare-document.ts'

/** What somebody should see before a run leaves: the bytes, what is not in them, and what no program can promise. */
export interface PrivacyPreview extends Omit<PreparedDocument, 'bytes'> {
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
  'A new random id and a new signature are made for each document; the one that is queued differs from this in both.',
  'Anonymised is not anonymous: somebody who knows your data can recognise results.',
  'The group is counted among what this machine has read from the hub; contributors can be invented.',
]

/** The same steps as an upload; nothing is queued and nothing is sent. Throws as {@link prepareDocument}. */
export const previewPrivacy = (deps: PrepareDeps, request: PrepareRequest): PrivacyPreview => {
  const { bytes, ...prepared } = prepareDocument(deps, request)
  return {
    ...prepared,
    text: new TextDecoder().decode(bytes),
    bytes: bytes.length,
    wantedGroupSize: request.policy.groupSize,
    limits: prepared.visibility === 'community' ? [...LIMITS_OF_ALL, ...LIMITS_OF_ANONYMOUS] : LIMITS_OF_ALL,
  }
}
