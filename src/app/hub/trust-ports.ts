/** Keys, tokens and documents of a hub: who says what. */
import type { HubAggregateDocument } from '../../generated/hub-aggregate.ts'
import type { HubAnonymisationDocument } from '../../generated/hub-anonymisation.ts'
import type { HubBenchmarkDocument } from '../../generated/hub-benchmark.ts'
import type { HubDatasetDocument } from '../../generated/hub-dataset.ts'
import type { HubProjectDocument } from '../../generated/hub-project.ts'
import type { HubRetentionDocument } from '../../generated/hub-retention.ts'
import type { HubRunDocument } from '../../generated/hub-run.ts'
import type { HubSealDocument } from '../../generated/hub-seal.ts'
import type { HubTombstoneDocument } from '../../generated/hub-tombstone.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'

/** A public key as documents carry it. */
export interface PublicKey {
  /** base32 (a-z2-7) of the first bytes of the SHA-256 of the raw key, 26 characters. */
  readonly keyId: string
  readonly alg: 'ed25519'
  /** Raw 32 bytes, base64url. */
  readonly publicKey: string
}

/** A private key that never leaves its file (or the environment, in CI). */
export interface SigningKey extends PublicKey {
  /** Signature over the bytes, base64url. */
  sign(bytes: Uint8Array): string
}

/** What no two hubs have in common: names are chosen by people. */
export interface HubIdentity {
  readonly name: string
  readonly salt: string
}

/** Keys of this user. Files are created 0600 in a folder created 0700; a file others may read is refused. */
export interface KeyStore {
  /** Where their files are. */
  readonly folder: string
  /** The key of a project, made when there is none yet. `BENCHMARK_SIGNING_KEY` wins over the file. */
  projectKey(project: string): SigningKey
  /** The same, or null when there is none; nothing is made. */
  existingProjectKey(project: string): SigningKey | null
  /** Key of a hub's maintainer (`hub init`, `retain`, `erase`, `squash`). */
  maintainerKey(hub: HubIdentity): SigningKey
  existingMaintainerKey(hub: HubIdentity): SigningKey | null
  /** Throw-away key for anonymised runs of one month, kept as proof for a later erasure. */
  communityKey(month: string): SigningKey
  /** Secret of this user for pseudonyms of a month. */
  pseudonymSecret(month: string): Uint8Array
}

/** Checks signatures. What is no key or no signature verifies nothing; nothing throws. */
export interface Signatures {
  verify(bytes: Uint8Array, signature: string, publicKey: string): Promise<boolean>
}

/** A run and whether the key that its signer names, one of those given, fits it. Null: none of them is the signer's. */
export interface SignedRun {
  readonly document: HubRunDocument
  readonly isSigned: boolean | null
}

/** Reads runs with their signatures; the work may be done beside the caller, so that many can be under way. */
export interface RunReader {
  /** As {@link HubDocuments.run} reads it. */
  read(
    line: Uint8Array,
    keys: readonly { readonly key_id: string; readonly public_key: string }[],
  ): Promise<Parsed<SignedRun>>
}

/** Tokens, each bound to one origin (scheme, host and port). */
export interface Credentials {
  /** For this hub, and where it came from; null: none. */
  find(hubUrl: string): Promise<{ readonly token: string; readonly user: string; readonly source: string } | null>
  store(hubUrl: string, token: string): void
  remove(hubUrl: string): boolean
  /** The user says that tokens of the environment and of configurations may go to this hub's host. */
  confirm(hubUrl: string): void
  /** Where a token is from that is not sent to this hub, because nobody said that it may; null: there is none. */
  withheld(hubUrl: string): string | null
  /** Hides every live token in a text. */
  redact(text: string): string
}

/** A document that was read, or in one sentence why it cannot be. */
export type Parsed<T> =
  { readonly document: T; readonly fault: null } | { readonly document: null; readonly fault: string }

/** Documents of a hub between bytes and objects: size, nesting, canonical form, schema; never who signed. */
export interface HubDocuments {
  /** One run, without its line feed. The ids inside, and that the content hash is right, are checked too. */
  run(line: Uint8Array): Parsed<HubRunDocument>
  hub(bytes: Uint8Array): Parsed<HubConfigDocument>
  project(bytes: Uint8Array): Parsed<HubProjectDocument>
  benchmark(bytes: Uint8Array): Parsed<HubBenchmarkDocument>
  dataset(bytes: Uint8Array): Parsed<HubDatasetDocument>
  retention(bytes: Uint8Array): Parsed<HubRetentionDocument>
  anonymisation(bytes: Uint8Array): Parsed<HubAnonymisationDocument>
  tombstone(bytes: Uint8Array): Parsed<HubTombstoneDocument>
  aggregate(bytes: Uint8Array): Parsed<HubAggregateDocument>
  seal(bytes: Uint8Array): Parsed<HubSealDocument>
  /** Canonical JSON and one line feed. */
  bytes(document: object): Uint8Array
}
