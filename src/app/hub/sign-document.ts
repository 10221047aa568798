import { signedRegistryBytes } from '../../core/hub/signed-bytes.ts'
import type { SigningKey } from './trust-ports.ts'

interface Signature {
  readonly key_id: string
  readonly sig: string
}

/** The document with one signature over everything else in it and the hub it is for; signatures it had are replaced. */
export const signDocument = <T extends object>(
  document: T,
  key: SigningKey,
  { salt }: { readonly salt: string },
): T & { readonly signatures: [Signature, ...Signature[]] } => ({
  ...document,
  signatures: [{ key_id: key.keyId, sig: key.sign(signedRegistryBytes(document, salt)) }],
})

/** A key as registry documents list it. */
export const registeredKey = (
  key: SigningKey,
  addedAt: string,
): {
  readonly key_id: string
  readonly alg: 'ed25519'
  readonly public_key: string
  readonly status: 'active'
  readonly added_at: string
  readonly revoked_at: null
  readonly reason: null
} => ({
  key_id: key.keyId,
  alg: key.alg,
  public_key: key.publicKey,
  status: 'active',
  added_at: addedAt,
  revoked_at: null,
  reason: null,
})
