import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { RunStore } from '../../src/app/ports.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createRunStore } from '../../src/store/run-store.ts'
import { describeRunStore } from '../contracts/run-store.ts'
import { tempDir } from '../support/harness.ts'

const dir = tempDir('store')
const opened: RunStore[] = []
afterAll(() => opened.forEach((store) => store.close()))

describeRunStore('SQLite', () => {
  const store = createRunStore(openDatabase(join(mkdtempSync(join(dir, 'db-')), 'benchmark.db')))
  opened.push(store)
  return store
})
