import { EXIT_CODES } from './exit-code.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Resolves at the first request to stop; a second one ends the process at once. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    let isStopping = false
    const stop = (): void => {
      if (isStopping) process.exit(EXIT_CODES.E_INTERRUPTED)
      isStopping = true
      resolve()
    }
    for (const signal of SIGNALS) process.on(signal, stop)
  })
