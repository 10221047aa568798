import { COMMUNITY, isHubName } from '../../core/hub/names.ts'
import { RUN_ID_PATTERN } from '../../core/run-id.ts'
import { REASONS } from '../../core/score.ts'
import type {
  CondensedScores,
  HubRunDocument,
  RunPayload,
  SharedExecution,
  SharedSummary,
} from '../../generated/hub-run.ts'
import { isDay, isMoment } from './dates.ts'

const KNOWN_REASONS: ReadonlySet<string> = new Set(REASONS)
const QUANTILES = 5
const FEW = 20

/**
 * What a schema cannot say about a run: that its positions exist, that a value or a known reason stands where one is
 * due, and that what it claims to be (anonymised or not) is what it looks like. A sentence, or null.
 */
export const runFault = (document: HubRunDocument): string | null =>
  identityFault(document) ??
  (document.visibility === 'community' ? namesFault(document.payload) : timesFault(document.payload)) ??
  payloadFault(document.payload)

const identityFault = ({ run_id, project_id, visibility, prov }: HubRunDocument): string | null => {
  if (!isHubName(project_id)) return 'Its project has a name that no hub can hold.'
  const anonymous = visibility === 'community'
  if ((project_id === COMMUNITY) !== anonymous)
    return `A run of visibility ${visibility} cannot belong to the project ${project_id}.`
  if (prov.anonymised !== anonymous)
    return `A run of visibility ${visibility} must ${anonymous ? '' : 'not '}be marked as anonymised.`
  if (RUN_ID_PATTERN.test(run_id) === anonymous)
    return `A run of visibility ${visibility} cannot have the id ${run_id}.`
  return null
}

// Everything the schema marks `public`: a reader must not be the one who spreads what slipped through elsewhere.
const namesFault = (payload: RunPayload): string | null => {
  const { environment } = payload
  const given = {
    finished_at: payload.finished_at,
    label: payload.label,
    branch: payload.branch,
    commit: payload.commit,
    'environment/kernel': environment.kernel,
    'environment/machine_fingerprint': environment.machine_fingerprint,
    'environment/file_system': environment.file_system,
    'environment/container': environment.container,
    'pipelines/databases': payload.pipelines.find(({ databases }) => databases !== undefined)?.databases ?? null,
    'condensed/sha256': payload.condensed?.sha256 ?? null,
    tags: payload.tags.length === 0 ? null : payload.tags,
    artifacts: payload.artifacts.length === 0 ? null : payload.artifacts,
  }
  const told = Object.entries(given).find(([, value]) => value !== null)
  if (told) return `An anonymised run must not have "${told[0]}".`
  return isDay(payload.started_at) ? null : 'The start of an anonymised run must be a day of the calendar.'
}

const timesFault = ({ started_at, finished_at }: RunPayload): string | null => {
  if (!isMoment(started_at)) return '"started_at" is no moment of the calendar.'
  // Clocks are set back while runs go on, so an end before the start is no fault.
  return finished_at === null || isMoment(finished_at) ? null : '"finished_at" is no moment of the calendar.'
}

const payloadFault = (payload: RunPayload): string | null => {
  if (new Set(payload.samples).size < payload.samples.length) return 'Two of its samples have the same name.'
  for (const [index, execution] of payload.executions.entries()) {
    const fault = executionFault(execution, payload)
    if (fault !== null) return `Execution ${index} ${fault}`
  }
  for (const [index, summary] of payload.summary.entries()) {
    const fault = summaryFault(summary, payload)
    if (fault !== null) return `Summary ${index} ${fault}`
  }
  return payload.condensed === null ? null : condensedFault(payload.condensed, payload)
}

const executionFault = (execution: SharedExecution, payload: RunPayload): string | null => {
  const { pipelines, samples, methods, series } = payload
  if (execution.pipeline >= pipelines.length) return 'is of a pipeline that is not listed.'
  if (isBeyond(execution.sample, samples)) return 'is of a sample that is not listed.'
  if (isBeyond(execution.method, methods)) return 'was measured by an instrument that is not listed.'
  for (const [of, sample, value] of execution.scores) {
    if (of >= series.length) return 'has a score of a series that is not listed.'
    if (isBeyond(sample, samples)) return 'has a score of a sample that is not listed.'
    if (typeof value === 'string' && !KNOWN_REASONS.has(value)) return 'has a score without a value and a known reason.'
  }
  return null
}

const summaryFault = (summary: SharedSummary, payload: RunPayload): string | null => {
  if (summary.pipeline >= payload.pipelines.length) return 'is of a pipeline that is not listed.'
  if (summary.series >= payload.series.length) return 'is of a series that is not listed.'
  if ((summary.value === null) === (summary.reason === null)) return 'needs either a value or a reason.'
  if (summary.reason !== null && !KNOWN_REASONS.has(summary.reason)) return 'has a reason nobody knows.'
  return null
}

const condensedFault = (condensed: CondensedScores, payload: RunPayload): string | null => {
  if (payload.executions.length > 0) return 'A run has either executions or what stands in their place, not both.'
  for (const [index, { pipeline, series, n, values }] of condensed.quantiles.entries()) {
    const fault = (what: string): string => `Distribution ${index} ${what}`
    if (pipeline >= payload.pipelines.length) return fault('is of a pipeline that is not listed.')
    if (series >= payload.series.length) return fault('is of a series that is not listed.')
    if (values.length !== (n >= FEW ? QUANTILES : 1)) return fault(`has ${values.length} quantiles of ${n} values.`)
    if (values.some((value, at) => at > 0 && value < (values[at - 1] ?? value))) return fault('is not in order.')
  }
  return null
}

const isBeyond = (position: number | null, list: readonly unknown[]): boolean =>
  position !== null && position >= list.length
