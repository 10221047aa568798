import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { RunFolders } from '../app/ports.ts'
import { type Finding, Problem, problemOf } from '../core/problem.ts'
import { fromPlanDocument } from '../documents/plan-document.ts'
import { fromMetadataAndMetrics } from '../documents/run-document.ts'
import type { MetadataDocument } from '../generated/metadata.ts'
import type { MetricsDocument } from '../generated/metrics.ts'
import type { PlanDocument } from '../generated/plan.ts'
import { validateMetadata, validateMetrics, validatePlan } from '../generated/validators.ts'

const METADATA = 'metadata.json'
const METRICS = 'metrics.json'
const PLAN = 'plan.json'
// In the order of deletion. The plan goes last: it says whose folder this is, should the deletion be cut short.
const OWN_ENTRIES = ['outputs', 'scratch', 'logs', METRICS, METADATA, PLAN]
const MOST_FINDINGS = 20

interface SchemaError {
  readonly instancePath: string
  readonly message?: string
}
type Validator = ((data: unknown) => boolean) & { readonly errors?: readonly SchemaError[] | null }

/** Run folders on disk. */
export const createRunFolders = (): RunFolders => ({
  find: (dir) => {
    if (!existsSync(dir))
      throw new Problem('E_NOT_FOUND', `There is no folder ${dir}.`, {
        hints: ['Name the folder that holds the runs, by default .benchmark/results.'],
      })
    if (holdsRun(dir)) return [resolve(dir)]
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => !entry.isFile())
      .map(({ name }) => resolve(dir, name))
      .filter(holdsRun)
      .sort()
  },

  read: (folder) => {
    const findings: Finding[] = []
    const metadata = readDocument(join(folder, METADATA), validateMetadata, findings) as MetadataDocument | null
    const metrics = readDocument(join(folder, METRICS), validateMetrics, findings) as MetricsDocument | null
    const planned = metadata?.plan === PLAN
    const plan = planned ? (readDocument(join(folder, PLAN), validatePlan, findings) as PlanDocument | null) : null
    if (metadata && plan && plan.run_id !== metadata.run_id)
      findings.push({ message: `${PLAN} belongs to run ${plan.run_id}, ${METADATA} to ${metadata.run_id}` })
    const run = metadata && metrics && fromMetadataAndMetrics(metadata, metrics)
    if (metadata && metrics && !run) findings.push({ message: `${METADATA} and ${METRICS} are not of the same run` })
    if (!run || findings.length > 0)
      throw problemOf('E_INPUT', `The run folder ${folder} is damaged.`, findings.slice(0, MOST_FINDINGS))
    // The folder may have been moved since; its outputs are looked for where it is now.
    return { run, plan: plan && { ...fromPlanDocument(plan), resultsDir: resolve(folder) } }
  },

  belongsTo,

  remove: (folder, runId) => {
    if (!belongsTo(folder, runId)) return false
    for (const entry of OWN_ENTRIES) rmSync(join(folder, entry), { recursive: true, force: true })
    // The folder may be one the user named with --output and keeps other things in.
    if (readdirSync(folder).length === 0) rmdirSync(folder)
    return true
  },
})

const holdsRun = (folder: string): boolean => [METADATA, METRICS, PLAN].some((file) => existsSync(join(folder, file)))

const belongsTo = (folder: string, runId: string): boolean =>
  [PLAN, METADATA].some((file) => {
    try {
      const document = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { run_id?: unknown } | null
      return document?.run_id === runId
    } catch {
      return false
    }
  })

const readDocument = (file: string, validate: unknown, findings: Finding[]): unknown => {
  const complain = (message: string): null => {
    findings.push({ message, location: { file } })
    return null
  }
  if (!existsSync(file)) return complain('is missing')
  let document: unknown
  try {
    document = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return complain(error instanceof SyntaxError ? `is not whole JSON: ${error.message}` : String(error))
  }
  const check = validate as Validator
  if (check(document)) return document
  for (const { instancePath, message } of check.errors ?? [])
    complain(`${instancePath === '' ? 'the document' : instancePath} ${message ?? 'is not valid'}`)
  return null
}
