import { createRequire } from 'node:module'
import * as crypto from 'node:crypto'
import { expect, test } from 'vitest'
import { requiringLate } from '../../src/cli/late-modules.ts'

/** A `require`, and what it was asked for. */
const counting = (): { readonly require: NodeJS.Require; readonly asked: string[] } => {
  const real = createRequire(import.meta.url)
  const asked: string[] = []
  const one = (id: string): unknown => {
    asked.push(id)
    return real(id)
  }
  return { require: requiringLate(Object.assign(one, real)), asked }
}

test('a module of Node’s own is loaded when something of it is used', () => {
  const { require, asked } = counting()
  const late = require('node:crypto') as typeof crypto & { readonly __esModule?: true }
  expect(late.__esModule).toBeUndefined()
  expect(require('node:crypto')).toBe(late)
  expect(asked).toEqual([])
  expect(late.createHash('sha256').update('').digest('hex')).toMatch(/^e3b0c442/)
  expect(asked).toContain('node:crypto')
})

test('it looks like the module itself to whoever copies it, and takes what is put into it', () => {
  const { require } = counting()
  const late = require('crypto') as Record<string, unknown>
  const own = createRequire(import.meta.url)('crypto') as Record<string, unknown>
  expect(Object.getOwnPropertyNames(late)).toEqual(Object.getOwnPropertyNames(own))
  expect('createHmac' in late).toBe(true)
  expect(Object.hasOwn(late, 'toString')).toBe(false)
  expect({ ...late }['createHmac']).toBe(crypto.createHmac)
  late['put by a test'] = 1
  expect(own['put by a test']).toBe(1)
  delete own['put by a test']
})

test('everything else is required at once', () => {
  const { require, asked } = counting()
  expect(require('node:path')).toBe(createRequire(import.meta.url)('node:path'))
  expect(asked).toEqual(['node:path'])
  expect(require.resolve('node:path')).toBe('node:path')
})
