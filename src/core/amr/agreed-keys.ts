import type { AmrCall } from './call.ts'
import type { CallKey } from './keyed-sample.ts'

type Keys = ReadonlyMap<string, CallKey>

/** The keys that at least so many tools report, each tool counted once; all of them without a number. */
export const agreedKeys = (found: Keys, atLeastTools: number | undefined): Keys =>
  atLeastTools === undefined
    ? found
    : new Map([...found].filter(([, { calls }]) => new Set(calls.map(toolOf)).size >= atLeastTools))

/** The calls that are left when of all keys only the agreed ones count. */
export const callsOf = (calls: readonly AmrCall[], all: Keys, agreed: Keys): readonly AmrCall[] => {
  if (agreed === all) return calls
  const kept = new Set([...agreed.values()].flatMap((key) => key.calls))
  return calls.filter((call) => kept.has(call))
}

const toolOf = ({ tool }: AmrCall): string => tool?.toLowerCase() ?? ''
