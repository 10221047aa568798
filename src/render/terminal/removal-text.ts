import type { RemovedRun } from '../../app/remove-runs.ts'
import { plainLine } from '../plain-text.ts'

/** One line for each removed run. */
export const renderRemoval = (removed: readonly RemovedRun[]): string =>
  removed
    .map(({ runId, resultsDir, filesRemoved }) =>
      plainLine(`Removed ${runId}${filesRemoved ? ` and its files in ${resultsDir}` : '; no files were deleted'}.`),
    )
    .join('\n')
