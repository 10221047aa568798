/** Lets months expire as the hub's policy says: what they add up to is frozen and signed, then the runs are dropped. */
import { acceptEpoch } from './accept-epoch.ts'
import { createFreezer, DEFAULT_GROUP_SIZE } from '../../core/hub/aggregates.ts'
import { classifyPath, policyPath, sealPath, segmentPath } from '../../core/hub/layout.ts'
import { aggregatesExpired, rawExpired } from '../../core/hub/retention.ts'
import { Problem } from '../../core/problem.ts'
import type { HubConfigDocument } from '../../generated/hub.ts'
import type { HubRetentionDocument } from '../../generated/hub-retention.ts'
import { treeRegistry } from './accepted-registry.ts'
import { checkRun, type RunRules } from './check-run.ts'
import { commitAuthor } from './commit-author.ts'
import { commitAndPush, type HubHead } from './commit-loop.ts'
import { aggregateInput, aggregatePathOf, unsignedAggregate } from './frozen-month.ts'
import type { FileChange, Oid } from './git-ports.ts'
import { changeOf, type HubChange } from './hub-change.ts'
import { readHubFile } from './hub-file.ts'
import { type HubMonth, monthsOf, runsOfMonth } from './hub-tree.ts'
import { CANNOT_BE_RECALLED, maintainerKeyOf, type MaintenanceDeps, type MaintenanceRequest } from './maintenance.ts'
import { activeMaintainers, openRegistry, type RegistryState, signersOf } from './registry-state.ts'
import type { SigningKey } from './trust-ports.ts'
import { signDocument } from './sign-document.ts'

interface Step {
  /** Null: aggregates only. */
  readonly month: string | null
  readonly changes: readonly FileChange[]
  readonly runs: number
  /** Of these, runs that went into no aggregate: damaged, or not signed by an owner. */
  readonly notCounted: number
}

/** One commit for each month that expired, and one for aggregates that did. Only a maintainer can. */
export const retainHub = async (deps: MaintenanceDeps, { dryRun }: MaintenanceRequest): Promise<HubChange> => {
  const { repository, audit, clock, sha256 } = deps
  const done: Step[] = []
  let commit: Oid | null = null
  for (;;) {
    let steps: readonly Step[] = []
    const outcome = await commitAndPush(deps, {
      acceptRewrite: acceptEpoch(deps),
      plan: async (head) => {
        steps = await stepsOf(deps, head, dryRun)
        const [step] = steps
        if (step === undefined || dryRun) return null
        const message = step.month === null ? 'Drop expired aggregates\n' : `Freeze ${step.month} and drop its runs\n`
        const key = maintainerKeyOf(deps, await readHubFile(deps, head))
        return { changes: step.changes, message, author: commitAuthor(key) }
      },
      beforeSending: ({ message }, sent) => {
        const detail = { commit: sent.commit, what: message.trim() }
        audit.append({ at: clock.now().toISOString(), action: 'retain', objectHash: sha256(sent.commit), detail })
      },
    })
    commit = changeOf(deps, 'retain', outcome, [], { runs: 0, notes: [] }).commit ?? commit
    done.push(...steps)
    if (outcome.kind === 'nothing') break
  }
  const changes = done.flatMap((step) => step.changes)
  return {
    hub: repository.url,
    action: 'retain',
    commit,
    changed: changes.filter(({ bytes }) => bytes !== null).length,
    removed: changes.filter(({ bytes }) => bytes === null).length,
    runs: done.reduce((sum, { runs }) => sum + runs, 0),
    notes: notesOf(done, dryRun),
  }
}

const notesOf = (done: readonly Step[], dryRun: boolean): readonly string[] => {
  if (done.length === 0) return ['Nothing has expired.']
  return [
    ...done.map(({ month, runs, notCounted, changes }) =>
      month === null
        ? `${changes.length} frozen aggregates ${dryRun ? 'would be' : 'were'} dropped: they expired.`
        : `${month}: ${runs} runs ${dryRun ? 'would be' : 'were'} dropped, ${notCounted} of them in no aggregate.`,
    ),
    "The hub's history still holds what expired until a maintainer runs benchmark hub squash.",
    ...CANNOT_BE_RECALLED,
  ]
}

/** The next step, or (`all`) every one. */
const stepsOf = async (deps: MaintenanceDeps, head: HubHead, all: boolean): Promise<readonly Step[]> => {
  const tree = head.tree ?? ''
  const hub = await readHubFile(deps, head)
  const key = maintainerKeyOf(deps, hub)
  const state = await openRegistry(deps, treeRegistry(deps.repository, tree))
  const policy = await countedPolicy(deps, state)
  const parts: HubMonth[] = []
  for await (const part of monthsOf(deps.repository, tree))
    if (rawExpired(policy, part.month, deps.clock.now())) parts.push(part)
  const steps: Step[] = []
  for (const month of [...new Set(parts.map((part) => part.month))].sort()) {
    const own = parts.filter((part) => part.month === month)
    steps.push(await freezeMonth(deps, { hub, key, state, tree }, month, own))
    if (!all) return steps
  }
  const expired = await expiredAggregates(deps, policy, tree)
  return expired === null ? steps : [...steps, expired]
}

const countedPolicy = async (deps: MaintenanceDeps, state: RegistryState): Promise<HubRetentionDocument> => {
  const policy = state.retention()
  if (policy === null)
    throw new Problem('E_HUB', 'The hub has no retention policy, so nothing in it expires.', {
      hints: [`It would stand in ${policyPath('retention')}.`],
    })
  if ((await signersOf(deps.signatures, policy, activeMaintainers(state), state.salt())).size === 0)
    throw new Problem('E_HUB', "The hub's retention policy is not signed by one of its maintainers.")
  return policy
}

interface Scope {
  readonly hub: HubConfigDocument
  readonly key: SigningKey
  readonly state: RegistryState
  readonly tree: Oid
}

const freezeMonth = async (
  deps: MaintenanceDeps,
  { hub, key, state, tree }: Scope,
  month: string,
  parts: readonly HubMonth[],
): Promise<Step> => {
  const { repository, documents, sha256, clock } = deps
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
      const { run } = await checkRun(deps, state, rules, {
        path,
        line,
        project,
        month,
        runId,
        isFolded: true,
        seal: null,
      })
      if (run !== null && (run.trust === 'owner' || run.trust === 'anonymous'))
        freezer.add(aggregateInput(run.document))
      else notCounted++
    }
    if (part.segment !== null) changes.push({ path: segmentPath(project, month), bytes: null })
    if (part.seal !== null) changes.push({ path: sealPath(project, month), bytes: null })
    if (part.hasFolder) changes.push(...(await removeFolder(deps, tree, part)))
  }
  for (const aggregate of freezer.freeze()) {
    const path = aggregatePathOf(aggregate, sha256)
    const bytes = await repository.file(tree, path)
    const earlier = bytes === null ? null : documents.aggregate(bytes).document
    changes.push({
      path,
      bytes: documents.bytes(signDocument(unsignedAggregate(aggregate, earlier, sha256), key, hub)),
    })
  }
  return { month, changes, runs, notCounted }
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
  return changes.length === 0 ? null : { month: null, changes, runs: 0, notCounted: 0 }
}
