import { expect, test } from 'vitest'
import type { RunReader } from '../../../src/app/hub/trust-ports.ts'
import { createRunReader } from '../../../src/hub/documents/run-reader.ts'
import { createSignedRunReader } from '../../../src/hub/documents/signed-runs.ts'
import { hubRun, lineOf, sharedPayload, testKey } from '../../support/hub-documents.ts'

const [owner, stranger] = [testKey(), testKey()]
const keys = [{ key_id: owner.keyId, public_key: owner.publicKey }]
const MANY = 1500

/** Right ones, and one of each kind that is not, among them. */
const lines = Array.from({ length: MANY }, (_, index) => {
  const document = hubRun(index % 7 === 1 ? stranger : owner, {
    payload: sharedPayload({ label: `run ${index}`, comparability: { benchmark_type: `type ${index % 3}` } }),
  })
  const line = lineOf(document)
  switch (index % 7) {
    case 2:
      return line.subarray(1)
    case 3:
      return Buffer.from(
        Buffer.from(line)
          .toString('utf8')
          .replace(`run ${index}`, `run ${index + 1}`),
      )
    case 4:
      return lineOf({ ...document, sig: stranger.sign(line) })
    default:
      return line
  }
})

const readAll = (reader: RunReader) => Promise.all(lines.map((line) => reader.read(line, keys)))

test('many at once get what each gets alone, each its own', async () => {
  const alone = createSignedRunReader()
  const found = await readAll(createRunReader())
  expect(found).toEqual(lines.map((line) => alone(line, keys)))
  const kinds = found.slice(0, 7).map(({ document, fault }) => document?.isSigned ?? fault)
  expect(kinds).toEqual([true, null, expect.any(String), expect.stringContaining('content_sha256'), false, true, true])
})

test('a few are read without a thread', async () => {
  const reader = createRunReader()
  const [first] = lines
  expect((await reader.read(first ?? Buffer.alloc(0), keys)).document?.isSigned).toBe(true)
  expect((await reader.read(first ?? Buffer.alloc(0), [])).document?.isSigned).toBeNull()
})
