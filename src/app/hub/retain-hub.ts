/** Lets months expire as the hub's policy says: what they add up to is frozen and signed, then the runs are dropped. */
import { createFreezer } from '../../core/hub/aggregates.ts'
import { classifyPath, policyPath, segmentPath } from '../../core/hub/layout.ts'
import { aggregatesExpired, rawExpired } from '../../core/hub/retention.ts'
import { Problem } from '../../core/problem.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import type { HubRetentionDocument } from '../../generated/hub-retention.ts'
import { treeRegistry } from './accepted-registry.ts'
import { checkRun, type RunRules } from './check-run.ts'
import { commitAndPush } from './commit-loop.ts'
import { aggregateDocument, aggregateInput, aggregatePathOf } from './frozen-month.ts'
import type { FileChange, Oid } from './git-ports.ts'
import { hubConfigOf, type HubMonth, monthsOf, runsOfMonth } from './hub-tree.ts'
import { commitAuthor, type MaintenanceDeps, requireDone, requireMaintainerKey } from './maintenance.ts'
import { activeMaintainers, openRegistry, type RegistryState, signersOf } from './registry-state.ts'
import { CANNOT_BE_RECALLED } from './squash-hub.ts'

const DEFAULT_GROUP_SIZE = 5

export interface RetainedHub {
  /** Months whose runs were dropped, oldest first. */
  readonly months: readonly string[]
  readonly runsDropped: number
  /** Of these, runs that are in no aggregate: damaged, or not signed by an owner. */
  readonly runsNotCounted: number
  readonly aggregatesWritten: number
  readonly aggregatesDropped: number
  /** One sentence each. */
  readonly cannotBeRecalled: readonly string[]
}

interface Step {
  readonly month: string | null
  readonly changes: readonly FileChange[]
  readonly runs: number
  readonly notCounted: number
  readonly written: number
  readonly aggregatesDropped: number
}

/** One commit for each month that expired, and one for aggregates that did. Only a maintainer can. */
export const retainHub = async (deps: MaintenanceDeps): Promise<RetainedHub> => {
  const { repository, documents, keys, audit, clock } = deps
  const done: Step[] = []
  for (;;) {
    let step = null as Step | null
    const outcome = requireDone(
      await commitAndPush(deps, {
        plan: async ({ tree: at }) => {
          const tree = at ?? ''
          const hub = await hubConfigOf(repository, documents, at)
          const key = requireMaintainerKey(keys, hub)
          const state = await openRegistry(deps, treeRegistry(repository, tree))
          const policy = await countedPolicy(deps, state)
          step =
            (await expiredMonth(deps, { hub, state, policy, tree })) ?? (await expiredAggregates(deps, policy, tree))
          const message =
            step?.month === null ? 'Drop expired aggregates' : `Freeze ${step?.month ?? ''} and drop its runs`
          return step === null ? null : { changes: step.changes, message, author: commitAuthor(key) }
        },
        beforeSending: ({ message }, { commit }) => {
          audit.append({
            at: clock.now().toISOString(),
            action: 'retain',
            objectHash: null,
            detail: { commit, message },
          })
        },
      }),
    )
    if (outcome.kind === 'nothing' || step === null) break
    done.push(step)
  }
  const sum = (pick: (step: Step) => number): number => done.reduce((total, step) => total + pick(step), 0)
  return {
    months: done.flatMap(({ month }) => (month === null ? [] : [month])),
    runsDropped: sum(({ runs }) => runs),
    runsNotCounted: sum(({ notCounted }) => notCounted),
    aggregatesWritten: sum(({ written }) => written),
    aggregatesDropped: sum(({ aggregatesDropped }) => aggregatesDropped),
    cannotBeRecalled: [
      "The hub's history still holds what expired until a maintainer runs `benchmark hub squash`.",
      ...CANNOT_BE_RECALLED,
    ],
  }
}

const countedPolicy = async (deps: MaintenanceDeps, state: RegistryState): Promise<HubRetentionDocument> => {
  const policy = state.retention()
  if (policy === null)
    throw new Problem('E_HUB', 'The hub has no retention policy, so nothing in it expires.', {
      hints: [`It would stand in ${policyPath('retention')}.`],
    })
  if ((await signersOf(deps.signatures, policy, activeMaintainers(state))).size === 0)
    throw new Problem('E_HUB', "The hub's retention policy is not signed by one of its maintainers.")
  return policy
}

interface Scope {
  readonly hub: HubConfigDocument
  readonly state: RegistryState
  readonly policy: HubRetentionDocument
  readonly tree: Oid
}

/** The oldest month that expired, of all projects together. */
const expiredMonth = async (deps: MaintenanceDeps, scope: Scope): Promise<Step | null> => {
  const now = deps.clock.now()
  const months: HubMonth[] = []
  for await (const month of monthsOf(deps.repository, scope.tree))
    if (rawExpired(scope.policy, month.month, now)) months.push(month)
  const [oldest] = months.map(({ month }) => month).sort()
  return oldest === undefined
    ? null
    : freezeMonth(
        deps,
        scope,
        oldest,
        months.filter(({ month }) => month === oldest),
      )
}

const freezeMonth = async (
  deps: MaintenanceDeps,
  { hub, state, tree }: Scope,
  month: string,
  parts: readonly HubMonth[],
): Promise<Step> => {
  const { repository, documents, sha256, keys, clock } = deps
  const policy = await repository.file(tree, policyPath('anonymisation'))
  const groupSize = policy === null ? null : (documents.anonymisation(policy).document?.group_size ?? null)
  const freezer = createFreezer(month, groupSize ?? DEFAULT_GROUP_SIZE)
  const rules: RunRules = {
    mode: 'sync',
    now: clock.now(),
    pins: () => new Set(),
    firstSeenAt: () => `${month}-01`,
  }
  const changes: FileChange[] = []
  let [runs, notCounted] = [0, 0]
  for (const part of parts) {
    const { project } = part
    for (const { path, runId, line } of await runsOfMonth(repository, tree, part, hub.limits.run_bytes)) {
      runs++
      const { run } = await checkRun(deps, state, rules, { path, line, project, month, runId, isFolded: true })
      if (run !== null && (run.trust === 'owner' || run.trust === 'anonymous'))
        freezer.add(aggregateInput(run.document))
      else notCounted++
    }
    if (part.segment !== null) changes.push({ path: segmentPath(project, month), bytes: null })
    if (part.hasFolder) changes.push(...(await removeFolder(deps, tree, part)))
  }
  const key = requireMaintainerKey(keys, hub)
  const frozen = freezer.freeze()
  for (const aggregate of frozen) {
    const path = aggregatePathOf(aggregate, sha256)
    const bytes = await repository.file(tree, path)
    const earlier = bytes === null ? null : documents.aggregate(bytes).document
    changes.push({ path, bytes: documents.bytes(aggregateDocument(aggregate, earlier, key, sha256)) })
  }
  return { month, changes, runs, notCounted, written: frozen.length, aggregatesDropped: 0 }
}

// Damaged files and strangers' too: the month is gone as a whole.
const removeFolder = async (
  { repository }: MaintenanceDeps,
  tree: Oid,
  { project, month }: HubMonth,
): Promise<readonly FileChange[]> => {
  const folder = segmentPath(project, month).replace(/\.jsonl$/, '')
  const entries = await repository.list(tree, folder)
  return entries.filter(({ isFolder }) => !isFolder).map(({ name }) => ({ path: `${folder}/${name}`, bytes: null }))
}

const expiredAggregates = async (
  { repository, clock }: MaintenanceDeps,
  policy: HubRetentionDocument,
  tree: Oid,
): Promise<Step | null> => {
  const changes: FileChange[] = []
  const now = clock.now()
  for (const path of await treeRegistry(repository, tree).paths('warehouse/aggregated'))
    if (classifyPath(path)?.kind === 'aggregate' && aggregatesExpired(policy, path.slice(-12, -5), now))
      changes.push({ path, bytes: null })
  if (changes.length === 0) return null
  return { month: null, changes, runs: 0, notCounted: 0, written: 0, aggregatesDropped: changes.length }
}
