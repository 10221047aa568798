/** One key on one side or both: what became of it, and where it came from. */
export interface Match {
  readonly sample: string
  /** Match level; null for types without levels. */
  readonly level: string | null
  readonly status: 'TP' | 'FP' | 'FN'
  /** What truth and report were compared as. */
  readonly key: string
  /** How the key was found. */
  readonly rung: string
  /** False positives outside the declared universe do not touch specificity. Null where there is no universe. */
  readonly inUniverse: boolean | null
  /** As the truth writes it, and its line; null for a false positive. */
  readonly truthSymbol: string | null
  readonly truthLine: number | null
  /** As the tool writes it, and the line of its best row; null for a false negative. */
  readonly callSymbol: string | null
  readonly callLine: number | null
  /** How many rows of the report gave this key. */
  readonly rows: number
}
