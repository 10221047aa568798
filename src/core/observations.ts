import type { AmrCall } from './amr/call.ts'

/** What a parser hands to the metrics. One member for each kind of tool output; metrics never see a file. */
export type Observations = AmrObservations

/** Hits of an AMR tool. An empty list is a statement: the tool ran and found nothing. */
export interface AmrObservations {
  readonly kind: 'amr'
  readonly format: string
  readonly file: string
  readonly calls: readonly AmrCall[]
  /** Whether each row names its sample, so that one file may report on several. */
  readonly namesSamples: boolean
  /** Oddities of the file that did not stop the reading. */
  readonly warnings: readonly string[]
}
