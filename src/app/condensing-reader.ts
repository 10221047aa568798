import { createCallCondenser } from '../core/amr/condense-calls.ts'
import type { AmrTruth } from '../core/amr/truth.ts'
import type { AmrScoringOptions } from '../core/scoring-options.ts'
import type { OutputReader } from './ports.ts'

/** A reader whose observations hold what scoring needs and no more, so that reports of any size fit into memory. */
export const condensingReader = (reader: OutputReader, options: AmrScoringOptions, truth: AmrTruth): OutputReader => ({
  ...reader,
  read: async (file, spec) => {
    const condenser = createCallCondenser(options, truth)
    const read = await reader.each(file, spec, (call) => condenser.add(call))
    return { ...read, calls: condenser.calls() }
  },
})
