/** How far an exchange is. `total` null: not known yet. */
export interface TransferProgress {
  readonly phase: 'fetch' | 'check' | 'send' | 'write'
  readonly done: number
  readonly total: number | null
  readonly unit: 'bytes' | 'runs' | 'files'
}

export type OnTransfer = (progress: TransferProgress) => void
