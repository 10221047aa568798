/** One thing that was found, missed or wrongly reported in a sample. */
export interface Match {
  readonly sample: string
  readonly level: string | null
  readonly status: 'TP' | 'FP' | 'FN'
  /** As the truth calls it; null for a false positive. */
  readonly truthSymbol: string | null
  /** As the tool calls it; null for a false negative. */
  readonly callSymbol: string | null
}
