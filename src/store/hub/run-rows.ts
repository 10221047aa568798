import type { IndexedRun, Trust } from '../../app/hub/store-ports.ts'
import type { HubRunDocument, SharedScore } from '../../generated/hub-run.ts'
import type { Statements } from '../statements.ts'
import { createBulkInsert } from './bulk-insert.ts'
import { createBlockWriter } from './document-blocks.ts'
import type { Interned } from './interned.ts'

/** Stored as numbers, in this order. */
export const TRUSTS: readonly Trust[] = ['owner', 'unknown-owner', 'revoked', 'anonymous']

/** Of a signature, enough to tell two apart: 96 bits. */
export const SIGNATURE_START = 16

interface NewRun {
  readonly run: IndexedRun
  readonly folder: number
  readonly places: number
  readonly sync: number
  readonly at: string
}

/** Turns documents into rows and writes them together. */
export interface RunRows {
  /** Null, or in one sentence why the document cannot be taken in; then nothing of it is. */
  add(run: NewRun): string | null
  flush(): void
}

export const createRunRows = (statements: Statements, hub: number, interned: Interned): RunRows => {
  let next = (statements<{ key: number | null }>('SELECT max(key) AS key FROM hub_run').get()?.key ?? 0) + 1
  const blocks = createBlockWriter(statements)
  // One by one: an index of it calls a function, which may fail, so SQLite would copy pages all the same.
  const runs = createBulkInsert(statements, 'hub_run', RUN_COLUMNS, [1])
  const variants = createBulkInsert(statements, 'hub_run_variant', VARIANT_COLUMNS)
  const executions = createBulkInsert(statements, 'hub_execution', EXECUTION_COLUMNS)
  const scores = createBulkInsert(statements, 'hub_score', SCORE_COLUMNS)
  const summaries = createBulkInsert(statements, 'hub_summary', SUMMARY_COLUMNS)
  const tables = [runs, variants, executions, scores, summaries]

  const addParts = (key: number, task: number, project: number, trust: number, document: HubRunDocument): void => {
    const { payload } = document
    const variantKeys = interned.variants(payload)
    const seriesKeys = interned.series(payload)
    const methodKeys = interned.methods(payload)
    const sampleAt = (position: number | null): number | null => {
      if (position !== null && position >= payload.samples.length) throw unlisted('sample', position)
      return position
    }
    for (const [number, { variant, databases }] of variantKeys.entries())
      variants.values.push(key, number, variant, task, project, trust, payload.started_at, databases)
    for (const [number, execution] of payload.executions.entries()) {
      const sample = sampleAt(execution.sample)
      executions.values.push(
        key,
        number,
        at(variantKeys, execution.pipeline, 'pipeline').variant,
        sample,
        execution.repeat,
        execution.state,
        execution.exit_code,
        execution.method === null ? null : at(methodKeys, execution.method, 'method'),
        execution.noisy === null ? null : Number(execution.noisy),
      )
      for (const [ordinal, [series, of, value]] of (execution.scores as readonly SharedScore[]).entries()) {
        const seriesKey = at(seriesKeys, series, 'series')
        const scored = of === null ? sample : sampleAt(of)
        if (typeof value === 'string') scores.values.push(key, seriesKey, number, ordinal, scored, null, value)
        else scores.values.push(key, seriesKey, number, ordinal, scored, finite(value), null)
      }
    }
    for (const [ordinal, entry] of payload.summary.entries())
      summaries.values.push(
        key,
        at(seriesKeys, entry.series, 'series'),
        ordinal,
        at(variantKeys, entry.pipeline, 'pipeline').variant,
        finite(entry.value),
        reasonOf(entry),
        entry.n,
        entry.n_expected,
        finite(entry.low),
        finite(entry.high),
        entry.aggregation,
        entry.interval,
      )
  }

  return {
    add: ({ run, folder, places, sync, at: firstSeen }) => {
      const { document } = run
      const { payload } = document
      const sizes = tables.map(({ size }) => size)
      const key = next
      const task = interned.task(payload)
      const project = interned.project(document.project_id)
      const trust = TRUSTS.indexOf(run.trust)
      try {
        addParts(key, task, project, trust, document)
      } catch (error) {
        for (const [index, table] of tables.entries()) table.shrinkTo(sizes[index] ?? 0)
        if (error instanceof Contradiction) return error.message
        throw error
      }
      const { block, offset, length } = blocks.add(run.line)
      runs.values.push(
        key,
        hub,
        document.run_id,
        project,
        folder,
        places,
        sync,
        trust,
        document.visibility,
        Number(document.prov.anonymised),
        task,
        payload.state,
        payload.started_at,
        payload.finished_at,
        firstSeen,
        payload.label,
        payload.branch,
        payload.commit,
        payload.tags.length === 0 ? null : JSON.stringify(payload.tags),
        interned.comparability(payload),
        interned.environment(payload),
        interned.samples(payload),
        interned.signer(document.signer.key_id),
        Number(payload.condensed !== null),
        Buffer.from(document.content_sha256, 'hex'),
        document.sig.slice(0, SIGNATURE_START),
        block,
        offset,
        length,
      )
      next += 1
      return null
    },
    flush: () => {
      blocks.flush()
      for (const table of tables) table.flush()
    },
  }
}

/** A document that contradicts itself where no schema looks. */
class Contradiction extends Error {}

const unlisted = (what: string, position: number): Contradiction =>
  new Contradiction(`It points at a ${what} that it does not list (position ${String(position)}).`)

const at = <T>(list: readonly T[], position: number, what: string): T => {
  const found = list[position]
  if (found === undefined) throw unlisted(what, position)
  return found
}

// 1e999 is JSON, and reads as infinity.
const finite = (value: number | null): number | null => {
  if (value !== null && !Number.isFinite(value)) throw new Contradiction('A number in it is too large to be one.')
  return value
}

const reasonOf = ({ value, reason }: { value: number | null; reason: string | null }): string | null => {
  if ((value === null) === (reason === null))
    throw new Contradiction('A summary in it has neither a value nor a reason why not, or both.')
  return reason
}

const RUN_COLUMNS = [
  'key',
  'hub_key',
  'id',
  'project_key',
  'folder_key',
  'places',
  'added_in',
  'trust',
  'visibility',
  'anonymised',
  'task_key',
  'state',
  'started_at',
  'finished_at',
  'first_seen_at',
  'label',
  'branch',
  'git_commit',
  'tags',
  'comparability_key',
  'environment_key',
  'samples_key',
  'signer_key',
  'condensed',
  'content_sha256',
  'signature_start',
  'block_key',
  'block_offset',
  'block_length',
]
const VARIANT_COLUMNS = [
  'run_key',
  'number',
  'variant_key',
  'task_key',
  'project_key',
  'trust',
  'started_at',
  'databases_key',
]
const EXECUTION_COLUMNS = [
  'run_key',
  'number',
  'variant_key',
  'sample',
  'repeat',
  'state',
  'exit_code',
  'method_key',
  'noisy',
]
const SCORE_COLUMNS = ['run_key', 'series_key', 'execution', 'ordinal', 'sample', 'value', 'reason']
const SUMMARY_COLUMNS = [
  'run_key',
  'series_key',
  'ordinal',
  'variant_key',
  'value',
  'reason',
  'n',
  'n_expected',
  'low',
  'high',
  'aggregation',
  'interval',
]
