import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { RunPlan } from '../core/plan.ts'
import { fromPlanDocument, toPlanDocument } from '../documents/plan-document.ts'
import type { PlanDocument } from '../generated/plan.ts'

// Plans repeat long texts (commands, paths) and are rarely read: uncompressed they would be half of the database.

/** The plan document as it is kept in the database. */
export const packPlan = (plan: RunPlan): Buffer => deflateRawSync(JSON.stringify(toPlanDocument(plan)))

/** Inverse of {@link packPlan}. */
export const unpackPlan = (packed: Buffer): RunPlan =>
  fromPlanDocument(JSON.parse(inflateRawSync(packed).toString('utf8')) as PlanDocument)
