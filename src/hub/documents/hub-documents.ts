import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { HubDocuments, Parsed } from '../../app/hub/trust-ports.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import type { HubRunDocument } from '../../generated/hub-run.ts'
import {
  validateHub,
  validateHubAggregate,
  validateHubAnonymisation,
  validateHubBenchmark,
  validateHubDataset,
  validateHubProject,
  validateHubRetention,
  validateHubRun,
  validateHubSeal,
  validateHubTombstone,
} from '../../generated/validators-hub.ts'
import { type JsonLimits, jsonGuard } from './json-guard.ts'
import {
  aggregateFault,
  benchmarkFault,
  datasetFault,
  hubFault,
  projectFault,
  sealFault,
  signaturesFault,
  tombstoneFault,
} from './registry-fault.ts'
import { runFault } from './run-fault.ts'
import { type SchemaValidator, schemaFault } from './schema-fault.ts'

// No schema allows a text over 4096 characters, and none a list over 20,000 items. Keys: what fits into the bytes.
const RUN: JsonLimits = { bytes: 256 * 1024, keys: 32_768, textBytes: 8192, items: 20_000 }
const SMALL: JsonLimits = { bytes: 1024 * 1024, keys: 32_768, textBytes: 32_768, items: 20_000 }
const SEAL: JsonLimits = { bytes: 4096, keys: 32, textBytes: 256, items: 32 }
/** Datasets and aggregates list up to 20,000 things. */
const LARGE: JsonLimits = { bytes: 16 * 1024 * 1024, keys: 400_000, textBytes: 32_768, items: 20_000 }

const LINE_FEED = 0x0a
const POLLUTING = /"(?:__proto__|constructor|prototype)":/
const DAMAGED_TEXT = 'It is not UTF-8 text.'

/** Reads and writes documents of hubs. Nothing of a document is believed before it passed all of this. */
export const createHubDocuments = (): HubDocuments => ({
  run: parseRun,
  hub: registryReader(validateHub, SMALL, hubFault),
  project: registryReader(validateHubProject, SMALL, projectFault),
  benchmark: registryReader(validateHubBenchmark, SMALL, benchmarkFault),
  dataset: registryReader(validateHubDataset, LARGE, datasetFault),
  retention: registryReader(validateHubRetention, SMALL, () => null),
  anonymisation: registryReader(validateHubAnonymisation, SMALL, () => null),
  tombstone: registryReader(validateHubTombstone, SMALL, tombstoneFault),
  aggregate: registryReader(validateHubAggregate, LARGE, aggregateFault),
  seal: fileReader(validateHubSeal, SEAL, sealFault),
  bytes: (document) => Buffer.from(`${canonicalJson(document)}\n`, 'utf8'),
})

/** One run, without its line feed. */
export const parseRun = (line: Uint8Array): Parsed<HubRunDocument> => {
  const read = readCanonical(line, RUN)
  if (read.fault !== null) return read
  const fault = schemaFault(validateHubRun as SchemaValidator, read.document.value)
  if (fault !== null) return faulty(fault)
  const document = read.document.value as HubRunDocument
  if (hash('sha256', payloadText(read.document.text, document), 'hex') !== document.content_sha256)
    return faulty('Its content does not match its content_sha256.')
  const contradiction = runFault(document)
  return contradiction === null ? { document, fault: null } : faulty(contradiction)
}

// The text is canonical, so the payload's own canonical text stands in it: between the digest and the other keys. Nothing
// after it can hold the name of the next key once more: in a text its quotation marks would be escaped.
const payloadText = (text: string, document: HubRunDocument): string => {
  const before = `{"content_sha256":"${document.content_sha256}","payload":`.length
  return text.slice(before, text.lastIndexOf(`,"project_id":"${document.project_id}","prov":{`))
}

interface Signed {
  readonly signatures: readonly { readonly key_id: string }[]
}

const registryReader = <T extends Signed>(
  validate: unknown,
  limits: JsonLimits,
  contradiction: (document: T) => string | null,
): ((bytes: Uint8Array) => Parsed<T>) =>
  fileReader<T>(validate, limits, (document) => signaturesFault(document.signatures) ?? contradiction(document))

/** Reads a document that is a file of its own, with its line feed. */
const fileReader =
  <T>(validate: unknown, limits: JsonLimits, contradiction: (document: T) => string | null) =>
  (bytes: Uint8Array): Parsed<T> => {
    if (bytes.at(-1) !== LINE_FEED) return faulty('It does not end with a line feed.')
    const read = readCanonical(bytes.subarray(0, -1), limits)
    if (read.fault !== null) return read
    const fault = schemaFault(validate as SchemaValidator, read.document.value)
    if (fault !== null) return faulty(fault)
    const document = read.document.value as T
    const found = contradiction(document)
    return found === null ? { document, fault: null } : faulty(found)
  }

// Canonical form also settles what JSON leaves open: keys that stand twice, spaces, ways to write a number or a text.
const readCanonical = (bytes: Uint8Array, limits: JsonLimits): Parsed<{ value: unknown; text: string }> => {
  const tooBig = jsonGuard(bytes, limits)
  if (tooBig !== null) return faulty(tooBig)
  if (!isUtf8(bytes)) return faulty(DAMAGED_TEXT)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  if (POLLUTING.test(text)) return faulty('It has a key named __proto__, constructor or prototype.')
  try {
    const value: unknown = JSON.parse(text)
    return isPlainlyCanonical(value, text) || canonicalJson(value) === text
      ? { document: { value, text }, fault: null }
      : faulty(NOT_CANONICAL)
  } catch (error) {
    return faulty(error instanceof RangeError ? NOT_CANONICAL : 'It is not JSON.')
  }
}

// The engine writes numbers and texts as RFC 8785 does, but for halves of surrogate pairs, and keys in the order they were
// read in: what it gives back unchanged is canonical if the keys are sorted. Several times as fast as writing it ourselves.
const isPlainlyCanonical = (value: unknown, text: string): boolean =>
  !text.includes('\\ud') && JSON.stringify(value) === text && hasSortedKeys(value)

const hasSortedKeys = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && !hasSortedKeys(item)) return false
    return true
  }
  let last: string | null = null
  for (const key in value) {
    if (last !== null && key <= last) return false
    last = key
    const item = (value as Readonly<Record<string, unknown>>)[key]
    if (typeof item === 'object' && !hasSortedKeys(item)) return false
  }
  return true
}

const NOT_CANONICAL = 'It is JSON, but not in canonical form (RFC 8785).'

const faulty = (fault: string): { readonly document: null; readonly fault: string } => ({ document: null, fault })
