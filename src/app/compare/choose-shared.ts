import { isComparable } from '../../core/comparison/comparability.ts'
import type { ComparedRun } from '../../core/comparison/comparison.ts'
import { nearest, Problem } from '../../core/problem.ts'
import type { Run } from '../../core/run.ts'
import { parameterKey } from '../../core/schedule/matrix.ts'
import { comparedDocument } from '../../documents/hub/compared-document.ts'
import type { HubRunDocument } from '../../generated/hub-run.ts'
import { onlyVariants } from './choose-pipeline.ts'
import type { ComparedHeader } from './run-comparison.ts'
import type { SharedRunReads } from './shared-ports.ts'

/** Runs of another project that can be held against one of ours. */
export interface SharedSide {
  readonly runs: readonly ComparedRun[]
  readonly headers: readonly ComparedHeader[]
  /** What is worth saying about the choice. */
  readonly warnings: readonly string[]
}

// Nobody expects a comparison with what lies further back, and each one has to be read.
const MOST_LOOKED_AT = 200

/**
 * Of a project of the hub the newest comparable run of each pipeline and parameter set the candidate has. Where nothing is
 * comparable it is the newest run at all: the comparison then names what differs. Throws `E_CONFIG` without a hub,
 * `E_NOT_FOUND` for a project nothing is known of, `E_NO_BASE` for one without runs of this benchmark type.
 */
export const chooseShared = (
  reads: SharedRunReads,
  hub: string | null,
  project: string,
  candidate: Run,
): SharedSide => {
  const known = demandProject(reads, hub, project)
  const wanted = new Set(candidate.executions.map(({ pipeline, params }) => parameterKey(pipeline, params)))
  const taken: { readonly document: HubRunDocument; readonly run: ComparedRun }[] = []
  let [newest, condensed, looked]: [(typeof taken)[number] | null, number, number] = [null, 0, 0]
  for (const line of reads.newest(known, project, candidate.benchmarkType)) {
    if (wanted.size === 0 || looked++ === MOST_LOOKED_AT) break
    const document = JSON.parse(new TextDecoder().decode(line)) as HubRunDocument
    const run = comparedDocument(document)
    if (run === null) {
      condensed++
      continue
    }
    newest ??= { document, run }
    if (!isComparable(run, candidate)) continue
    const variants = run.executions.filter(({ pipeline, params }) => wanted.has(parameterKey(pipeline, params)))
    if (variants.length === 0) continue
    for (const { pipeline, params } of variants) wanted.delete(parameterKey(pipeline, params))
    taken.push({ document, run: onlyVariants(run, variants) })
  }
  const chosen = taken.length > 0 ? taken : newest === null ? [] : [newest]
  if (chosen.length === 0)
    throw new Problem('E_NO_BASE', `Project "${project}" shares no finished ${candidate.benchmarkType} run.`, {
      hints: [
        ...(condensed === 0
          ? []
          : [`${String(condensed)} are too large to share single scores: only the community sees them.`]),
        'Where this project stands among all others: --with community, or `benchmark leaderboard`.',
      ],
    })
  return {
    runs: chosen.map(({ run }) => run),
    headers: chosen.map(({ document }) => headerOf(document)),
    warnings:
      condensed === 0
        ? []
        : [`${String(condensed)} newer runs of ${project} share no single scores and were passed over`],
  }
}

/** The hub in which a project shares runs. Throws `E_CONFIG` without a hub, `E_NOT_FOUND` for no such project. */
export const demandProject = (reads: SharedRunReads, hub: string | null, project: string): string => {
  const known = projectsOf(reads, hub)
  if (known.names.includes(project)) return known.hub
  throw new Problem('E_NOT_FOUND', `No project "${project}" shares runs in ${known.hub}, as far as it was read.`, {
    hints: [
      ...nearest(project, known.names).map((near) => `Did you mean "${near}"?`),
      ...(known.names.length === 0 ? [] : [`Projects: ${known.names.join(', ')}.`]),
      'benchmark sync reads what is new.',
    ],
  })
}

const projectsOf = (
  reads: SharedRunReads,
  hub: string | null,
): { readonly hub: string; readonly names: readonly string[] } => {
  if (hub === null)
    throw new Problem('E_CONFIG', 'There is no other project to compare with: this project has no hub.', {
      hints: ['Set central_hub.url in .benchmark/config.yaml or give --hub URL, then run `benchmark sync`.'],
    })
  const names = reads.projects(hub)
  if (names === null)
    throw new Problem('E_NOT_FOUND', `Nothing of ${hub} has been read yet.`, { hints: ['Run `benchmark sync` first.'] })
  return { hub, names }
}

const headerOf = ({ run_id: runId, project_id: project, payload }: HubRunDocument): ComparedHeader => ({
  ...{ runId, origin: 'hub' as const, project, state: payload.state, startedAt: payload.started_at },
  ...{ label: payload.label, branch: payload.branch, commit: payload.commit },
})
