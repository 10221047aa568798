import type { RunPlan } from '../core/plan.ts'
import type { PlanDocument } from '../generated/plan.ts'
import { toCamelCase, toSnakeCase } from './key-case.ts'
import { withoutKeys } from './without-keys.ts'

// Keys whose contents are named by users: parameters, environment variables, databases, columns, metrics, aliases.
const NAMED_BY_USERS = ['params', 'env', 'databases', 'columns', 'priority', 'minimums', 'maximums', 'aliases']
const VERBATIM_IN_CAMEL = new Set([...NAMED_BY_USERS, 'parameterSets', 'levelAliases'])
const VERBATIM_IN_SNAKE = new Set([...NAMED_BY_USERS, 'parameter_sets', 'level_aliases'])

/** `plan.json`: the frozen plan of a run, everything a resume needs. */
export const toPlanDocument = (plan: RunPlan): PlanDocument =>
  ({ schema: 'benchmark.plan/1', ...(toSnakeCase(plan, VERBATIM_IN_CAMEL) as object) }) as PlanDocument

/** Inverse of {@link toPlanDocument}; the document has been validated. */
export const fromPlanDocument = (document: PlanDocument): RunPlan =>
  toCamelCase(withoutKeys(document, 'schema'), VERBATIM_IN_SNAKE) as RunPlan
