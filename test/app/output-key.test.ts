import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { outputKey } from '../../src/app/output-key.ts'
import { createFiles } from '../../src/exec/files.ts'
import { tempDir } from '../support/harness.ts'
import { aPipeline } from '../support/run-builder.ts'

const dir = tempDir('output key')
const sha256Text = (text: string): string => createHash('sha256').update(text).digest('hex')
const keyOf = (databases: Readonly<Record<string, string>>) =>
  outputKey(
    { files: createFiles(), sha256Text },
    { pipeline: aPipeline({ databases }), params: {}, samples: [], projectRoot: dir },
  )

test('a database is known by its content: a file, a folder, or all files of a prefix, wherever they are', async () => {
  mkdirSync(join(dir, 'one', 'folder'), { recursive: true })
  writeFileSync(join(dir, 'one', 'genes.fasta'), '>a\nACGT\n')
  writeFileSync(join(dir, 'one', 'folder', 'taxa.tsv'), '9606\n')
  for (const part of ['comp.b', 'name', 'seq.b']) writeFileSync(join(dir, 'one', `kma.${part}`), part)
  const placed = (place: string) => ({
    file: join(dir, place, 'genes.fasta'),
    folder: join(dir, place, 'folder'),
    prefix: join(dir, place, 'kma'),
    gone: join(dir, place, 'gone'),
  })
  const one = await keyOf(placed('one'))
  expect(one.databases).toEqual({
    file: sha256Text('>a\nACGT\n'),
    folder: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    prefix: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    gone: null,
  })
  expect(new Set(Object.values(one.databases)).size).toBe(4)
  cpSync(join(dir, 'one'), join(dir, 'two'), { recursive: true })
  rmSync(join(dir, 'one'), { recursive: true })
  expect(await keyOf(placed('two'))).toEqual(one)
  for (const [name, file] of [
    ['file', 'genes.fasta'],
    ['folder', 'folder/taxa.tsv'],
    ['prefix', 'kma.seq.b'],
  ] as const) {
    const before = await keyOf(placed('two'))
    appendFileSync(join(dir, 'two', file), 'x')
    const after = await keyOf(placed('two'))
    expect(after.key).not.toBe(before.key)
    const changed = Object.keys(after.databases).filter((one) => after.databases[one] !== before.databases[one])
    expect(changed).toEqual([name])
  }
})
