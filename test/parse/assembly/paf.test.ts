import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../../src/core/problem.ts'
import { detectFormat, readOutput } from '../../../src/parse/index.ts'
import { tempDir } from '../../support/harness.ts'
import { findingsOf, problemFrom } from '../../support/parse-fixtures.ts'

const dir = tempDir('paf')
const write = (text: string): string => {
  const file = join(dir, 'contigs.paf')
  writeFileSync(file, text)
  return file
}
const read = async (text: string) => {
  const output = await readOutput(write(text), { format: 'paf' })
  const fact = output.kind === 'assembly' ? output.facts[0] : undefined
  if (fact?.what !== 'alignment') throw new Error('no alignment')
  return fact.contigs
}
const ALIGNED = 'c1\t300\t0\t100\t+\tR\t900\t50\t150\t99\t100\t60\ttp:A:P\tcs:Z::50*ac:49\n'
const SECOND = 'c1\t300\t100\t300\t-\tR\t900\t600\t800\t200\t200\t60\tcs:Z::200\n'
const UNALIGNED = 'c2\t400\t0\t0\t*\t*\t0\t0\t0\t0\t0\t0\n'

describe('PAF', () => {
  test('is recognised, and read contig by contig', async () => {
    expect(await detectFormat(write(ALIGNED))).toBe('paf')
    expect(await detectFormat(write(UNALIGNED))).toBe('paf')
    expect(await read(ALIGNED + SECOND + UNALIGNED)).toMatchObject([
      {
        name: 'c1',
        length: 300,
        blocks: [
          { reference: 'R', referenceLength: 900, start: 0, end: 100, isReverse: false, matches: 99, mismatches: 1 },
          { start: 100, end: 300, referenceStart: 600, referenceEnd: 800, isReverse: true },
        ],
      },
      { name: 'c2', length: 400, blocks: [] },
    ])
  })
  test('without a line is an assembly without contigs', async () => {
    expect(await read('')).toEqual([])
  })
  test.each([
    ['no cs', ALIGNED.replace('cs:', 'cg:'), '1:1 There is no tag cs'],
    ['a cs of another length', ALIGNED.replace(':49', ':48'), 'The tag cs does not fit'],
    ['an alignment outside of its contig', ALIGNED.replace('\t300\t', '\t99\t'), 'lies outside of its contig'],
    ['an alignment outside of its reference', ALIGNED.replace('\t900\t', '\t149\t'), 'lies outside of its reference'],
    ['a strand that is none', ALIGNED.replace('+', '.'), '1:14 The strand "." is neither + nor -.'],
    ['words for numbers', ALIGNED.replace('\t300\t', '\tmany\t'), '1:4 "many" is not a whole number.'],
    ['a line cut off', ALIGNED + SECOND.slice(0, 20), '2:'],
  ])('with %s is refused', async (_name, text, message) => {
    expect(findingsOf(await problemFrom(read(text))).join('\n')).toContain(message.replace('1:1 ', ''))
  })
  test('is read or refused whatever the bytes', async () => {
    const whole = Buffer.from(ALIGNED + SECOND + UNALIGNED)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.nat(30),
        async (at, byte, cut) => {
          const bytes = Buffer.concat([whole.subarray(0, at), Buffer.from([byte]), whole.subarray(at + cut)])
          try {
            await read(bytes.toString('latin1'))
          } catch (error) {
            if (!(error instanceof Problem)) throw error
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
