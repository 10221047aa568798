import type { PriceTable } from '../core/recommendation/cost.ts'
import { isRecord } from './declaration.ts'

/** The `evaluation.prices:` section, or null. An incomplete one was reported by the schema and counts as none. */
export const readPrices = (evaluation: unknown): PriceTable | null => {
  const prices = isRecord(evaluation) ? evaluation['prices'] : undefined
  if (!isRecord(prices)) return null
  const { cpu_hour: cpuHour, memory_gb_hour: memoryGbHour, currency, date, source } = prices
  return typeof cpuHour === 'number' &&
    typeof memoryGbHour === 'number' &&
    typeof currency === 'string' &&
    typeof date === 'string' &&
    typeof source === 'string'
    ? { cpuHour, memoryGbHour, currency, date, source }
    : null
}
