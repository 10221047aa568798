import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compactMonth,
  contentOfLine,
  isClosedMonth,
  type MonthFile,
  runIdOfLine,
  segmentLines,
} from '../../../src/core/hub/compaction.ts'
import { signedRunBytes } from '../../../src/core/hub/signed-bytes.ts'
import { createSignatures } from '../../../src/hub/keys/signatures.ts'
import { hubRun, lineOf, sharedPayload, testKey } from '../../support/hub-documents.ts'

const key = testKey()
const PLENTY = { segmentBytes: 10_000_000 }
const fileOf = (number: number, label = `run ${number}`): MonthFile => {
  const runId = `20261123t101502z-${String(number).padStart(6, '0')}`
  const line = lineOf(hubRun(key, { run_id: runId, payload: sharedPayload({ label }) }))
  return { path: `${runId}.json`, runId, bytes: Buffer.concat([line, Buffer.from('\n')]) }
}
const FILES = Array.from({ length: 12 }, (_, number) => fileOf(number))
const compact = (segment: Uint8Array | null, files: readonly MonthFile[], limits = PLENTY) =>
  compactMonth(segment, files, limits, runIdOfLine)
const text = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('utf8')
const WHOLE = text(compact(null, FILES).segment)

describe('compaction', () => {
  test('any order and any split into steps gives the same bytes, and every signature stays right', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(FILES, { minLength: FILES.length }),
        fc.array(fc.nat(FILES.length), { maxLength: 4 }),
        async (files, cuts) => {
          const bounds = [0, ...cuts.sort((left, right) => left - right), files.length]
          let segment: Uint8Array | null = null
          for (const [index, from] of bounds.entries()) {
            const part = compact(segment, files.slice(from, bounds[index + 1]))
            segment = part.segment ?? segment
            expect(part.left).toEqual([])
          }
          expect(text(segment)).toBe(WHOLE)
          const signatures = createSignatures()
          for (const line of segmentLines(segment ?? new Uint8Array()) ?? []) {
            const document = JSON.parse(text(line)) as { sig: string }
            expect(await signatures.verify(signedRunBytes(document), document.sig, key.publicKey)).toBe(true)
          }
        },
      ),
      { numRuns: 20 },
    )
  })

  test('every file is folded or left, never both and never lost, whatever the limit', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(FILES), fc.nat(40_000), (files, segmentBytes) => {
        const { segment, removed, left } = compact(null, files, { segmentBytes })
        expect([...removed, ...left.map(({ path }) => path)].sort()).toEqual(files.map(({ path }) => path).sort())
        expect(segment?.length ?? 0).toBeLessThanOrEqual(segmentBytes)
        for (const { bytes, path } of files) expect(text(segment).includes(text(bytes))).toBe(removed.includes(path))
      }),
    )
  })

  test('a file that is a line already is only removed; one with other bytes under the same id stays', () => {
    const [first] = FILES as [MonthFile]
    const segment = compact(null, FILES).segment
    expect(compact(segment, [first])).toEqual({ segment: null, removed: [first.path], left: [] })
    const other = fileOf(0, 'other')
    expect(compact(segment, [other])).toEqual({
      segment: null,
      removed: [],
      left: [{ path: other.path, reason: 'conflict' }],
    })
  })

  test('nothing is folded into a damaged segment, and no damaged file is folded', () => {
    const [first, second] = FILES as [MonthFile, MonthFile]
    for (const damaged of ['x', 'x\n', `${text(first.bytes)}\n`, text(first.bytes).repeat(2)])
      expect(compact(Buffer.from(damaged), [second]).left).toEqual([{ path: second.path, reason: 'damaged' }])
    for (const bytes of [text(first.bytes).trim(), `${text(first.bytes)}\n`, text(second.bytes)])
      expect(compact(null, [{ ...first, bytes: Buffer.from(bytes) }]).left[0]?.reason).toBe('damaged')
  })

  test('a text that looks like a key inside a run does not give it another id', () => {
    const payload = sharedPayload({ label: '"run_id":"evil"', comparability: { run_id: 'evil' } })
    const document = hubRun(key, { payload })
    expect(runIdOfLine(lineOf(document))).toBe(document.run_id)
    expect(contentOfLine(lineOf(document))).toBe(document.content_sha256)
  })

  test('a month is closed three days after its end, in UTC', () => {
    expect(isClosedMonth('2026-11', new Date('2026-12-03T23:59:59.999Z'))).toBe(false)
    expect(isClosedMonth('2026-11', new Date('2026-12-04T00:00:00.000Z'))).toBe(true)
    expect(isClosedMonth('2026-12', new Date('2027-01-04T00:00:00.000Z'))).toBe(true)
  })
})
