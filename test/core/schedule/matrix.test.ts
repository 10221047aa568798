import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildMatrix, countExecutions, type MatrixRequest } from '../../../src/core/schedule/matrix.ts'
import { seededRandom } from '../../../src/core/stats/random.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import type { Sample } from '../../../src/core/sample.ts'
import { aPipeline } from '../../support/run-builder.ts'

const pipelineWith = (change: Partial<Pipeline>): Pipeline => aPipeline({ needs: [], parameterSets: [{}], ...change })

const sampleWith = (id: string, files: Partial<Sample['files']> = {}): Sample => ({
  id,
  group: null,
  files: { reads1: null, reads2: null, fasta: null, ...files },
})

const request = (given: Partial<MatrixRequest> = {}): MatrixRequest => ({
  pipelines: [pipelineWith({ name: 'kma', parameterSets: [{ k: 16 }, { k: 21 }] }), pipelineWith({ name: 'blastn' })],
  samples: ['S1', 'S2', 'S3'].map((id) => sampleWith(id)),
  repeats: 2,
  warmup: 0,
  order: 'blocks',
  random: seededRandom(7),
  ...given,
})

const cellOf = ({ pipeline, params, sample }: ReturnType<typeof buildMatrix>[number]): string =>
  JSON.stringify([pipeline, params, sample])

describe('the matrix of a run', () => {
  test('holds every pipeline, parameter set, sample and repeat exactly once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('blocks' as const, 'sequential' as const, 'random' as const),
        fc.integer(),
        (pipelines, samples, repeats, order, seed) => {
          const matrix = buildMatrix(
            request({
              pipelines: Array.from({ length: pipelines }, (_, n) => pipelineWith({ name: `p${n}` })),
              samples: Array.from({ length: samples }, (_, n) => sampleWith(`S${n}`)),
              repeats,
              order,
              random: seededRandom(seed),
            }),
          )
          const distinct = new Set(matrix.map((entry) => `${cellOf(entry)}#${entry.repeat}`))
          expect(distinct.size).toBe(pipelines * samples * repeats)
          expect(matrix.map(({ id }) => id)).toEqual(matrix.map((_, index) => index + 1))
        },
      ),
    )
  })

  test('in blocks runs every cell once before any cell a second time', () => {
    const matrix = buildMatrix(request())
    const cells = matrix.length / 2
    expect(new Set(matrix.slice(0, cells).map(cellOf)).size).toBe(cells)
    expect(matrix.slice(0, cells).every(({ repeat }) => repeat === 1)).toBe(true)
  })

  test('is the same for the same seed and shuffled by another', () => {
    const order = (seed: number): string[] => buildMatrix(request({ random: seededRandom(seed) })).map(cellOf)
    expect(order(1)).toEqual(order(1))
    expect(order(1)).not.toEqual(order(2))
  })

  test('starts with one warm-up for each pipeline and parameter set, counted apart', () => {
    const matrix = buildMatrix(request({ warmup: 1 }))
    expect(matrix.slice(0, 3).map(({ warmup, sample }) => [warmup, sample])).toEqual([
      [true, 'S1'],
      [true, 'S1'],
      [true, 'S1'],
    ])
    expect(matrix.filter(({ warmup }) => !warmup).every(({ repeat }) => repeat <= 2)).toBe(true)
    expect(matrix).toHaveLength(3 + 9 * 2)
  })

  test('is counted without being made', () => {
    const whole = request({ warmup: 2, repeats: 3 })
    const withDataset = { ...whole, pipelines: [...whole.pipelines, pipelineWith({ name: 'mag', scope: 'dataset' })] }
    for (const one of [whole, withDataset]) expect(countExecutions(one)).toBe(buildMatrix(one).length)
    expect(countExecutions({ ...whole, repeats: 1e9 })).toBe(9e9 + 6)
  })

  test('marks samples that lack an input instead of leaving them out', () => {
    const matrix = buildMatrix(
      request({
        pipelines: [pipelineWith({ name: 'kma', needs: ['reads_1'] })],
        samples: [sampleWith('S1', { reads1: '/r.fq' }), sampleWith('S2')],
        repeats: 1,
        order: 'sequential',
      }),
    )
    expect(matrix.map(({ sample, skip }) => [sample, skip])).toEqual([
      ['S1', null],
      ['S2', 'sample S2 has no reads_1'],
    ])
  })

  test('gives a whole-dataset pipeline one execution for each repeat', () => {
    const matrix = buildMatrix(request({ pipelines: [pipelineWith({ name: 'mag', scope: 'dataset' })], repeats: 3 }))
    expect(matrix.map(({ sample, repeat }) => [sample, repeat])).toEqual([
      [null, 1],
      [null, 2],
      [null, 3],
    ])
  })
})
