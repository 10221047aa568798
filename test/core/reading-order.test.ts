import { expect, test } from 'vitest'
import { inReadingOrder } from '../../src/core/reading-order.ts'
import type { Execution } from '../../src/core/run.ts'
import { anExecution } from '../support/run-builder.ts'

const execution = (id: number, pipeline: string, identity: number, sample: string, repeat = 1): Execution =>
  anExecution({ id, pipeline, params: { identity }, sample, repeat })

test('executions are read by pipeline, parameters by size, sample as listed, repeat', () => {
  const shuffled = [
    execution(1, 'blastn', 100, 'S1'),
    execution(2, 'kma', 80, 'S1', 2),
    execution(3, 'blastn', 80, 'S2'),
    execution(4, 'kma', 80, 'S1', 1),
    execution(5, 'blastn', 80, 'S10'),
    execution(6, 'blastn', 100, 'S2'),
  ]
  const ordered = inReadingOrder(shuffled, ['kma', 'blastn'], ['S2', 'S10', 'S1'])
  expect(ordered.map(({ id }) => id)).toEqual([4, 2, 3, 5, 6, 1])
})
