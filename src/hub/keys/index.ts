/** Keys of this user and checks of everybody's signatures. */
export { createKeyStore } from './key-store.ts'
export { createSignatures } from './signatures.ts'
