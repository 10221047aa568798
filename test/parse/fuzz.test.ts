import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faultsOf, readBytes } from '../../scripts/fuzz/checks.ts'
import { mutated, mutations } from '../../scripts/fuzz/mutations.ts'
import { seedFiles, seedFilesOf } from '../../scripts/fuzz/seed-files.ts'
import { Problem } from '../../src/core/problem.ts'
import { formats } from '../../src/parse/index.ts'

// A short run of what `npm run fuzz` does at length.
const CASES = Number(process.env['FUZZ_CASES'] ?? 150)
const seeds = seedFiles()

test('a format without a fixture is not passed over', () => {
  expect(() => seedFilesOf('no-such-format')).toThrow('no-such-format has no fixture')
})

describe('mutated files', () => {
  test.each(seeds)('$file ends in valid observations or a Problem that says where', async (seed) => {
    await fc.assert(
      fc.asyncProperty(mutations, async (changes) => {
        const bytes = mutated(seed.bytes, changes)
        expect(faultsOf(await readBytes(seed, bytes), bytes)).toEqual([])
      }),
      { numRuns: CASES },
    )
  })
  test('arbitrary bytes are no crash in any format', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...formats), fc.uint8Array({ maxLength: 200 }), async ({ id }, content) => {
        const bytes = Buffer.from(content)
        expect(faultsOf(await readBytes({ format: id, file: 'arbitrary' }, bytes), bytes)).toEqual([])
      }),
      { numRuns: CASES * 5 },
    )
  })
})

describe('truncated files', () => {
  test.each(seeds)('$file cut after any byte gives its first calls or a Problem', async (seed) => {
    const { bytes } = seed
    const whole = await readBytes(seed, bytes)
    if (whole instanceof Problem) throw whole
    // Large files are cut at every byte of their last part and now and then before.
    for (let length = 0; length < bytes.length; length += length > bytes.length - 1500 ? 1 : 37) {
      const cut = bytes.subarray(0, length)
      const result = await readBytes(seed, cut)
      expect(faultsOf(result, cut)).toEqual([])
      // A profile without its last taxa is another profile; calls are independent of each other.
      if (result instanceof Problem || result.kind !== 'amr' || whole.kind !== 'amr') continue
      expect(result.calls.length).toBeLessThanOrEqual(whole.calls.length)
      // Only the last line can have been shortened without showing it.
      const sure = Math.max(0, result.calls.length - 1)
      expect(result.calls.slice(0, sure)).toEqual(whole.calls.slice(0, sure))
    }
  })
})

describe('blocks', () => {
  test.each(seeds)('$file reads the same however it is cut into chunks', async (seed) => {
    const whole = await readBytes(seed, seed.bytes)
    if (whole instanceof Problem) throw whole
    for (const size of [1, 7, 64, 1000]) {
      const chunks = async function* (): AsyncGenerator<Buffer, void, undefined> {
        for (let at = 0; at < seed.bytes.length; at += size)
          yield await Promise.resolve(seed.bytes.subarray(at, at + size))
      }
      expect(await readBytes(seed, chunks())).toEqual(whole)
    }
  })
})
