import { expect, test } from 'vitest'
import { admits, exceeds } from '../../../src/core/schedule/admission.ts'

const machine = { cpus: 4, memoryBytes: 8 * 2 ** 30 }
const job = (cpus: number, gib: number | null = null) => ({ cpus, memoryBytes: gib === null ? null : gib * 2 ** 30 })

test('a job alone always starts', () => {
  expect(admits(job(64, 500), [], machine, 1)).toBe(true)
})

test('max_parallel, CPUs and memory each hold a job back', () => {
  expect(admits(job(1), [job(1)], machine, 1)).toBe(false)
  expect(admits(job(2), [job(3)], machine, 4)).toBe(false)
  expect(admits(job(2), [job(2)], machine, 4)).toBe(true)
  expect(admits(job(1, 6), [job(1, 4)], machine, 4)).toBe(false)
})

test('a pipeline that asks for more than the machine has is named with both numbers', () => {
  expect(exceeds(job(8), machine)).toBe('asks for 8 CPUs, this machine offers 4')
  expect(exceeds(job(1, 36), machine)).toBe('asks for 36.0 GiB of memory, this machine offers 8.0 GiB')
  expect(exceeds(job(4, 8), machine)).toBeNull()
})
