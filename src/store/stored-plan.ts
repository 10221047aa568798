import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { RunPlan } from '../core/plan.ts'
import { fromPlanDocument, toPlanDocument } from '../documents/plan-document.ts'
import type { PlanDocument } from '../generated/plan.ts'

// Plans repeat long texts (commands, paths) and are rarely read: uncompressed they would be half of the database.

/** The plan document as it is kept in the database. */
export const packPlan = (plan: RunPlan): Buffer => deflateRawSync(JSON.stringify(toPlanDocument(plan)))

/** Inverse of {@link packPlan}. */
export const unpackPlan = (packed: Buffer): RunPlan => fromPlanDocument(documentOf(packed))

/** The dataset of a packed plan: for thousands of plans the names of all keys need not be changed. */
export const datasetOfPlan = (packed: Buffer): PlanDocument['dataset'] => documentOf(packed).dataset

const documentOf = (packed: Buffer): PlanDocument => JSON.parse(inflateRawSync(packed).toString('utf8')) as PlanDocument
