import { datasetPathFaults } from '../../core/hub/dataset-files.ts'
import { COMMUNITY, isHubMonth, isHubName } from '../../core/hub/names.ts'
import type { HubAggregateDocument } from '../../generated/hub-aggregate.ts'
import type { HubBenchmarkDocument } from '../../generated/hub-benchmark.ts'
import type { HubDatasetDocument } from '../../generated/hub-dataset.ts'
import type { HubKey, HubProjectDocument } from '../../generated/hub-project.ts'
import type { HubSealDocument } from '../../generated/hub-seal.ts'
import type { HubTombstoneDocument } from '../../generated/hub-tombstone.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import { keyIdOf } from '../keys/key-id.ts'
import { isDay, isMoment } from './dates.ts'

/** What schemas cannot say about the documents of a registry: a sentence, or null. */
export const hubFault = (document: HubConfigDocument): string | null =>
  nameFault(document.name) ?? keysFault(document.maintainers)

export const projectFault = (document: HubProjectDocument): string | null => {
  if (document.id === COMMUNITY) return `No project can be named ${COMMUNITY}.`
  if (!isMoment(document.registered_at)) return '"registered_at" is no moment of the calendar.'
  return nameFault(document.id) ?? nameFault(document.type) ?? keysFault(document.keys)
}

export const benchmarkFault = (document: HubBenchmarkDocument): string | null => {
  if (repeated(document.metrics.map(({ id }) => id))) return 'A metric is listed twice.'
  if (document.anchors.some(({ worst, best }) => worst === best)) return 'An anchor has the same value at both ends.'
  return nameFault(document.type) ?? firstFault(document.datasets, nameFault)
}

export const datasetFault = (document: HubDatasetDocument): string | null => {
  const paths = document.files.map(({ path }) => path)
  const [fault] = datasetPathFaults(paths)
  if (fault !== undefined) return fault
  if (!paths.includes(document.samplesheet)) return 'Its sample sheet is not among its files.'
  if (document.truth !== null && !paths.includes(document.truth)) return 'Its truth is not among its files.'
  return nameFault(document.id) ?? nameFault(document.benchmark_type)
}

export const tombstoneFault = (document: HubTombstoneDocument): string | null =>
  isDay(document.erased_on) ? null : '"erased_on" is no day of the calendar.'

export const aggregateFault = (document: HubAggregateDocument): string | null => {
  if (!isHubMonth(document.month)) return '"month" is no month of the calendar.'
  return document.rows.some(({ minimum, maximum }) => minimum > maximum)
    ? 'A smallest value in it is greater than the largest.'
    : null
}

export const sealFault = (document: HubSealDocument): string | null => {
  if (document.project_id === COMMUNITY) return `Nobody vouches for the months of ${COMMUNITY}.`
  return isHubMonth(document.month) ? nameFault(document.project_id) : '"month" is no month of the calendar.'
}

/** Signatures of a registry document: each key once. */
export const signaturesFault = (signatures: readonly { readonly key_id: string }[]): string | null =>
  repeated(signatures.map(({ key_id }) => key_id)) ? 'A key signed it twice.' : null

const nameFault = (name: string): string | null => (isHubName(name) ? null : `${name} is no name a hub can hold.`)

const keysFault = (keys: readonly HubKey[]): string | null =>
  repeated(keys.map(({ key_id }) => key_id)) ? 'A key is listed twice.' : firstFault(keys, keyFault)

const keyFault = (key: HubKey): string | null => {
  if (keyIdOf(key.public_key) !== key.key_id) return `The key ${key.key_id} has another id than its content.`
  if ((key.status === 'revoked') !== (key.revoked_at !== null))
    return `The key ${key.key_id} needs the moment it was revoked if it was, and only then.`
  return isMoment(key.added_at) && (key.revoked_at === null || isMoment(key.revoked_at))
    ? null
    : `The key ${key.key_id} has a date that is no moment of the calendar.`
}

const repeated = (names: readonly string[]): boolean => new Set(names).size < names.length

const firstFault = <T>(items: readonly T[], fault: (item: T) => string | null): string | null => {
  for (const item of items) {
    const found = fault(item)
    if (found !== null) return found
  }
  return null
}
