import type { AddedFile } from '../../app/vocabulary/add-vocabulary.ts'
import type { AddedSource } from '../../app/vocabulary/vocabulary-cache.ts'
import { formatInteger } from '../format-number.ts'
import { plainText } from '../plain-text.ts'
import { isForPrograms, renderTable, type TableOptions } from '../table/table.ts'

/** The sources of a project's vocabulary, one line each. */
export const renderVocabulary = (sources: readonly AddedSource[], options: TableOptions = {}): string => {
  if (sources.length === 0 && !isForPrograms(options))
    return 'No vocabulary: gene names are compared by their spelling. Add CARD’s ontology with `benchmark vocabulary add aro.obo`.'
  const rows = sources.map((source) => [
    source.name,
    source.kind,
    { text: entriesOf(source), value: source.entries },
    source.version ?? '',
    { text: source.sha256.slice(0, 12), value: source.sha256 },
    source.file,
    source.licence,
  ])
  return renderTable({ head: ['name', 'kind', 'entries', 'version', 'sha256', 'from', 'licence'], rows }, options)
}

/** What became of each file. */
export const renderVocabularyAdded = (added: readonly AddedFile[]): string => plainText(added.map(addedLine).join('\n'))

const addedLine = ({ source, state, replaced }: AddedFile): string => {
  const what = `${source.kind} ${source.name}`
  if (state === 'unchanged') return `${source.file}: the ${what} is already there, nothing changed.`
  const version = source.version === null ? '' : `, version ${source.version}`
  const line = `${source.file}: ${state} the ${what}${version} (${entriesOf(source)}). Licence: ${source.licence}.`
  if (replaced === null) return line
  return `${line}\n  It takes the place of ${replaced.file}${replaced.version === null ? '' : `, version ${replaced.version}`}. Scores with the two are not comparable.`
}

const entriesOf = ({ kind, entries, weak }: AddedSource): string =>
  `${formatInteger(entries)} ${kind === 'ontology' ? 'terms' : 'entries'}${weak === 0 ? '' : `, ${formatInteger(weak)} of them Loose and not used`}`
