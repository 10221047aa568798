import type { AmrCall } from './call.ts'
import { sampleOfHamronizedFile } from './hamronized-sample.ts'

/** The calls of a combined report, sorted into the samples they name. */
export interface SortedCalls {
  readonly bySample: ReadonlyMap<string, readonly AmrCall[]>
  /** Names that are none of the samples, with the first line that bears them. */
  readonly strangers: ReadonlyMap<string, number>
  /** First line that names no sample at all, or null. */
  readonly unnamedLine: number | null
}

/**
 * Sorts calls into samples by exact name: the name as written, else the name without the ending its tool gives to
 * file names in a hAMRonization report. Never by substring: `S1` must not take the calls of `S10`.
 */
export const callsBySample = (calls: readonly AmrCall[], samples: Iterable<string>): SortedCalls => {
  const known = new Set(samples)
  const bySample = new Map<string, AmrCall[]>()
  const strangers = new Map<string, number>()
  const resolved = new Map<string, string>()
  let unnamedLine: number | null = null
  for (const call of calls) {
    if (call.sample === null) {
      unnamedLine ??= call.line
      continue
    }
    const written = `${call.tool ?? ''}\t${call.sample}`
    let sample = resolved.get(written)
    if (sample === undefined) {
      sample = known.has(call.sample) ? call.sample : sampleOfHamronizedFile(call.sample, call.tool)
      resolved.set(written, sample)
    }
    const list = bySample.get(sample)
    if (list !== undefined) list.push(call)
    else if (known.has(sample)) bySample.set(sample, [call])
    else if (!strangers.has(call.sample)) strangers.set(call.sample, call.line)
  }
  return { bySample, strangers, unnamedLine }
}
