/** What exactly is signed. The words in front keep a signature of one kind of document from being used for another. */
import { canonicalJson } from '../canonical-json.ts'

const RUN_CONTEXT = 'benchmark-run-v1\0'
const REGISTRY_CONTEXT = 'benchmark-registry-v1\0'

/** Bytes a run's `sig` is over: everything in the document but `sig` itself. */
export const signedRunBytes = (document: object): Uint8Array => signedBytes(RUN_CONTEXT, document, 'sig')

/** Bytes each signature of a registry document (`hub.json`, a project, a dataset, a policy, …) is over. */
export const signedRegistryBytes = (document: object): Uint8Array =>
  signedBytes(REGISTRY_CONTEXT, document, 'signatures')

const signedBytes = (context: string, document: object, signature: 'sig' | 'signatures'): Uint8Array =>
  new TextEncoder().encode(context + canonicalJson({ ...document, [signature]: undefined }))
