import type { RunEvent, RunProgress } from '../app/run-events.ts'
import type { PlannedExecution } from '../core/plan.ts'
import { formatSeconds } from '../render/format-number.ts'
import { plainText } from '../render/plain-text.ts'

/** Shows a run while it works: a redrawn block on a terminal, one line for each event elsewhere. */
export interface ProgressView {
  readonly onEvent: (event: RunEvent) => void
  close(): void
}

const BAR_WIDTH = 24
const RUNNING_SHOWN = 6
const REPORT_EVERY_MS = 5 * 60_000

export const createProgressView = (stream: NodeJS.WriteStream, plain: boolean): ProgressView =>
  stream.isTTY && !plain ? terminalView(stream) : lineView(stream)

const lineView = (stream: NodeJS.WriteStream): ProgressView => {
  let reportedAt = performance.now()
  const say = (text: string): void => void stream.write(`${text}\n`)
  return {
    onEvent: (event) => {
      switch (event.kind) {
        case 'run-started':
          return say(
            `run ${event.plan.runId}: ${event.progress.total - event.progress.done} of ${event.progress.total} executions to do`,
          )
        case 'execution-ended':
          return say(`[${event.progress.done}/${event.progress.total}] ${endedText(event)}`)
        case 'note':
          return say(event.text)
        case 'tick':
          if (performance.now() - reportedAt < REPORT_EVERY_MS) return
          reportedAt = performance.now()
          return say(
            `[${event.progress.done}/${event.progress.total}] running: ${event.progress.running.map(({ execution }) => nameOf(execution)).join(', ')}${etaText(event.progress)}`,
          )
        case 'execution-started':
          return
      }
    },
    close: () => undefined,
  }
}

const terminalView = (stream: NodeJS.WriteStream): ProgressView => {
  let drawn = 0
  const clear = (): string => (drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`)
  const draw = (above: string, progress: RunProgress | undefined): void => {
    const width = Math.max(20, stream.columns || 80)
    const block = progress === undefined ? [] : blockLines(progress).map((line) => line.slice(0, width - 1))
    stream.write(`${clear()}${above}${block.map((line) => `${line}\n`).join('')}`)
    drawn = block.length
  }
  return {
    onEvent: (event) => {
      if (event.kind === 'note') return draw(`${event.text}\n`, undefined)
      const failed =
        event.kind === 'execution-ended' &&
        event.reason !== null &&
        event.state !== 'succeeded' &&
        event.state !== 'cached'
      draw(failed ? `${endedText(event)}\n` : '', event.progress)
    },
    close: () => draw('', undefined),
  }
}

const blockLines = (progress: RunProgress): string[] => {
  const { done, total, failed, running } = progress
  const filled = total === 0 ? BAR_WIDTH : Math.round((done / total) * BAR_WIDTH)
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${done}/${total}${failed > 0 ? `, ${failed} failed` : ''}${etaText(progress)}`
  const jobs = running
    .slice(0, RUNNING_SHOWN)
    .map(({ execution, elapsedSeconds }) => `  ${nameOf(execution)}  ${formatSeconds(elapsedSeconds)}`)
  return [bar, ...jobs, ...(running.length > RUNNING_SHOWN ? [`  and ${running.length - RUNNING_SHOWN} more`] : [])]
}

const etaText = ({ eta, done, total }: RunProgress): string => {
  if (done === total) return ''
  if (eta === null) return '  ETA: estimating'
  return `  ETA ${formatSeconds(eta.p50)} (up to ${formatSeconds(eta.p90)})`
}

const nameOf = ({ pipeline, params, sample, repeat, warmup }: PlannedExecution): string => {
  const settings = Object.entries(params).map(([name, value]) => `${name}=${String(value)}`)
  return plainText([pipeline, ...settings, sample ?? 'all samples', warmup ? 'warm-up' : `#${repeat}`].join(' '))
}

const endedText = (event: Extract<RunEvent, { kind: 'execution-ended' }>): string => {
  const seconds = event.wallSeconds === null ? '' : ` in ${formatSeconds(event.wallSeconds)}`
  const why = event.reason === null ? '' : `: ${plainText(event.reason)}`
  return `${nameOf(event.execution)} ${event.state.replaceAll('_', ' ')}${seconds}${why}`
}
