import { canonicalJson } from '../../core/canonical-json.ts'
import { signedRunBytes } from '../../core/hub/signed-bytes.ts'
import type { HubRunDocument, RunPayload } from '../../generated/hub-run.ts'

/** What goes around a payload. */
export interface EnvelopeContent {
  readonly payload: RunPayload
  readonly runId: string
  readonly projectId: string
  readonly visibility: 'community' | 'public'
  readonly toolVersion: string
  readonly policyVersion: number
  /** Signs, and stands as the signer. */
  readonly key: { readonly keyId: string; readonly alg: 'ed25519'; sign(bytes: Uint8Array): string }
  readonly sha256: (text: string) => string
}

/** The signed document, and the exact bytes of its file: canonical JSON and one line feed. */
export const sealRun = (
  content: EnvelopeContent,
): { readonly document: HubRunDocument; readonly bytes: Uint8Array } => {
  const { payload, visibility, key } = content
  const unsigned = {
    schema: 'benchmark.hub-run/1' as const,
    run_id: content.runId,
    project_id: content.projectId,
    visibility,
    payload,
    content_sha256: content.sha256(canonicalJson(payload)),
    prov: {
      tool_version: content.toolVersion,
      policy_version: content.policyVersion,
      anonymised: visibility === 'community',
    },
    signer: { alg: key.alg, key_id: key.keyId },
  }
  const document = { ...unsigned, sig: key.sign(signedRunBytes(unsigned)) }
  return { document, bytes: new TextEncoder().encode(`${canonicalJson(document)}\n`) }
}
