/** How much one change may bring, and how much a project's month may hold. */
import { type HubComplaint, type HubFinding, refusal } from '../../core/hub/finding.ts'
import { RESULTS, segmentPath } from '../../core/hub/layout.ts'
import type { ChangeContext } from './change-context.ts'

const DAYS_OF_A_MONTH = 31

export interface Quota {
  /** Where this change has the same run id already; null: nowhere (and now it is at `path`). */
  firstPath(runId: string, path: string): string | null
  /** Counts a new run; complains once for each project. */
  another(project: string, month: string): HubComplaint | null
  atEnd(): Promise<readonly HubFinding[]>
}

/**
 * Counts new runs. Nobody can tell on which day a run really came (commits and run ids say what their writer wants), so
 * the daily limit holds for one change, and 31 times the limit for what a month holds in the end.
 */
export const createQuota = (context: ChangeContext): Quota => {
  const { request, state } = context
  const isChecked = request.mode === 'check'
  const paths = new Map<string, string>()
  const newRuns = new Map<string, number>()
  const months = new Set<string>()
  const limits = () => state.hub()?.limits

  const firstPath = (runId: string, path: string): string | null => {
    const first = paths.get(runId)
    if (first === undefined) paths.set(runId, path)
    return first ?? null
  }
  const another = (project: string, month: string): HubComplaint | null => {
    const count = (newRuns.get(project) ?? 0) + 1
    newRuns.set(project, count)
    months.add(`${project}/${month}`)
    const most = limits()?.runs_per_project_per_day ?? Infinity
    return isChecked && request.before !== null && count === most + 1
      ? refusal('quota', `The change brings more than ${most} runs of the project ${project}.`)
      : null
  }
  const atEnd = async (): Promise<readonly HubFinding[]> => {
    if (!isChecked || limits() === undefined) return []
    return [...(await projectFindings(context)), ...(await monthFindings(context, months))]
  }
  return { firstPath, another, atEnd }
}

const projectFindings = async ({ request, state }: ChangeContext): Promise<readonly HubFinding[]> => {
  const most = state.hub()?.limits.projects ?? Infinity
  const count = async (tree: string): Promise<number> => {
    const names = new Set<string>()
    for (const folder of [RESULTS, 'registry/projects'])
      for (const { name, isFolder } of await request.reader.list(tree, folder)) if (isFolder) names.add(name)
    names.delete('community')
    return names.size
  }
  const now = await count(request.after)
  if (now <= most || (request.before !== null && now <= (await count(request.before)))) return []
  const message = `The hub would have ${now} projects, and ${most} are allowed.`
  return [{ path: 'registry/projects', runId: null, ...refusal('quota', message) }]
}

const monthFindings = async (
  { request, state, monthLines }: ChangeContext,
  months: ReadonlySet<string>,
): Promise<readonly HubFinding[]> => {
  const most = (state.hub()?.limits.runs_per_project_per_day ?? Infinity) * DAYS_OF_A_MONTH
  const findings: HubFinding[] = []
  for (const key of months) {
    const [project = '', month = ''] = key.split('/')
    const files = (await request.reader.list(request.after, `${RESULTS}/${key}`)).length
    const count = files + ((await monthLines(project, month))?.size ?? 0)
    if (count <= most) continue
    const message = `The month would hold ${count} runs of the project ${project}, and ${most} are allowed.`
    findings.push({ path: segmentPath(project, month), runId: null, ...refusal('quota', message) })
  }
  return findings
}
