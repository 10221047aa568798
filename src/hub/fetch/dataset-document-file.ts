import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { DatasetDescription, DatasetDocumentReader } from '../../app/hub/fetch-ports.ts'
import { Problem } from '../../core/problem.ts'
import { validateHubDataset } from '../../generated/validators-hub.ts'
import { oneLine } from './source.ts'

/** 20 000 files with 16 sources each fit many times. */
const MAX_BYTES = 64 * 2 ** 20

/** Reads the document of a dataset from a file: written by hand is fine, signatures are optional. */
export const createDatasetDocumentReader = (): DatasetDocumentReader => ({
  read: (file) => {
    const bytes = readBytes(file)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const parsed = parse(bytes)
    return { ...parsed, sha256 }
  },
})

const readBytes = (file: string): Uint8Array => {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) throw new Problem('E_NOT_FOUND', `There is no file ${file}.`)
  if (!found.isFile() || found.size > MAX_BYTES)
    throw new Problem('E_INPUT', `${file} is not the description of a dataset: it is no file, or too large for one.`)
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Problem('E_STORE', `Cannot read ${file}.`, { cause: error })
  }
}

const parse = (
  bytes: Uint8Array,
): { document: DatasetDescription; fault: null } | { document: null; fault: string } => {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    return { document: null, fault: `it is no JSON: ${oneLine(error instanceof Error ? error.message : '')}` }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { document: null, fault: 'it is no JSON object' }
  const { signatures, ...description } = value as Record<string, unknown>
  const isSigned = Array.isArray(signatures) && signatures.length > 0
  // A description waits for its signatures until it is registered; the rest must be as in a hub.
  if (validateHubDataset({ ...description, signatures: isSigned ? signatures : [UNSIGNED] }))
    return { document: description as unknown as DatasetDescription, fault: null }
  const [first] = (validateHubDataset as { errors?: readonly Complaint[] | null }).errors ?? []
  const where = first?.instancePath === '' ? '' : `${oneLine(first?.instancePath ?? '')} `
  const extra = first?.params?.['additionalProperty']
  const what =
    typeof extra === 'string' ? `has "${oneLine(extra)}", which it must not have` : (first?.message ?? 'is wrong')
  return { document: null, fault: `${where}${what}` }
}

interface Complaint {
  readonly instancePath: string
  readonly message?: string
  readonly params?: Readonly<Record<string, unknown>>
}

const UNSIGNED = { key_id: 'a'.repeat(26), sig: 'A'.repeat(86) }
