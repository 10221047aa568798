/** What exactly is signed. The words in front keep a signature of one kind of document from being used for another. */
import { canonicalJson } from '../canonical-json.ts'

const RUN_CONTEXT = 'benchmark-run-v1\0'
const REGISTRY_CONTEXT = 'benchmark-registry-v2\0'
const SEAL_CONTEXT = 'benchmark-seal-v1\0'
const FREE_REGISTRY_CONTEXT = 'benchmark-registry-v1\0'
const encoder = new TextEncoder()
const CONTEXT_BYTES = encoder.encode(RUN_CONTEXT)

/** Bytes a run's `sig` is over: everything in the document but `sig` itself. */
export const signedRunBytes = (document: object): Uint8Array => signedBytes(RUN_CONTEXT, document, 'sig')

/**
 * The same, cut out of the document's own canonical line: without a key it is what stands before it and after it. Null
 * where the line does not end as the document says.
 */
export const signedLineBytes = (line: Uint8Array, { sig, signer, visibility }: SignedRun): Uint8Array | null => {
  const rest = canonicalJson({ signer, visibility }).slice(1)
  const cut = `"sig":"${sig}",`
  const from = line.length - cut.length - rest.length
  if (from < 0 || !standsAt(line, from, cut) || !standsAt(line, from + cut.length, rest)) return null
  const signed = new Uint8Array(CONTEXT_BYTES.length + line.length - cut.length)
  signed.set(CONTEXT_BYTES)
  signed.set(line.subarray(0, from), CONTEXT_BYTES.length)
  signed.set(line.subarray(from + cut.length), CONTEXT_BYTES.length + from)
  return signed
}

type SignedRun = Readonly<Record<'sig' | 'visibility', string>> & { readonly signer: object }

// All of this is ASCII where it is right, and then characters are bytes.
const standsAt = (line: Uint8Array, from: number, text: string): boolean => {
  for (let index = 0; index < text.length; index++) if (line[from + index] !== text.charCodeAt(index)) return false
  return true
}

/**
 * Bytes each signature of a registry document (`hub.json`, a project, a dataset, a policy, …) is over: the salt of the hub, which no
 * other hub has, comes first, so that nobody can enter it into another hub.
 */
export const signedRegistryBytes = (document: object, hubSalt: string): Uint8Array =>
  signedBytes(`${REGISTRY_CONTEXT}${hubSalt}\0`, document, 'signatures')

/** Bytes the `sig` of a seal is over: the hub it is for, and everything in it but `sig` itself. */
export const signedSealBytes = (document: object, hubSalt: string): Uint8Array =>
  signedBytes(`${SEAL_CONTEXT}${hubSalt}\0`, document, 'sig')

/** What signatures were over before they named the hub; they still count. */
export const freeRegistryBytes = (document: object): Uint8Array =>
  signedBytes(FREE_REGISTRY_CONTEXT, document, 'signatures')

const signedBytes = (context: string, document: object, signature: 'sig' | 'signatures'): Uint8Array =>
  encoder.encode(context + canonicalJson({ ...document, [signature]: undefined }))
