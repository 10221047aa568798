import type { RunPayload, SharedExecution } from '../../generated/hub-run.ts'

/**
 * The run with numbers for samples, in an order only the owner's secret could repeat. It is one order for the whole run,
 * so that pipelines can still be compared sample by sample.
 */
export const shuffledSamples = (
  payload: RunPayload,
  { pseudonym, runId }: { readonly pseudonym: (text: string) => string; readonly runId: string },
): RunPayload => {
  const ranked = payload.samples
    .map((name, index) => ({ index, rank: pseudonym(`${runId}\0${name}`) }))
    .sort((left, right) => (left.rank < right.rank ? -1 : 1))
  const to = new Map(ranked.map(({ index }, position) => [index, position]))
  const moved = (sample: number | null): number | null => (sample === null ? null : (to.get(sample) ?? null))
  const executions = payload.executions.map((execution): SharedExecution => ({
    ...execution,
    sample: moved(execution.sample),
    scores: execution.scores
      .map(([series, sample, value]): SharedExecution['scores'][number] => [series, moved(sample), value])
      .sort(([left, leftSample], [right, rightSample]) => left - right || at(leftSample) - at(rightSample)),
  }))
  return {
    ...payload,
    samples: ranked.map((_, position) => `sample-${position + 1}`),
    // The order they ran in would tell the order of the sample sheet.
    executions: executions.sort(
      (left, right) =>
        left.pipeline - right.pipeline || at(left.sample) - at(right.sample) || left.repeat - right.repeat,
    ),
  }
}

const at = (position: number | null): number => position ?? -1
