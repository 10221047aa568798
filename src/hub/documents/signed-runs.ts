import type { Parsed, RunReader, SignedRun } from '../../app/hub/trust-ports.ts'
import { signedLineBytes } from '../../core/hub/signed-bytes.ts'
import { createVerifier, type RawCheck } from '../keys/verify.ts'
import { parseRun } from './hub-documents.ts'

/** Keys a signer may be found among. */
export type KnownKeys = Parameters<RunReader['read']>[1]

/** Reads runs one after the other: first whether each is what a run must be, then whether its signature fits. */
export const createSignedRunReader = (check?: RawCheck): ((line: Uint8Array, keys: KnownKeys) => Parsed<SignedRun>) => {
  const verify = createVerifier(check)
  return (line, keys) => {
    const read = parseRun(line)
    if (read.document === null) return read
    const { document } = read
    const key = keys.find(({ key_id }) => key_id === document.signer.key_id)
    if (key === undefined) return { document: { document, isSigned: null }, fault: null }
    const signed = signedLineBytes(line, document)
    const isSigned = signed !== null && verify(signed, document.sig, key.public_key)
    return { document: { document, isSigned }, fault: null }
  }
}
