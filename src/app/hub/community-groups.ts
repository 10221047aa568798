import type { Traits } from '../../core/hub/group-size.ts'
import { COMMUNITY } from '../../core/hub/names.ts'
import type { HubRunDocument } from '../../generated/hub-run.ts'
import type { HubIndex } from './store-ports.ts'

/** Counts of contributors of anonymised runs, by what their runs tell. */
export interface CommunityGroups {
  /** Distinct contributors other than the owner of this key; traits of no machine (all null): of any. */
  others(traits: Traits, month: string, ownKeyId: string): number
}

/**
 * Reads the anonymised runs of a hub once. A contributor has one key each month, so keys are counted month by month and
 * the largest count is taken; in months other than this one's, one of them may be ourselves and is not counted.
 */
export const communityGroups = (index: Pick<HubIndex, 'documents'>, url: string): CommunityGroups => {
  const keys = new Map<string, Map<string, Set<string>>>()
  const note = (group: string, month: string, keyId: string): void => {
    const months = keys.get(group) ?? new Map<string, Set<string>>()
    const known = months.get(month) ?? new Set<string>()
    keys.set(group, months.set(month, known.add(keyId)))
  }
  for (const { project, month, line } of index.documents(url)) {
    if (project !== COMMUNITY) continue
    const { payload, signer } = JSON.parse(new TextDecoder().decode(line)) as HubRunDocument
    const traits = traitsOf(payload)
    note(groupKey(traits), month, signer.key_id)
    note(anyMachineKey(traits), month, signer.key_id)
  }
  return {
    others: (traits, month, ownKeyId) => {
      const months = keys.get(isAnyMachine(traits) ? anyMachineKey(traits) : groupKey(traits)) ?? []
      const counts = [...months].map(([of, known]) =>
        of === month ? known.size - (known.has(ownKeyId) ? 1 : 0) : known.size - 1,
      )
      return Math.max(0, ...counts)
    },
  }
}

/** What of a run could be recognised. */
export const traitsOf = ({ environment, benchmark_type, dataset }: HubRunDocument['payload']): Traits => ({
  cpuFamily: environment.cpu_model,
  cpus: environment.cpus,
  memoryBytes: environment.memory_bytes,
  gpu: environment.gpu,
  os: environment.os,
  benchmarkType: benchmark_type,
  dataset: dataset?.id ?? null,
})

const isAnyMachine = ({ cpuFamily, cpus, memoryBytes, gpu, os }: Traits): boolean =>
  [cpuFamily, cpus, memoryBytes, gpu, os].every((trait) => trait === null)

const anyMachineKey = ({ benchmarkType, dataset }: Traits): string => JSON.stringify([benchmarkType, dataset])

const groupKey = ({ cpuFamily, cpus, memoryBytes, gpu, os, benchmarkType, dataset }: Traits): string =>
  JSON.stringify([cpuFamily, cpus, memoryBytes, gpu, os, benchmarkType, dataset])
