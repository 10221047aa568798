import * as Flags from '@oclif/core/flags'
import type { BaselinePlace } from '../core/baseline.ts'
import { Problem } from '../core/problem.ts'

/** Flags that say which baseline. */
export const baselineFlags = {
  branch: Flags.string({ description: 'of runs of this branch', helpValue: '<name>' }),
  label: Flags.string({ description: 'of runs with this label', helpValue: '<text>' }),
}

/** The place that the flags name. */
export const placeOf = (flags: {
  readonly branch: string | undefined
  readonly label: string | undefined
}): BaselinePlace => {
  if (flags.branch === '' || flags.label === '')
    throw new Problem('E_USAGE', `--${flags.branch === '' ? 'branch' : 'label'} is empty.`, {
      hints: ['Leave the flag out for the default of the project.'],
    })
  return { branch: flags.branch ?? null, label: flags.label ?? null }
}
