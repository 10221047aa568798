import type { StoredVocabulary } from '../../documents/stored-vocabulary.ts'
import { storedText } from '../../documents/stored-vocabulary.ts'
import { Problem } from '../../core/problem.ts'
import { faultsTogether } from '../faults-together.ts'
import type { VocabularyFile } from '../ports.ts'
import {
  type AddedSource,
  indexFile,
  listVocabulary,
  storedFile,
  vocabularyFolder,
  type VocabularyFiles,
} from './vocabulary-cache.ts'

/** What became of one file. */
export interface AddedFile {
  readonly source: AddedSource
  readonly state: 'added' | 'replaced' | 'unchanged'
  /** The source whose place it took. */
  readonly replaced: AddedSource | null
}

interface Deps {
  readonly files: VocabularyFiles
  readonly read: (file: string) => Promise<VocabularyFile>
}

/**
 * Takes files of names into the project's vocabulary; the content says what each is. A file takes the place of an
 * earlier one of its kind and name. Nothing is stored unless every file is sound. Throws one `Problem` with the faults
 * of all files.
 */
export const addVocabulary = async (
  { files, read }: Deps,
  root: string,
  paths: readonly string[],
): Promise<readonly AddedFile[]> => {
  const contents: { readonly path: string; readonly file: VocabularyFile }[] = []
  const faults: Problem[] = []
  for (const path of paths)
    try {
      contents.push({ path, file: await read(path) })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      faults.push(error)
    }
  if (faults.length > 0) throw faultsTogether(faults, `${faults.length} files cannot be added; nothing was stored.`)
  refuseRivals(contents)

  files.makeDir(vocabularyFolder(root))
  for (const { file } of contents) {
    const target = storedFile(root, file.sha256)
    const text = storedText(storedOf(file))
    // Written again when damaged: the same source always gives the same text.
    if (!files.exists(target) || files.readText(target) !== text) files.writeAtomically(target, text)
  }
  // Read only now, so that what another process has added meanwhile is kept.
  const before = listVocabulary(files, root)
  const added = contents.map(({ path, file }): AddedFile => {
    const source = sourceOf(path, file)
    const former = before.find(({ kind, name }) => kind === source.kind && name === source.name) ?? null
    if (former?.sha256 === source.sha256) return { source: former, state: 'unchanged', replaced: null }
    return { source, state: former === null ? 'added' : 'replaced', replaced: former }
  })
  if (added.some(({ state }) => state !== 'unchanged')) {
    const isTaken = (one: AddedSource): boolean =>
      added.some(({ source }) => source.kind === one.kind && source.name === one.name)
    const sources = [...before.filter((one) => !isTaken(one)), ...added.map(({ source }) => source)]
    files.writeAtomically(indexFile(root), `${JSON.stringify({ sources }, null, 2)}\n`)
  }
  return added
}

const sourceOf = (path: string, file: VocabularyFile): AddedSource => {
  const { kind, sha256 } = file
  const common = { kind, name: nameOf(file), sha256, file: path.split(/[\\/]/).at(-1) ?? path, weak: 0, version: null }
  switch (file.kind) {
    case 'ontology':
      return { ...common, entries: file.terms.length, version: file.version, licence: CARD_LICENCE }
    case 'mapping': {
      const weak = file.mappings.filter(({ isWeak }) => isWeak).length
      return {
        ...common,
        entries: file.mappings.length,
        weak,
        licence: 'as its publisher says (argNorm’s tables: MIT)',
      }
    }
    case 'families':
      return { ...common, entries: file.families.length, licence: 'as its publisher says' }
  }
}

const CARD_LICENCE = 'CC BY 4.0 (ontology of CARD; its sequences have other terms)'

const nameOf = (file: VocabularyFile): string =>
  file.kind === 'ontology' ? 'aro' : file.kind === 'mapping' ? file.database : 'alleles'

const storedOf = (file: VocabularyFile): StoredVocabulary => {
  switch (file.kind) {
    case 'ontology':
      return { kind: 'ontology', terms: file.terms }
    case 'mapping':
      return { kind: 'mapping', database: file.database, mappings: file.mappings }
    case 'families':
      return { kind: 'families', families: file.families }
  }
}

// Which of two files of one kind was meant cannot be known.
const refuseRivals = (contents: readonly { readonly path: string; readonly file: VocabularyFile }[]): void => {
  const seen = new Map<string, { readonly path: string; readonly file: VocabularyFile }>()
  for (const content of contents) {
    const name = `${content.file.kind} ${nameOf(content.file)}`
    const other = seen.get(name)
    if (other !== undefined && other.file.sha256 !== content.file.sha256)
      throw new Problem('E_USAGE', `${other.path} and ${content.path} are both the ${name}; one of them can be used.`, {
        hints: ['Give the one to use.'],
      })
    seen.set(name, content)
  }
}
