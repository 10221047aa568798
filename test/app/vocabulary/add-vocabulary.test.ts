import { mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { addVocabulary } from '../../../src/app/vocabulary/add-vocabulary.ts'
import { listVocabulary } from '../../../src/app/vocabulary/vocabulary-cache.ts'
import { createFiles } from '../../../src/exec/files.ts'
import { readVocabularyFile } from '../../../src/parse/vocabulary/index.ts'
import { tempDir } from '../../support/harness.ts'
import { vocabularyFixture } from '../../support/small-vocabulary.ts'

const fileSystem = createFiles()

test('what another process adds while a large file is stored is kept', async () => {
  const [mine, others] = [tempDir('vocabulary mine'), tempDir('vocabulary others')]
  for (const root of [mine, others]) mkdirSync(`${root}/.benchmark`)
  await addVocabulary({ files: fileSystem, read: readVocabularyFile }, others, [vocabularyFixture('ncbi.tsv')])
  const index = '.benchmark/cache/vocabulary/index.json'
  const files = {
    ...fileSystem,
    writeAtomically: (path: string, text: string): void => {
      if (!path.endsWith('index.json'))
        fileSystem.writeAtomically(`${mine}/${index}`, fileSystem.readText(`${others}/${index}`))
      fileSystem.writeAtomically(path, text)
    },
  }
  await addVocabulary({ files, read: readVocabularyFile }, mine, [vocabularyFixture('small.obo')])
  expect(listVocabulary(fileSystem, mine).map(({ name }) => name)).toEqual(['aro', 'ncbi'])
})
