import type { DifferingKey } from '../../core/comparison/comparison.ts'
import { shortDigests } from '../../core/databases.ts'
import { plainLine } from '../plain-text.ts'

const KEY_WORDS: Readonly<Record<string, string>> = {
  benchmark_type: 'another benchmark type',
  truth_sha256: 'another truth',
  truth: 'another truth',
  primary_level: 'another match level',
  vocabulary: 'another vocabulary of gene names',
  universe_sha256: 'other genes that could have been found',
  machine: 'another machine',
  'measuring method': 'measured by another instrument',
  'metric version': 'another version of the metric',
}

/** The keys a reader has to know: the truth stands in a run's keys by its name and by its digest. */
export const tellingKeys = (keys: readonly DifferingKey[]): readonly DifferingKey[] =>
  keys.filter(({ key }) => key !== 'truth' || keys.every((other) => other.key !== 'truth_sha256'))

/** What a differing key means and what it forbids, in one line. */
export const keyText = ({ key, baseline, candidate, forbids, pipeline, controlledBy }: DifferingKey): string => {
  const isUnknown = baseline === 'unknown' && candidate === 'unknown'
  const words = isUnknown
    ? `nobody knows whether it is the same ${key}`
    : (KEY_WORDS[key] ?? (key.startsWith(DATABASE) ? 'another version of the database' : 'scored otherwise'))
  const what =
    forbids === 'scores' ? 'scores' : forbids === 'resources' ? 'times and memory' : `anything of ${pipeline ?? 'it'}`
  const allowed = controlledBy === null ? '' : ` (--controlled ${controlledBy} compares all the same)`
  return plainLine(
    `${keyName({ key, pipeline })}: ${shortDigests(baseline)} / ${shortDigests(candidate)}: ${words}, so ${what} cannot be compared${allowed}`,
  )
}

/** A key that was made to differ, with what it is on each side. */
export const onPurposeText = ({ key, baseline, candidate, pipeline }: DifferingKey): string =>
  plainLine(`${keyName({ key, pipeline })}: ${shortDigests(baseline)} / ${shortDigests(candidate)}`)

const DATABASE = 'database:'

const keyName = ({ key, pipeline }: Pick<DifferingKey, 'key' | 'pipeline'>): string =>
  key.startsWith(DATABASE) ? `database ${key.slice(DATABASE.length)} of ${pipeline ?? 'a pipeline'}` : key
