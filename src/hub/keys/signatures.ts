import type { Signatures } from '../../app/hub/trust-ports.ts'
import { createVerifier } from './verify.ts'

/** ed25519 checks of single documents. */
export const createSignatures = (): Signatures => {
  const verify = createVerifier()
  return { verify: (bytes, signature, publicKey) => Promise.resolve(verify(bytes, signature, publicKey)) }
}
