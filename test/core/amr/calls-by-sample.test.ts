import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callsBySample } from '../../../src/core/amr/calls-by-sample.ts'
import { sampleOfHamronizedFile } from '../../../src/core/amr/hamronized-sample.ts'
import { draftCall } from '../../../src/parse/amr/draft-call.ts'

const call = (sample: string | null, tool: string, line = 2) => ({ ...draftCall(line, tool, 'sul1'), sample })

describe('the sample of an input_file_name', () => {
  test.each([
    ['abricate', 'S1', 'S1'],
    ['abricate', 'runs/S1.fasta.gz', 'S1'],
    ['amrfinderplus', 'S1.tsv.amrfinderplus', 'S1'],
    ['deeparg', 'S1.mapping.ARG.deeparg', 'S1'],
    ['deeparg', 'S1.mapping.potential.ARG.deeparg', 'S1'],
    ['rgi', 'S1.txt.rgi', 'S1'],
    ['fargene', 'S1_retrieved-genes-class_A-hmmsearched.out.fargene', 'S1'],
    ['resfinder', 'S1.json', 'S1.json'],
    ['rgi', 'S1.tsv.amrfinderplus', 'S1.tsv.amrfinderplus'],
    ['AMRFinderPlus', 'S1.v2.tsv.amrfinderplus', 'S1.v2'],
  ])('%s %s is %s', (tool, name, sample) => {
    expect(sampleOfHamronizedFile(name, tool)).toBe(sample)
  })
  test('a name that is nothing but the ending stays as it is', () => {
    expect(sampleOfHamronizedFile('.txt.rgi', 'rgi')).toBe('.txt.rgi')
  })
  test('takes off what each tool puts on, for any sample id', () => {
    const endings = { amrfinderplus: '.tsv.amrfinderplus', rgi: '.txt.rgi', deeparg: '.mapping.ARG.deeparg' }
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,20}[A-Za-z0-9]$/), (sample) => {
        for (const [tool, ending] of Object.entries(endings))
          expect(sampleOfHamronizedFile(sample + ending, tool)).toBe(sample)
      }),
    )
  })
})

describe('sorting calls', () => {
  test('S1 never takes the calls of S10', () => {
    const { bySample, strangers } = callsBySample([call('S10', 'abricate', 7), call('S1.txt.rgi', 'rgi')], ['S1'])
    expect([...bySample.keys()]).toEqual(['S1'])
    expect(bySample.get('S1')).toHaveLength(1)
    expect([...strangers]).toEqual([['S10', 7]])
  })
  test('a sample that really bears a tool’s ending is found as written', () => {
    const { bySample } = callsBySample([call('S1.txt.rgi', 'rgi')], ['S1', 'S1.txt.rgi'])
    expect([...bySample.keys()]).toEqual(['S1.txt.rgi'])
  })
  test('the first line without a sample is told', () => {
    expect(callsBySample([call('S1', 'x'), call(null, 'x', 5), call(null, 'x', 6)], ['S1']).unnamedLine).toBe(5)
  })
})
