/** The law of a hub, for CI jobs and `pre-receive` hooks: everything wrong with a change, before it counts. */
import type { HubFinding } from '../../core/hub/finding.ts'
import { refusal } from '../../core/hub/finding.ts'
import { HUB_FILE } from '../../core/hub/layout.ts'
import { hubSigners, judgeEpoch } from '../../core/hub/registration.ts'
import { emptyRegistry, treeRegistry } from './accepted-registry.ts'
import type { Oid, TreeReader } from './git-ports.ts'
import { runsOfTree } from './known-runs.ts'
import { openRegistry, signersOf, type TrustDeps } from './registry-state.ts'
import { validateChange } from './validate-change.ts'

const NOTHING = /^0+$/
const LONGEST_WALK = 100_000
const MOST_SEGMENT_BYTES = 256 * 1024 * 1024

export interface CheckHubRequest {
  /** Commit before; null or zeros: nothing was there, everything is checked. */
  readonly base: Oid | null
  /** Commit that is to be taken. */
  readonly head: Oid
  readonly now: Date
  /**
   * The sender is a maintainer, as whoever runs the check knows from elsewhere (a protected branch, the account at
   * a server). Only files for people and forges need it; everything else is signed.
   */
  readonly byMaintainer?: boolean
}

export interface HubCheck {
  readonly base: Oid | null
  readonly head: Oid
  /** Runs that are right and were not there before. */
  readonly newRuns: number
  readonly registryFiles: number
  /** Paths that are gone. */
  readonly removed: number
  /** In path order; refused if one of them is an error. */
  readonly findings: readonly HubFinding[]
  readonly isRefused: boolean
}

/** Judges everything that differs between two commits. Throws `E_HUB` only where objects are missing. */
export const checkHub = async (
  deps: TrustDeps & { readonly reader: TreeReader },
  { base: given, head, now, byMaintainer = false }: CheckHubRequest,
): Promise<HubCheck> => {
  const base = given === null || NOTHING.test(given) ? null : given
  const counts = { newRuns: 0, registryFiles: 0, removed: 0 }
  const findings: HubFinding[] = []
  const result = (): HubCheck => ({
    base,
    head,
    ...counts,
    findings,
    isRefused: findings.some(({ severity }) => severity === 'error'),
  })
  if (NOTHING.test(head)) {
    findings.push({ path: '', runId: null, ...refusal('removed', 'The branch of a hub is never deleted.') })
    return result()
  }
  const after = (await deps.reader.commit(head)).tree
  const before = base === null ? null : (await deps.reader.commit(base)).tree
  const history = base === null ? 'continues' : await judgeHistory(deps, base, head)
  if (history !== 'continues' && history !== 'new-epoch') {
    findings.push(history)
    return result()
  }
  const request = {
    mode: 'check' as const,
    reader: deps.reader,
    before,
    after,
    accepted: before === null ? emptyRegistry : treeRegistry(deps.reader, before),
    now,
    byMaintainer,
    newEpoch: history === 'new-epoch',
    known: before === null ? null : runsOfTree(deps.reader, before, MOST_SEGMENT_BYTES),
  }
  for await (const item of validateChange(deps, request)) {
    if (item.kind === 'finding') findings.push(item.finding)
    else if (item.kind === 'registry') counts.registryFiles++
    else if (item.kind !== 'run') counts.removed++
    else if (item.isNew) counts.newRuns++
  }
  return result()
}

/** Whether the head goes on from the base, or begins a new epoch as a maintainer of the base signed it. */
const judgeHistory = async (
  deps: TrustDeps & { readonly reader: TreeReader },
  base: Oid,
  head: Oid,
): Promise<'continues' | 'new-epoch' | HubFinding> => {
  if (await descends(deps.reader, head, base)) return 'continues'
  const refused = (why: string): HubFinding => ({
    path: HUB_FILE,
    runId: null,
    ...refusal('epoch', `The history was rewritten: ${why}.`),
  })
  const { tree, parents } = await deps.reader.commit(head)
  if (parents.length > 0) return refused('the new head does not descend from the one before')
  const state = await openRegistry(deps, treeRegistry(deps.reader, (await deps.reader.commit(base)).tree))
  const bytes = await deps.reader.file(tree, HUB_FILE)
  const next = bytes === null ? null : deps.documents.hub(bytes).document
  const ours = state.hub()
  if (ours === null || next === null) return refused('there is no hub.json that says so')
  const verdict = judgeEpoch(
    { ...ours, head: base },
    next,
    await signersOf(deps.signatures, next, hubSigners(ours, next), next.salt),
  )
  return verdict.kind === 'accepted' ? 'new-epoch' : refused(verdict.reason)
}

const descends = async (reader: TreeReader, head: Oid, ancestor: Oid): Promise<boolean> => {
  const seen = new Set<Oid>([head])
  for (const oid of seen) {
    if (oid === ancestor) return true
    if (seen.size > LONGEST_WALK) return false
    for (const parent of (await reader.commit(oid)).parents) seen.add(parent)
  }
  return false
}
